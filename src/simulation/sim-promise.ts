/**
 * The promise that programs on the model see as `Promise`: ECMA-262 §27.2, with the job queue of the running process.
 *
 * The order of jobs is the specification's, tick for tick; `tests/unit/simulation/sim-promise.test.ts` compares it with
 * the JavaScript engine's own promises on random programs.
 */
import { turn } from './turn';

const PENDING = 0;
const FULFILLED = 1;
const REJECTED = 2;

type Settle = (value: unknown) => void;

/** What waits for a promise. `kind` tells who gets the outcome. */
interface Reaction {
  readonly onFulfilled: unknown;
  readonly onRejected: unknown;
  /** Derived promise of a `then`; null for an `await`, whose callbacks never throw. */
  readonly derived: SimPromise<unknown> | Derived | null;
}

/** Waits for a promise in an `await`: gets the outcome, and must not throw. */
export abstract class Awaiter {
  abstract resume(isThrow: boolean, value: unknown): void;
}

interface Derived {
  readonly resolve: Settle;
  readonly reject: Settle;
}

/** The promise's own state, out of reach of programs; the class below hands out these keys when it is defined. */
interface Slots {
  readonly settle: (promise: SimPromise<unknown>, state: number, value: unknown) => void;
  readonly performThen: (promise: SimPromise<unknown>, reaction: Reaction | Awaiter) => void;
  readonly isPending: (promise: SimPromise<unknown>) => boolean;
  readonly unhandled: (promise: SimPromise<unknown>) => { readonly reason: unknown } | null;
}

let slots: Slots;

/** Executor of promises that only the engine settles. */
const ENGINE_ONLY = (): void => undefined;

function resolveDerived(derived: SimPromise<unknown> | Derived, value: unknown): void {
  if (derived instanceof SimPromise) resolvePromise(derived, value);
  else derived.resolve(value);
}

