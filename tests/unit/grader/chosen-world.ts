/** A world that goes as a plan says: a process sends requests to a receiver, and the chooser decides about each. */
import { parseExecution, printFault } from '../../../src/grader/plan';
import { PlanChooser } from '../../../src/grader/plan-chooser';
import type { FaultKind } from '../../../src/grader/verdict';
import { Request, type Endpoint, type RequestKind } from '../../../src/simulation/network';
import type { Incarnation, PhaselessTimer } from '../../../src/simulation/process';
import { World } from '../../../src/simulation/world';
import { newIncarnation } from '../../fixtures/kernel';

const READS: ReadonlySet<RequestKind> = new Set(['fetch', 'heartbeat', 'committed', 'metadata']);

export class ChosenWorld {
  readonly chooser: PlanChooser;
  readonly world: World;
  process: Incarnation;
  /** What has arrived, been answered or been lost, in order. */
  readonly log: string[] = [];
  private readonly receiver: Endpoint<unknown, string> = {
    receive: (request) => {
      this.log.push(request.name);
      request.applied();
      request.answer('done');
    },
  };

  /** @param plan as in an execution code; `-` for none */
  constructor(plan: string, kinds: readonly FaultKind[] = [], isNaive = false) {
    this.chooser = new PlanChooser(parseExecution(`v0:${plan}`).plan, { kinds, naive: isNaive });
    this.world = new World(this.chooser);
    this.chooser.world = this.world;
    this.process = this.live(1);
  }

  /** The process with this number, from here on the sender. */
  live(number: number): Incarnation {
    this.process = newIncarnation(this.world, number);
    this.process.handles = 1;
    return this.process;
  }

  request(kind: RequestKind, message: unknown = null): Request<unknown, string> {
    const request: Request<unknown, string> = new Request<unknown, string>(
      kind,
      !READS.has(kind),
      this.process,
      message,
      this.receiver,
      { onAnswer: () => undefined, onLost: () => void this.log.push(`${request.name} lost`) },
    );
    return request;
  }

  /** Sends at once. */
  send(...kinds: readonly RequestKind[]): void {
    for (const kind of kinds) this.request(kind).send();
  }

  /** Lets everything happen that is under way. */
  settle(): void {
    while (this.world.step());
  }

  /** Sends one after the other. */
  play(...kinds: readonly RequestKind[]): this {
    for (const kind of kinds) {
      this.send(kind);
      this.settle();
    }
    return this;
  }

  /** A timer without a phase. */
  addTimer(isDue: boolean, fire: () => void): void {
    const timer: PhaselessTimer = { isDue, fire };
    this.process.phaselessTimers.push(timer);
  }

  /** Where one more fault could strike. */
  get points(): string[] {
    return this.chooser.points.map(printFault);
  }
}
