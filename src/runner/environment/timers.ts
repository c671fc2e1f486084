/** `setTimeout` and its relatives, in virtual time. */
import type { SimEvent } from '../../simulation/event-queue';
import { fulfil, rejectWith, SimPromise } from '../../simulation/sim-promise';
import type { AbortSignal } from './abort';
import { codedError } from './coded-error';
import { currentProgram, type ProgramState } from './program-state';

type Callback = (...args: unknown[]) => unknown;

const MAX_DELAY_MS = 2 ** 31 - 1;

/** What `setTimeout` returns in Node. */
export class Timeout {
  readonly #state: ProgramState;
  readonly #call: () => void;
  readonly #delayMs: number;
  readonly #repeats: boolean;
  readonly #id: number;
  #event: SimEvent | null = null;
  #dueAt = 0;
  #isBackground = false;

  constructor(state: ProgramState, call: () => void, delayMs: number, repeats: boolean) {
    this.#state = state;
    this.#call = call;
    this.#delayMs = delayMs;
    this.#repeats = repeats;
    this.#id = state.nextTimerId++;
    this.#schedule(delayMs);
  }

  #schedule(delayMs: number): void {
    const { incarnation } = this.#state;
    if (!incarnation.isAlive) return;
    this.#dueAt = incarnation.world.now + delayMs;
    this.#event = incarnation.setProgramTimer(delayMs, () => this.#fire(), !this.#isBackground, !this.#repeats);
  }

  #fire(): void {
    this.#event = null;
    if (this.#repeats) this.#schedule(this.#delayMs);
    this.#call();
  }

  close(): this {
    if (this.#event !== null) this.#state.incarnation.clearTimer(this.#event);
    this.#event = null;
    return this;
  }

  refresh(): this {
    if (this.#event === null) return this;
    this.close();
    this.#schedule(this.#delayMs);
    return this;
  }

  #setBackground(isBackground: boolean): this {
    if (this.#isBackground === isBackground) return this;
    this.#isBackground = isBackground;
    if (this.#event !== null) {
      const leftMs = this.#dueAt - this.#state.incarnation.world.now;
      this.close();
      this.#schedule(leftMs);
    }
    return this;
  }

  /** It keeps the process alive, as it does from the beginning. */
  ref(): this {
    return this.#setBackground(false);
  }

  /** It does not keep the process alive. */
  unref(): this {
    return this.#setBackground(true);
  }

  hasRef(): boolean {
    return !this.#isBackground;
  }

  [Symbol.toPrimitive](): number {
    const { timers } = this.#state;
    const known = timers ?? (this.#state.timers = new Map<number, Timeout>());
    known.set(this.#id, this);
    return this.#id;
  }
}

function delayOf(delay: unknown): number {
  const ms = Number(delay);
  return ms >= 1 && ms <= MAX_DELAY_MS ? Math.trunc(ms) : 1;
}

function start(callback: unknown, delayMs: number, args: unknown[], repeats: boolean): Timeout {
  if (typeof callback !== 'function') {
    throw codedError(
      TypeError,
      'ERR_INVALID_ARG_TYPE',
      `The "callback" argument must be of type function. Received ${typeof callback}`,
    );
  }
  const call = (): void => void (callback as Callback)(...args);
  return new Timeout(currentProgram(), call, delayMs, repeats);
}

export function setTimeout(callback: unknown, delay?: unknown, ...args: unknown[]): Timeout {
  return start(callback, delayOf(delay), args, false);
}

export function setInterval(callback: unknown, delay?: unknown, ...args: unknown[]): Timeout {
  return start(callback, delayOf(delay), args, true);
}

export function setImmediate(callback: unknown, ...args: unknown[]): Timeout {
  return start(callback, 0, args, false);
}

export function clearTimeout(timer?: unknown): void {
  if (timer instanceof Timeout) timer.close();
  else if (typeof timer === 'number' || typeof timer === 'string') currentProgram().timers?.get(Number(timer))?.close();
}

export function clearInterval(timer?: unknown): void {
  clearTimeout(timer);
}

export function clearImmediate(timer?: unknown): void {
  clearTimeout(timer);
}

interface WaitOptions {
  readonly signal?: AbortSignal;
}

function abortError(): Error {
  return codedError(Error, 'ABORT_ERR', 'The operation was aborted', 'AbortError');
}

function wait(delayMs: number, value: unknown, options: WaitOptions = {}): SimPromise<unknown> {
  const promise = SimPromise.pending<unknown>();
  const { signal } = options;
  const abort = (): void => rejectWith(promise, abortError());
  if (signal?.aborted) {
    abort();
    return promise;
  }
  const timer = start(() => fulfil(promise, value), delayMs, [], false);
  signal?.addEventListener('abort', () => {
    timer.close();
    abort();
  });
  return promise;
}

/** What `for await (const tick of setInterval(1000))` goes over: ticks that nobody waits for are not lost. */
class Ticks {
  readonly #delayMs: number;
  readonly #value: unknown;
  /** Set once somebody waits for the first tick. */
  #timer: Timeout | null = null;
  #due = 0;
  #waiting: SimPromise<unknown>[] = [];
  #isOver = false;

  constructor(delayMs: number, value: unknown, { signal }: WaitOptions) {
    this.#delayMs = delayMs;
    this.#value = value;
    signal?.addEventListener('abort', () => this.#end((promise) => rejectWith(promise, abortError())));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): SimPromise<unknown> {
    const promise = SimPromise.pending<unknown>();
    if (!this.#isOver) this.#timer ??= start(() => this.#tick(), this.#delayMs, [], true);
    if (this.#isOver) fulfil(promise, { done: true, value: undefined });
    else if (this.#due > 0) {
      this.#due -= 1;
      fulfil(promise, { done: false, value: this.#value });
    } else this.#waiting.push(promise);
    return promise;
  }

  return(): SimPromise<unknown> {
    this.#end((promise) => fulfil(promise, { done: true, value: undefined }));
    return this.next();
  }

  #tick(): void {
    const first = this.#waiting.shift();
    if (first === undefined) this.#due += 1;
    else fulfil(first, { done: false, value: this.#value });
  }

  #end(settle: (promise: SimPromise<unknown>) => void): void {
    this.#timer?.close();
    this.#isOver = true;
    for (const promise of this.#waiting.splice(0)) settle(promise);
  }
}

/** The module `node:timers/promises`. */
export const timersPromises = {
  setTimeout: (delay?: unknown, value?: unknown, options?: WaitOptions): SimPromise<unknown> =>
    wait(delayOf(delay), value, options),
  setImmediate: (value?: unknown, options?: WaitOptions): SimPromise<unknown> => wait(0, value, options),
  setInterval: (delay?: unknown, value?: unknown, options: WaitOptions = {}): Ticks =>
    new Ticks(delayOf(delay), value, options),
  scheduler: {
    wait: (delay?: unknown, options?: WaitOptions): SimPromise<unknown> => wait(delayOf(delay), undefined, options),
    yield: (): SimPromise<unknown> => wait(0, undefined),
  },
};

/** What programs can reach of timers beside the functions. */
export const timerObjects: readonly object[] = [Ticks, timersPromises.scheduler];
