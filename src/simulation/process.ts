/**
 * A process and its incarnations. An incarnation runs the program from its first line; it can crash (it vanishes: no
 * `finally`, no pending promise, no timer survives), pause and resume, or end by itself.
 */
import { CallEvent, type SimEvent } from './event-queue';
import { JobQueue } from './job-queue';
import { ProgramIntervals } from './program-intervals';
import { unhandledReason, type SimPromise } from './sim-promise';
import type { TraceError, VirtualTimeMs } from './trace';
import { turn, TurnExhausted, type TurnOwner } from './turn';
import type { World } from './world';

type IncarnationState = 'running' | 'paused' | 'crashed' | 'exited';

/** Turns an error that left the program into data; the runner supplies it, because stacks differ from engine to engine. */
export type DescribeError = (error: unknown) => TraceError;

/** What a turn does first. */
export interface Task {
  perform(): void;
}

/**
 * A timer whose phase nobody controls, like the one of automatic commits: it ticks every five seconds since some moment,
 * so before any given event it may just have fired. The program's own repeating timers are such as well.
 */
export interface PhaselessTimer {
  /** It has something to do now. */
  readonly isDue: boolean;
  fire(): void;
}

export class Incarnation implements TurnOwner {
  readonly jobs = new JobQueue();
  readonly rejected: SimPromise<unknown>[] = [];
  /** Requests without an answer so far. */
  outstanding = 0;
  /** Things that keep the process alive beside timers and requests: connected clients. */
  handles = 0;
  /** Handlers of the program that have been entered and have not come back. */
  pendingHandlers = 0;
  isStartPending = true;
  /** When a timer has last fired that the program had set once and for long: it is about to go on. */
  wokeAt: VirtualTimeMs = Number.NEGATIVE_INFINITY;
  /** What the program has set `process.exitCode` to: its code at a natural end. Null until then. */
  exitCode: number | null = null;
  /** Timers that may fire at any moment, whatever the virtual clock says. */
  readonly phaselessTimers: PhaselessTimer[] = [];
  /**
   * What outer rings keep for an incarnation: the environment its program runs in, the Kafka client's ports. Fields of its
   * own, because weak maps keyed by incarnations make every execution survive to the slow garbage collection.
   */
  environment: unknown = null;
  kafkaClient: { release(): void } | null = null;
  databaseClient: { release(): void } | null = null;
  /** `process.on('SIGTERM')` and the like, by event name. */
  readonly listeners = new Map<string, ((...args: unknown[]) => unknown)[]>();
  private state: IncarnationState = 'running';
  private readonly timers = new Set<SimEvent>();
  private readonly held: Task[] = [];
  private onEnd: (() => void)[] = [];

  constructor(
    readonly world: World,
    /** Name of the process, which is also its lane. */
    readonly name: string,
    /** 1 for the first life, 2 for the next. */
    readonly number: number,
    private readonly describeError: DescribeError,
  ) {}

  /** Running or paused: what it asks for still happens. */
  get isAlive(): boolean {
    return this.state === 'running' || this.state === 'paused';
  }

  /** Nothing reaches it any more. */
  get isGone(): boolean {
    return this.state === 'crashed' || this.state === 'exited';
  }

  /** Calls `work` once the incarnation is gone, however it ends. */
  whenGone(work: () => void): void {
    this.onEnd.push(work);
  }

  /** Evaluates the program; `start` gives the promise of its top-level code. */
  start(start: () => SimPromise<unknown>): void {
    this.world.record({ lane: this.name, incarnation: this.number }, { kind: 'process-start' });
    this.run(() => {
      start().then(
        () => {
          this.isStartPending = false;
        },
        (error: unknown) => this.fail(error, 'start'),
      );
    });
  }

  /** Runs one turn: `work`, then everything it has queued. While paused, turns wait. */
  run(work: () => void): void {
    this.perform({ perform: work });
  }

  /** Runs one turn of a task, as `run` does. */
  perform(task: Task): void {
    if (this.state === 'paused') {
      this.held.push(task);
      return;
    }
    if (this.state !== 'running') return;
    turn.begin(this);
    this.attempt(task);
    for (let rounds = 0; this.isAlive && turn.exhaustedAt === 0; rounds += 1) {
      this.attempt(this.drainJobs);
      if (this.rejected.length > 0) this.checkRejections();
      // A listener for errors has let the process live on: its promise jobs go on as well, and so do its own rejections.
      if (!this.jobs.hasWork && this.rejected.length === 0) break;
      if (rounds === MAX_ROUNDS_PER_TURN) this.exhaust('endless-microtasks');
    }
    if (turn.exhaustedAt > 0) this.exhaust('endless-loop');
    this.rejected.length = 0;
    turn.end();
    if (this.isRunning() && this.hasNothingToWaitFor) {
      // Node's exit code for a top-level await that never settles is 13.
      this.exit(this.exitCode ?? (this.isStartPending ? 13 : 0), null);
    }
  }