function rejectDerived(derived: SimPromise<unknown> | Derived, reason: unknown): void {
  if (derived instanceof SimPromise) slots.settle(derived, REJECTED, reason);
  else derived.reject(reason);
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function reactionJob(reaction: Reaction | Awaiter, state: number, value: unknown): void {
  if (reaction instanceof Awaiter) {
    reaction.resume(state === REJECTED, value);
    return;
  }
  const handler = state === FULFILLED ? reaction.onFulfilled : reaction.onRejected;
  const derived = reaction.derived;
  if (derived === null) {
    (handler as Settle)(value);
    return;
  }
  if (typeof handler !== 'function') {
    if (state === FULFILLED) resolveDerived(derived, value);
    else rejectDerived(derived, value);
    return;
  }
  let result: unknown;
  try {
    result = handler(value);
  } catch (error) {
    rejectDerived(derived, error);
    return;
  }
  resolveDerived(derived, result);
}

function thenableJob(promise: SimPromise<unknown>, thenable: object, then: (...args: unknown[]) => unknown): void {
  const { resolve, reject } = resolvingFunctions(promise);
  try {
    then.call(thenable, resolve, reject);
  } catch (error) {
    reject(error);
  }
}

/** The pair of ECMA-262 §27.2.1.3: only the first call of either has an effect. */
function resolvingFunctions(promise: SimPromise<unknown>): Derived {
  let done = false;
  return {
    resolve: (value) => {
      if (done) return;
      done = true;
      resolvePromise(promise, value);
    },
    reject: (reason) => {
      if (done) return;
      done = true;
      slots.settle(promise, REJECTED, reason);
    },
  };
}

function queue(): NonNullable<typeof turn.owner> {
  if (turn.owner === null) throw new Error('a promise was used outside a turn of a process');
  return turn.owner;
}

function resolvePromise(promise: SimPromise<unknown>, value: unknown): void {
  if (!isObject(value)) {
    slots.settle(promise, FULFILLED, value);
    return;
  }
  if (value === promise) {
    slots.settle(promise, REJECTED, new TypeError('Chaining cycle detected for promise #<Promise>'));
    return;
  }
  let then: unknown;
  try {
    then = (value as { then?: unknown }).then;
  } catch (error) {
    slots.settle(promise, REJECTED, error);
    return;
  }
  if (typeof then !== 'function') slots.settle(promise, FULFILLED, value);
  else queue().jobs.push(thenableJob, promise, value, then);
}

type Executor<T> = (resolve: (value: T | PromiseLike<T>) => void, reject: (reason?: unknown) => void) => void;

function newDerived(constructor: unknown): {
  readonly promise: SimPromise<unknown>;
  readonly derived: SimPromise<unknown> | Derived;
} {
  if (constructor === SimPromise) {
    const promise = SimPromise.pending<unknown>();
    return { promise, derived: promise };
  }
  let resolve: unknown;
  let reject: unknown;
  const promise = new (constructor as typeof SimPromise<unknown>)((yes, no) => {
    resolve = yes;
    reject = no;
  });
  if (typeof resolve !== 'function' || typeof reject !== 'function') throw new TypeError('not a promise constructor');
  return { promise, derived: { resolve: resolve as Settle, reject: reject as Settle } };
}

export class SimPromise<T> {
  #state = PENDING;
  #value: unknown = undefined;
  #reactions: (Reaction | Awaiter)[] | undefined = undefined;
  /** Whether somebody has asked for the outcome: an unhandled rejection ends the process. */
  #isHandled = false;

  static {
    slots = {
      settle(promise, state, value) {
        const reactions = promise.#reactions;
        promise.#state = state;
        promise.#value = value;
        promise.#reactions = undefined;
        const owner = queue();
        if (state === REJECTED && !promise.#isHandled) owner.rejected.push(promise);
        if (reactions === undefined) return;
        for (let i = 0; i < reactions.length; i += 1) owner.jobs.push(reactionJob, reactions[i], state, value);
      },
      performThen(promise, reaction) {
        if (promise.#state !== PENDING) queue().jobs.push(reactionJob, reaction, promise.#state, promise.#value);
        else if (promise.#reactions === undefined) promise.#reactions = [reaction];
        else promise.#reactions.push(reaction);
        promise.#isHandled = true;
      },
      isPending: (promise) => promise.#state === PENDING,
      unhandled: (promise) => (promise.#isHandled ? null : { reason: promise.#value }),
    };
  }

  constructor(executor: Executor<T>) {
    if (executor === (ENGINE_ONLY as Executor<T>)) return;
    if (typeof executor !== 'function') throw new TypeError(`Promise resolver ${String(executor)} is not a function`);
    const { resolve, reject } = resolvingFunctions(this);
    try {
      executor(resolve as (value: T | PromiseLike<T>) => void, reject as (reason?: unknown) => void);
    } catch (error) {
      reject(error);
    }
  }

  /** A promise that only the engine settles, with `fulfil` and `rejectWith`. */
  static pending<T>(): SimPromise<T> {
    return new SimPromise<T>(ENGINE_ONLY as Executor<T>);
  }

  then(onFulfilled?: unknown, onRejected?: unknown): SimPromise<unknown> {
    const constructor = (this as { constructor?: unknown }).constructor ?? SimPromise;
    const { promise, derived } = newDerived(constructor);
    slots.performThen(this, { onFulfilled, onRejected, derived });
    return promise;
  }

  catch(onRejected?: unknown): SimPromise<unknown> {
    return this.then(undefined, onRejected);
  }

  finally(onFinally?: unknown): SimPromise<unknown> {
    if (typeof onFinally !== 'function') return this.then(onFinally, onFinally);
    return this.then(
      (value: unknown) => SimPromise.resolve(onFinally()).then(() => value),
      (reason: unknown) =>
        SimPromise.resolve(onFinally()).then(() => {
          throw reason;
        }),
    );
  }

  get [Symbol.toStringTag](): string {
    return 'Promise';
  }

  static get [Symbol.species](): unknown {
    return this;
  }

  static resolve<T>(value?: T): SimPromise<T> {
    if (value instanceof SimPromise && value.constructor === this) return value as SimPromise<T>;
    const { promise, derived } = newDerived(this);
    resolveDerived(derived, value);
    return promise as SimPromise<T>;
  }

  static reject(reason?: unknown): SimPromise<never> {
    const { promise, derived } = newDerived(this);
    rejectDerived(derived, reason);
    return promise as SimPromise<never>;
  }

  static all(values: Iterable<unknown>): SimPromise<unknown> {
    return combine(this, values, (index, results, derived, left) => ({
      onFulfilled: once((value) => {
        results[index] = value;
        if (--left.count === 0) derived.resolve(results);
      }),
      onRejected: derived.reject,
    }));
  }

  static allSettled(values: Iterable<unknown>): SimPromise<unknown> {
    return combine(this, values, (index, results, derived, left) => {
      const note = once((entry) => {
        results[index] = entry;
        if (--left.count === 0) derived.resolve(results);
      });
      return {
        onFulfilled: (value: unknown) => note({ status: 'fulfilled', value }),
        onRejected: (reason: unknown) => note({ status: 'rejected', reason }),
      };
    });
  }

  static any(values: Iterable<unknown>): SimPromise<unknown> {
    const fail = (errors: unknown[]): AggregateError => new AggregateError(errors, 'All promises were rejected');
    return combine(
      this,
      values,
      (index, errors, derived, left) => ({
        onFulfilled: derived.resolve,
        onRejected: once((reason) => {
          errors[index] = reason;
          if (--left.count === 0) derived.reject(fail(errors));
        }),
      }),
      (errors, derived) => derived.reject(fail(errors)),
    );
  }

  static race(values: Iterable<unknown>): SimPromise<unknown> {
    return combine(
      this,
      values,
      (_index, _results, derived) => ({
        onFulfilled: derived.resolve,
        onRejected: derived.reject,
      }),
      () => undefined,
    );
  }
}

function once(effect: Settle): Settle {
  let done = false;
  return (value) => {
    if (done) return;
    done = true;
    effect(value);
  };
}

interface Handlers {
  readonly onFulfilled: Settle;
  readonly onRejected: Settle;
}

/** The loop that `all`, `allSettled`, `any` and `race` share (§27.2.4). `left` counts one more until the loop is over. */
function combine(
  constructor: unknown,
  values: Iterable<unknown>,
  handlersOf: (index: number, results: unknown[], derived: Derived, left: { count: number }) => Handlers,
  whenDone: (results: unknown[], derived: Derived) => void = (results, derived) => derived.resolve(results),
): SimPromise<unknown> {
  const { promise, derived: target } = newDerived(constructor);
  // Several of the values may want to settle the promise: the first one does.
  const derived = target instanceof SimPromise ? resolvingFunctions(target) : target;
  try {
    const results: unknown[] = [];
    const left = { count: 1 };
    const resolve = (constructor as typeof SimPromise).resolve.bind(constructor as typeof SimPromise);
    let index = 0;
    for (const value of values) {
      left.count += 1;
      const handlers = handlersOf(index, results, derived, left);
      resolve(value).then(handlers.onFulfilled, handlers.onRejected);
      index += 1;
    }
    if (--left.count === 0) whenDone(results, derived);
  } catch (error) {
    derived.reject(error);
  }
  return promise;
}

/** Resolves a promise of the engine's own; a value that is a thenable is followed. */
export function fulfil<T>(promise: SimPromise<T>, value: T): void {
  if (slots.isPending(promise)) resolvePromise(promise, value);
}

/** Rejects a promise of the engine's own. */
export function rejectWith(promise: SimPromise<unknown>, reason: unknown): void {
  if (slots.isPending(promise)) slots.settle(promise, REJECTED, reason);
}

/**
 * What `await value` does: both callbacks are the engine's and must not throw. Takes one job when `value` is a promise
 * of the model or not a promise at all, as in the specification.
 */
export function awaitValue(value: unknown, onFulfilled: Settle, onRejected: Settle): void {
  const promise = value instanceof SimPromise && value.constructor === SimPromise ? value : SimPromise.resolve(value);
  slots.performThen(promise, { onFulfilled, onRejected, derived: null });
}

/** `awaitValue` for an `Awaiter`. */
export function awaitWith(value: unknown, awaiter: Awaiter): void {
  const promise = value instanceof SimPromise && value.constructor === SimPromise ? value : SimPromise.resolve(value);
  slots.performThen(promise, awaiter);
}

/** Rejection reason of a promise that is rejected and unhandled; used when a turn ends. */
export function unhandledReason(promise: unknown): { readonly reason: unknown } | null {
  return slots.unhandled(promise as SimPromise<unknown>);
}
