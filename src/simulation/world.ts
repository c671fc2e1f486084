/**
 * A world: virtual time, what is going to happen, and the record of what has. It is made for one execution and is a pure
 * function of (program, workload, plan).
 */
import { EventQueue, type SimEvent } from './event-queue';
import { History } from './history';
import { NO_FAULTS, type Chooser, type Request, type SentRequest } from './network';
import type { Incarnation } from './process';
import type { Recorder, EventPlace } from './recorder';
import type { TraceDetail, VirtualTimeMs } from './trace';

/** What a clock in the world shows at virtual time 0: the first moment of 2026, UTC. */
export const WORLD_EPOCH_MS = 1_767_225_600_000;

export type ProgramDiagnosis = 'endless-loop' | 'endless-microtasks' | 'output-flood';

/** The request at which a crash strikes. */
export interface FaultSite {
  readonly phase: 'before' | 'after' | null;
  readonly request: string | null;
  /** Line of the learner's file that the request came from; 0 for none. */
  readonly line: number;
}

const NOWHERE: FaultSite = { phase: null, request: null, line: 0 };

export interface StuckProgram {
  readonly diagnosis: ProgramDiagnosis;
  readonly line: number;
  readonly incarnation: number;
}

export class World {
  now: VirtualTimeMs = 0;
  readonly history = new History();
  /** Requests on their way or being worked on, parked long polls left out. */
  outstanding = 0;
  /** Events fired so far. */
  eventCount = 0;
  /** Trace step that what happens now is a consequence of; -1 for none. */
  cause = -1;
  /** Where the present fault strikes; set by the chooser when it decides on a crash. */
  fault: FaultSite = NOWHERE;
  /** How long a process freezes that is going to; set by the chooser. */
  freezeMs: VirtualTimeMs = 60_000;
  /** Told when a process freezes; set by whoever starts a replacement. */
  onFreeze: ((incarnation: Incarnation) => void) | null = null;
  /** What the environment has counted of the program's output; see `runner/environment/console.ts`. */
  output: unknown = null;
  /** What the program has asked for that differs from one moment, or one incarnation, to another. */
  readonly observes = { time: false, chance: false };
  /** Set when a turn of the program did not end. */
  stuck: StuckProgram | null = null;
  /** Requests that were held up, and those behind them; null while there were none. */
  late: Request[] | null = null;
  private readonly queue = new EventQueue();

  constructor(
    readonly chooser: Chooser = NO_FAULTS,
    readonly recorder: Recorder | null = null,
  ) {}

  /** Lets `event` happen `delayMs` from now. */
  schedule(event: SimEvent, delayMs: VirtualTimeMs): void {
    event.cause = this.cause;
    this.queue.schedule(event, this.now + delayMs);
  }

  cancel(event: SimEvent): void {
    this.queue.cancel(event);
  }

  /** Nothing is under way: no answer outstanding, nothing waiting but background events. */
  get isAtRest(): boolean {
    return this.queue.foreground === 0 && this.outstanding === 0;
  }

  /** Something more happens at this very instant. */
  get isInstantOpen(): boolean {
    return this.queue.nextTime === this.now;
  }

  /** Lets the next event happen. @returns false when there is none. */
  step(): boolean {
    const event = this.queue.pop();
    if (event === null) return false;
    this.now = event.time;
    this.cause = event.cause;
    this.eventCount += 1;
    event.fire();
    return true;
  }

  /** Events that wait, in no particular order. */
  pending(): readonly SimEvent[] {
    return this.queue.pending();
  }

  /** Adds an event to the trace when this execution is recorded; what follows has it as its cause. */
  record(place: EventPlace, detail: TraceDetail): void {
    if (this.recorder === null) return;
    this.cause = this.recorder.add(this.now, this.cause, place, detail);
  }

  /** @internal A request or an answer has got lost, and its sender learns of it. */
  recordLoss(request: SentRequest, wasRequest: boolean): void {
    this.history.losses += 1;
    if (this.recorder === null) return;
    const label = request.kind;
    this.record(
      { lane: request.sender.name, incarnation: request.sender.number, line: request.line || undefined },
      wasRequest
        ? { kind: 'request-lost', request: request.name, label }
        : { kind: 'answer-lost', request: request.name, label },
    );
  }

  /** @internal A request or an answer is slower, or faster, than others. */
  recordWay(request: SentRequest, kind: 'request-late' | 'answer-late' | 'request-overtakes'): void {
    if (this.recorder === null) return;
    const { name, kind: label, line, sender } = request;
    this.record(
      { lane: sender.name, incarnation: sender.number, line: line || undefined },
      { kind, request: name, label },
    );
  }

  /** @internal A turn of the program does not end: the execution ends here. */
  endStuck(incarnation: Incarnation, diagnosis: ProgramDiagnosis, line: number): void {
    this.record(
      { lane: incarnation.name, incarnation: incarnation.number, line: line || undefined },
      { kind: 'stuck', reason: 'endless-loop' },
    );
    this.stuck = { diagnosis, line, incarnation: incarnation.number };
  }
}