  /** An answer is not going to come, or not soon: a process that waited for nothing else ends, as in Node. */
  waitsForLess(): void {
    if (this.state === 'running' && this.hasNothingToWaitFor) this.perform(NOTHING_MORE);
  }

  /** Nothing keeps it alive, as when Node's event loop runs dry. */
  private get hasNothingToWaitFor(): boolean {
    return this.handles === 0 && this.outstanding === 0 && this.timers.size === 0 && this.held.length === 0;
  }

  private readonly drainJobs: Task = {
    perform: () => {
      if (!this.jobs.drain()) this.exhaust('endless-microtasks');
    },
  };

  private attempt(task: Task): void {
    try {
      task.perform();
    } catch (error) {
      if (!(error instanceof TurnExhausted)) this.fail(error, 'callback');
    }
  }

  private checkRejections(): void {
    for (const promise of this.rejected.splice(0)) {
      const unhandled = unhandledReason(promise);
      if (unhandled === null) continue;
      const listeners = this.listeners.get('unhandledRejection') ?? [];
      if (listeners.length === 0) this.fail(unhandled.reason, 'rejection');
      else
        this.attempt({ perform: () => [...listeners].forEach((listener) => void listener(unhandled.reason, promise)) });
      if (!this.isAlive) return;
    }
  }

  /** An error has left the program: the process ends with code 1, as in Node, unless it listens for it. */
  private fail(error: unknown, origin: 'start' | 'rejection' | 'callback'): void {
    if (!this.isAlive) return;
    const listeners = this.listeners.get('uncaughtException') ?? [];
    if (listeners.length === 0) {
      this.exit(1, this.describeError(error), origin);
      return;
    }
    try {
      for (const listener of [...listeners]) listener(error, 'uncaughtException');
    } catch (second) {
      // Node's exit code for an error in such a listener is 7.
      if (!(second instanceof TurnExhausted)) this.exit(7, this.describeError(second), origin);
    }
  }

  private exhaust(diagnosis: 'endless-loop' | 'endless-microtasks'): void {
    const line = turn.exhaustedAt > 0 ? turn.exhaustedAt : turn.line;
    turn.exhaustedAt = 0;
    this.end('exited');
    this.world.endStuck(this, diagnosis, line);
  }

  /**
   * Calls `callback` in a turn of its own after `delayMs`.
   * @param isBackground it neither keeps the world from coming to rest nor the process alive
   */
  setTimer(delayMs: VirtualTimeMs, callback: () => void, isBackground = false): SimEvent {
    const event = new CallEvent(() => {
      this.timers.delete(event);
      this.ownedTimers.delete(event);
      this.run(callback);
    }, isBackground);
    if (!isBackground) this.timers.add(event);
    this.ownedTimers.add(event);
    this.world.schedule(event, delayMs);
    return event;
  }

  /**
   * A timer that the program itself has set: the world waits for it, whether or not it keeps the process alive.
   * @param keepsAlive false for one that is `unref`'d
   * @param isOneShot false for a round of a repeating timer
   */
  setProgramTimer(delayMs: VirtualTimeMs, callback: () => void, keepsAlive: boolean, isOneShot: boolean): SimEvent {
    const event = new CallEvent(() => {
      this.forget(event);
      if (!isOneShot) this.intervals?.end(event);
      this.firing = isOneShot ? delayMs : 0;
      if (isOneShot && delayMs >= LONG_WAIT_MS) this.wokeAt = this.world.now;
      this.run(callback);
      this.firing = 0;
    });
    if (keepsAlive) this.timers.add(event);
    this.programTimers.set(event, delayMs);
    if (isOneShot) this.oneShotTimers.add(event);
    else this.programIntervals().begin(event);
    if (isOneShot && delayMs > 0 && delayMs === this.firing) this.programIntervals().goOn(event);
    this.ownedTimers.add(event);
    this.world.schedule(event, delayMs);
    return event;
  }

  /** Whether an event is a timer that the program itself has set. */
  hasSet(event: SimEvent): boolean {
    return this.programTimers.has(event);
  }

  /**
   * Whether a timer of the program was set for so long or longer.
   * @param isAnyKind false for those that fire once, true for repeating ones as well
   */
  waitsFor(delayMs: VirtualTimeMs, isAnyKind = false): boolean {
    for (const [event, delay] of this.programTimers)
      if (delay >= delayMs && (isAnyKind || this.oneShotTimers.has(event))) return true;
    return false;
  }

  private programIntervals(): ProgramIntervals {
    if (this.intervals === null) {
      this.intervals = new ProgramIntervals(this);
      this.phaselessTimers.push(this.intervals);
    }
    return this.intervals;
  }

  private forget(event: SimEvent): void {
    this.timers.delete(event);
    this.ownedTimers.delete(event);
    this.programTimers.delete(event);
    this.oneShotTimers.delete(event);
    this.intervals?.forget(event);
  }

