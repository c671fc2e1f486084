/**
 * What `compile-program.ts` turns `async` and `await` into: a generator that yields what it awaits, driven by
 * `runAsync`. ECMA-262 §27.7 and §27.6 with `SimPromise` for `Promise`.
 */
import { SimPromise, awaitValue, fulfil, rejectWith } from './sim-promise';

type Body = (...args: unknown[]) => Generator<unknown, unknown, unknown>;

/**
 * Calls an async function: parameters and body are `body`, so a throwing default value rejects as it should.
 * @returns the promise that the caller of the function gets.
 */
export function runAsync(self: unknown, args: ArrayLike<unknown>, body: Body): SimPromise<unknown> {
  const promise = SimPromise.pending<unknown>();
  let generator: Generator<unknown, unknown, unknown>;
  try {
    generator = Reflect.apply(body, self, args) as Generator<unknown, unknown, unknown>;
  } catch (error) {
    rejectWith(promise, error);
    return promise;
  }
  drive(generator, promise);
  return promise;
}

function drive(generator: Generator<unknown, unknown, unknown>, promise: SimPromise<unknown>): void {
  const onFulfilled = (value: unknown): void => step(false, value);
  const onRejected = (reason: unknown): void => step(true, reason);
  function step(isThrow: boolean, value: unknown): void {
    let input = value;
    let throwing = isThrow;
    for (;;) {
      let result: IteratorResult<unknown, unknown>;
      try {
        result = throwing ? generator.throw(input) : generator.next(input);
      } catch (error) {
        rejectWith(promise, error);
        return;
      }
      if (result.done) {
        fulfil(promise, result.value);
        return;
      }
      try {
        awaitValue(result.value, onFulfilled, onRejected);
        return;
      } catch (error) {
        // `await` of an object whose `constructor` getter throws: the error appears at the `await`.
        input = error;
        throwing = true;
      }
    }
  }
  step(false, undefined);
}

/** Marks what an async generator awaits, apart from what it yields. */
export class Awaited {
  constructor(readonly value: unknown) {}
}

type Resume = { readonly mode: 'next' | 'throw' | 'return'; readonly value: unknown; readonly promise: SimPromise<unknown> };

/** An async generator object: requests queue up and are answered one after the other (§27.6.3). */
class AsyncGeneratorObject {
  private readonly waiting: Resume[] = [];
  private isRunning = false;
  private isDone = false;
  private isStarted = false;

  constructor(private readonly generator: Generator<unknown, unknown, unknown>) {}

  next(value?: unknown): SimPromise<unknown> {
    return this.enqueue('next', value);
  }

  throw(reason?: unknown): SimPromise<unknown> {
    return this.enqueue('throw', reason);
  }

  return(value?: unknown): SimPromise<unknown> {
    return this.enqueue('return', value);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private enqueue(mode: Resume['mode'], value: unknown): SimPromise<unknown> {
    const promise = SimPromise.pending<unknown>();
    this.waiting.push({ mode, value, promise });
    if (!this.isRunning) this.serve();
    return promise;
  }

  private serve(): void {
    const request = this.waiting[0];
    if (request === undefined) return;
    this.isRunning = true;
    if (request.mode !== 'next' && !this.isStarted) this.isDone = true;
    if (!this.isDone) {
      this.isStarted = true;
      if (request.mode === 'return') awaitValue(request.value, (value) => this.resume('return', value), (e) => this.resume('throw', e));
      else this.resume(request.mode, request.value);
      return;
    }
    if (request.mode === 'next') this.answer(true, undefined, false);
    else if (request.mode === 'throw') this.answer(true, request.value, true);
    else awaitValue(request.value, (value) => this.answer(true, value, false), (reason) => this.answer(true, reason, true));
  }

  private resume(mode: Resume['mode'], value: unknown): void {
    let result: IteratorResult<unknown, unknown>;
    try {
      if (mode === 'next') result = this.generator.next(value);
      else if (mode === 'throw') result = this.generator.throw(value);
      else result = this.generator.return(value);
    } catch (error) {
      this.isDone = true;
      this.answer(true, error, true);
      return;
    }
    if (result.done) {
      this.isDone = true;
      awaitValue(result.value, (final) => this.answer(true, final, false), (reason) => this.answer(true, reason, true));
      return;
    }
    const awaited = result.value instanceof Awaited;
    const inner = awaited ? (result.value as Awaited).value : result.value;
    awaitValue(
      inner,
      (settled) => (awaited ? this.resume('next', settled) : this.answer(false, settled, false)),
      (reason) => this.resume('throw', reason),
    );
  }

  private answer(done: boolean, value: unknown, isThrow: boolean): void {
    const request = this.waiting.shift()!;
    this.isRunning = false;
    if (isThrow) rejectWith(request.promise, value);
    else fulfil(request.promise, { value, done } as unknown);
    this.serve();
  }
}

/** Calls an async generator function. */
export function runAsyncGenerator(self: unknown, args: ArrayLike<unknown>, body: Body): AsyncGeneratorObject {
  return new AsyncGeneratorObject(Reflect.apply(body, self, args) as Generator<unknown, unknown, unknown>);
}

/** The iterator of `for await` and of `yield*` in an async generator: async when there is one, else sync with awaited values. */
export function asyncIteratorOf(iterable: unknown): AsyncIterator<unknown> {
  const source = iterable as { [Symbol.asyncIterator]?: () => AsyncIterator<unknown>; [Symbol.iterator]?: () => Iterator<unknown> };
  const asynchronous = source[Symbol.asyncIterator];
  if (asynchronous !== undefined && asynchronous !== null) return asynchronous.call(source);
  const synchronous = source[Symbol.iterator];
  if (typeof synchronous !== 'function') throw new TypeError(`${typeof iterable} is not async iterable`);
  const iterator = synchronous.call(source);
  const settle = (result: IteratorResult<unknown>): unknown =>
    SimPromise.resolve(result.value).then((value: unknown) => ({ value, done: result.done === true }));
  return {
    next: () => settle(iterator.next()) as Promise<IteratorResult<unknown>>,
    return: () =>
      (iterator.return === undefined
        ? SimPromise.resolve({ value: undefined, done: true })
        : settle(iterator.return())) as Promise<IteratorResult<unknown>>,
  };
}
