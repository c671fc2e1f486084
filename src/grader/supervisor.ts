/**
 * Starts the program, and starts it again after a crash or an exit with an error, as systemd's `Restart=on-failure` does.
 * A clean exit (code 0) is taken as the program's will.
 */
import { CallEvent } from '../simulation/event-queue';
import { Incarnation } from '../simulation/process';
import type { World } from '../simulation/world';
import type { Program, WorldPorts } from './program';

/** From the end of one incarnation to the start of the next, virtual milliseconds. */
export const RESTART_DELAY_MS = 1000;

/** After so many ends by the program's own error it is given up (L2). */
export const MAX_ERROR_EXITS = 8;

export class Supervisor {
  current: Incarnation | null = null;
  /** Ends by an error of the program itself, crashes from outside not counted. */
  errorExits = 0;
  private readonly incarnations: Incarnation[] = [];
  private lives = 0;
  /** When an instance beside the present one has gone. */
  private otherGoneAt = Number.NEGATIVE_INFINITY;
  private isStopping = false;

  constructor(
    private readonly world: World,
    private readonly name: string,
    private readonly program: Program,
    private readonly ports: WorldPorts,
  ) {}

  /** The program ends again and again by its own error, and is not started any more. */
  get hasGivenUp(): boolean {
    return this.errorExits >= MAX_ERROR_EXITS;
  }

  /** An instance beside the present one has gone, and its group may not have noticed yet (GRP-7). */
  get isTakeoverDue(): boolean {
    const isRecent = this.world.now < this.otherGoneAt + this.world.freezeMs;
    return isRecent && this.current !== null && this.current.isAlive;
  }

  start(): void {
    this.isStopping = false;
    this.otherGoneAt = Number.NEGATIVE_INFINITY;
    this.lives += 1;
    const incarnation = new Incarnation(this.world, this.name, this.lives, this.program.describeError);
    this.current = incarnation;
    this.incarnations.push(incarnation);
    incarnation.whenGone(() => this.onGone(incarnation));
    this.world.onFreeze = this.replace;
    incarnation.start(() => this.program.start(incarnation, this.ports));
  }

  /** The one that has frozen is taken for dead: a second instance is started beside it. */
  private readonly replace = (frozen: Incarnation): void => {
    if (frozen !== this.current) return;
    this.world.schedule(new CallEvent(() => this.current === frozen && this.start()), RESTART_DELAY_MS);
  };

  /** Whether an instance is alive, a zombie included, other than one that is taken to be gone. */
  hasAlive(crashing: Incarnation | null): boolean {
    return this.incarnations.some((incarnation) => incarnation !== crashing && incarnation.isAlive);
  }

  /** Instances that live, a zombie included. */
  get alive(): readonly Incarnation[] {
    return this.incarnations.filter(({ isAlive }) => isAlive);
  }

  /** A clean stop; the program may take its time after SIGTERM. */
  stop(): void {
    this.isStopping = true;
    for (const incarnation of this.incarnations) incarnation.terminate();
  }

  /** To be called when the execution is over. */
  release(): void {
    for (const incarnation of this.incarnations) incarnation.release();
  }

  private onGone(incarnation: Incarnation): void {
    if (this.isStopping || this.world.stuck !== null) return;
    if (incarnation !== this.current) {
      this.otherGoneAt = this.world.now;
      return;
    }
    const end = this.world.history.ends.at(-1);
    if (end === undefined || (end.how === 'exit' && end.code === 0)) return;
    if (end.how === 'exit') this.errorExits += 1;
    if (this.hasGivenUp) return;
    // One that froze shortly before it died may have its successor already.
    const restart = (): void => {
      if (this.current === incarnation) this.start();
    };
    this.world.schedule(new CallEvent(restart), RESTART_DELAY_MS);
  }
}
