/** The process of one or more clients on the model. */
import { awaitValue } from '../../simulation/sim-promise';
import { Incarnation } from '../../simulation/process';
import type { TraceDetail } from '../../simulation/trace';
import { ScenarioError } from '../language/scenario-error';
import { Pending, type VirtualClock } from './virtual-clock';

export class ModelProcess {
  readonly incarnation: Incarnation;

  constructor(
    readonly clock: VirtualClock,
    readonly name: string,
    number: number,
  ) {
    this.incarnation = new Incarnation(clock.world, name, number, (error) => {
      throw new ScenarioError(`an error has left the process ${name}: ${String(error)}`);
    });
    // It lives until it is killed: its clients come and go.
    this.incarnation.handles += 1;
    clock.world.recorder?.addLane({ id: name, kind: 'process' });
    this.record({ kind: 'process-start' });
  }

  /** Adds an event of this process to the trace, where there is one. */
  record(detail: TraceDetail): void {
    this.clock.world.record({ lane: this.name, incarnation: this.incarnation.number }, detail);
  }

  /** What its program prints about something that went wrong. */
  print(text: string): void {
    this.record({ kind: 'console', level: 'error', text });
  }

  /** Calls what connects a client; why it was refused is printed by its program. */
  connect(body: () => unknown, errorName: (error: unknown) => string): Pending {
    return this.call(body as () => void, NOTHING, (error) => {
      this.print(`connect: ${error instanceof Error ? error.message : errorName(error)}`);
      return errorName(error);
    });
  }

  /** SIGSTOP. */
  pause(): void {
    if (!this.incarnation.isAlive || this.incarnation.isPaused) return;
    this.record({ kind: 'process-pause', request: '' });
    this.incarnation.pause();
  }

  /** SIGCONT. */
  resume(): void {
    if (!this.incarnation.isPaused) return;
    this.record({ kind: 'process-resume' });
    this.incarnation.resume();
  }

  /** Calls a client in a turn of the process and prints what comes of it. */
  call<T>(
    body: () => T | PromiseLike<T>,
    printed: (value: T) => readonly string[],
    errorName: (error: unknown) => string,
  ): Pending {
    const pending = new Pending(this.clock);
    const onRejected = (error: unknown): void => pending.settle([`error ${errorName(error)}`]);
    this.incarnation.run(() => {
      try {
        awaitValue(body(), (value) => pending.settle(printed(value as T)), onRejected);
      } catch (error) {
        onRejected(error);
      }
    });
    return pending;
  }

  kill(): void {
    this.incarnation.crash();
  }
}

export const NOTHING = (): readonly string[] => [];
export const OK = (): readonly string[] => ['ok'];

/** Makes a client in a turn of its process; what its constructor refuses is thrown. */
export function made<T>(process: ModelProcess, make: () => T): T {
  let result: { readonly client: T } | { readonly error: unknown } | null = null;
  process.incarnation.run(() => {
    try {
      result = { client: make() };
    } catch (error) {
      result = { error };
    }
  });
  const settled = result as { readonly client: T } | { readonly error: unknown } | null;
  if (settled === null) throw new Error(`the process ${process.name} is paused or gone`);
  if ('error' in settled) throw settled.error;
  return settled.client;
}