  private readonly ownedTimers = new Set<SimEvent>();
  /** Those that the program itself has set, with their delays. */
  private readonly programTimers = new Map<SimEvent, VirtualTimeMs>();
  private readonly oneShotTimers = new Set<SimEvent>();
  private intervals: ProgramIntervals | null = null;
  /** Delay of the timer of the program that is firing now; 0 for none. */
  private firing: VirtualTimeMs = 0;

  clearTimer(event: SimEvent): void {
    this.forget(event);
    this.world.cancel(event);
  }

  /** It vanishes. What it has sent and what has not arrived yet still arrives. */
  crash(): void {
    if (!this.isAlive) return;
    const { phase, request, line } = this.world.fault;
    this.world.record(
      { lane: this.name, incarnation: this.number, line: line || undefined },
      { kind: 'process-crash', phase, request },
    );
    this.world.history.end({ incarnation: this.number, how: 'crash', code: -1, origin: null, error: null });
    this.end('crashed');
  }

  /** `process.exit`, the natural end, or an uncaught error. */
  exit(code: number, error: TraceError | null, origin: 'start' | 'rejection' | 'callback' | null = null): void {
    if (!this.isAlive) return;
    this.world.record(
      { lane: this.name, incarnation: this.number, line: error?.line },
      error === null ? { kind: 'process-exit', code } : { kind: 'process-exit', code, error },
    );
    this.world.history.end({ incarnation: this.number, how: 'exit', code, origin, error });
    this.end('exited');
  }

  /** A clean stop from outside: SIGTERM, and the end of the process if it does not listen. */
  terminate(): void {
    if (!this.isAlive) return;
    this.world.record({ lane: this.name, incarnation: this.number }, { kind: 'process-stop' });
    const listeners = this.listeners.get('SIGTERM') ?? [];
    if (listeners.length === 0) {
      this.kill();
      return;
    }
    this.run(() => {
      for (const listener of [...listeners]) listener('SIGTERM');
    });
    this.world.schedule(new CallEvent(() => this.kill()), TERMINATION_GRACE_MS);
  }

  private kill(): void {
    if (!this.isAlive) return;
    this.world.history.end({ incarnation: this.number, how: 'stop', code: -1, origin: null, error: null });
    this.end('exited');
  }

  /** Asked afresh each time: a turn may pause or end the process. */
  private isRunning(): boolean {
    return this.state === 'running';
  }

  get isPaused(): boolean {
    return this.state === 'paused';
  }

  /** Keeps a task for when the process goes on. */
  hold(task: Task): void {
    this.held.push(task);
  }

  /** It freezes for `world.freezeMs`, as a suspended machine does: no timer of it fires, no heartbeat leaves. */
  freeze(request: { readonly name: string; readonly line: number }): void {
    this.world.record(
      { lane: this.name, incarnation: this.number, line: request.line || undefined },
      { kind: 'process-pause', request: request.name },
    );
    this.pause();
    this.world.schedule(new CallEvent(() => this.thaw()), this.world.freezeMs);
    this.world.onFreeze?.(this);
  }

  private thaw(): void {
    if (this.state !== 'paused') return;
    this.world.record({ lane: this.name, incarnation: this.number }, { kind: 'process-resume' });
    this.resume();
  }

  pause(): void {
    if (this.state === 'running') this.state = 'paused';
  }

  /** Goes on where it was, with everything that has arrived meanwhile, in order. */
  resume(): void {
    if (this.state !== 'paused') return;
    this.state = 'running';
    while (this.isRunning() && this.held.length > 0) this.perform(this.held.shift()!);
  }

  /**
   * Cuts it off from the world, when the execution is over. Functions of the program may stay in memory until the next
   * full garbage collection (V8 keeps generator functions that long); without this each would keep a whole world with it.
   */
  release(): void {
    this.kafkaClient?.release();
    this.kafkaClient = null;
    this.databaseClient?.release();
    this.databaseClient = null;
    this.environment = null;
    this.listeners.clear();
    (this as { world: World | null }).world = null;
  }

  private end(state: 'crashed' | 'exited'): void {
    this.state = state;
    this.jobs.close();
    this.held.length = 0;
    for (const timer of this.ownedTimers) this.world.cancel(timer);
    this.ownedTimers.clear();
    this.programTimers.clear();
    this.oneShotTimers.clear();
    this.timers.clear();
    this.world.outstanding -= this.outstanding;
    this.outstanding = 0;
    for (const work of this.onEnd.splice(0)) work();
  }
}

const NOTHING_MORE: Task = { perform: () => undefined };

/** Rounds of promise jobs after errors that a program listens for; more is a listener that causes its own next call. */
const MAX_ROUNDS_PER_TURN = 1000;

/** A timer that fires once after so long is a wait for something, and no step of a loop. */
const LONG_WAIT_MS = 30_000;

/** How long a program may take after SIGTERM before it is killed. */
export const TERMINATION_GRACE_MS = 30_000;
