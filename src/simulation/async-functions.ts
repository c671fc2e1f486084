/**
 * What `compile-program.ts` turns `async` and `await` into: a generator that yields what it awaits, driven by
 * `runAsync`. ECMA-262 §27.7 and §27.6 with `SimPromise` for `Promise`.
 */
import { Awaiter, SimPromise, awaitValue, awaitWith, fulfil, rejectWith } from './sim-promise';

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
  new AsyncRun(generator, promise).resume(false, undefined);
  return promise;
}

/** An async function expression whose body is made once, with the function. */
runAsync.function = (body: Body) =>
  function (this: unknown, ...args: unknown[]): SimPromise<unknown> {
    return runAsync(this, args, body);
  };

/** An async arrow function: `self` is the `this` of where it stands. */
runAsync.arrow =
  (self: unknown, body: Body) =>
  (...args: unknown[]): SimPromise<unknown> =>
    runAsync(self, args, body);

/** An async function that is under way. */
class AsyncRun extends Awaiter {
  constructor(
    private readonly generator: Generator<unknown, unknown, unknown>,
    private readonly promise: SimPromise<unknown>,
  ) {
    super();
  }

  override resume(isThrow: boolean, value: unknown): void {
    let input = value;
    let throwing = isThrow;
    for (;;) {
      let result: IteratorResult<unknown, unknown>;
      try {
        result = throwing ? this.generator.throw(input) : this.generator.next(input);
      } catch (error) {
        rejectWith(this.promise, error);
        return;
      }
      if (result.done) {
        fulfil(this.promise, result.value);
        return;
      }
      try {
        awaitWith(result.value, this);
        return;
      } catch (error) {
        // `await` of an object whose `constructor` getter throws: the error appears at the `await`.
        input = error;
        throwing = true;
      }
    }
  }
}

/** Marks what an async generator awaits, apart from what it yields. */
export class Awaited {
  constructor(readonly value: unknown) {}
}

/** Marks what an async generator yields from: `yield* iterable`. */
export class Delegate {
  constructor(readonly iterable: unknown) {}
}

type Mode = 'next' | 'throw' | 'return';
type Resume = { readonly mode: Mode; readonly value: unknown; readonly promise: SimPromise<unknown> };

/** An async generator object: requests queue up and are answered one after the other (§27.6.3). */
class AsyncGeneratorObject {
  readonly #generator: Generator<unknown, unknown, unknown>;
  readonly #waiting: Resume[] = [];
  #isRunning = false;
  #isDone = false;
  #isStarted = false;
  /** The iterator of a `yield*` that is going on. */
  #inner: AsyncIterator<unknown> | null = null;

  constructor(generator: Generator<unknown, unknown, unknown>) {
    this.#generator = generator;
  }

  next(value?: unknown): SimPromise<unknown> {
    return this.#enqueue('next', value);
  }

  throw(reason?: unknown): SimPromise<unknown> {
    return this.#enqueue('throw', reason);
  }

  return(value?: unknown): SimPromise<unknown> {
    return this.#enqueue('return', value);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  get [Symbol.toStringTag](): string {
    return 'AsyncGenerator';
  }

  #enqueue(mode: Mode, value: unknown): SimPromise<unknown> {
    const promise = SimPromise.pending<unknown>();
    this.#waiting.push({ mode, value, promise });
    if (!this.#isRunning) this.#serve();
    return promise;
  }

  #serve(): void {
    const request = this.#waiting[0];
    if (request === undefined) return;
    this.#isRunning = true;
    const { mode, value } = request;
    if (mode !== 'next' && !this.#isStarted) this.#isDone = true;
    if (!this.#isDone) {
      this.#isStarted = true;
      if (mode === 'return')
        this.#await(
          value,
          (awaited) => this.#forward('return', awaited),
          (reason) => this.#forward('throw', reason),
        );
      else this.#forward(mode, value);
      return;
    }
    if (mode === 'next') this.#answer(true, undefined, false);
    else if (mode === 'throw') this.#answer(true, value, true);
    else
      this.#await(
        value,
        (final) => this.#answer(true, final, false),
        (reason) => this.#answer(true, reason, true),
      );
  }

  /** Awaiting an object whose `constructor` getter throws fails at once. */
  #await(value: unknown, onFulfilled: (value: unknown) => void, onRejected: (reason: unknown) => void): void {
    try {
      awaitValue(value, onFulfilled, onRejected);
    } catch (error) {
      onRejected(error);
    }
  }

  /** Goes on where the generator is suspended: in a `yield`, or in the iterator of a `yield*`. */
  #forward(mode: Mode, value: unknown): void {
    if (this.#inner === null) this.#resume(mode, value);
    else this.#step(this.#inner, mode, value);
  }

  #resume(mode: Mode, value: unknown): void {
    let result: IteratorResult<unknown, unknown>;
    try {
      result = this.#generator[mode](value);
    } catch (error) {
      this.#isDone = true;
      this.#answer(true, error, true);
      return;
    }
    const { value: given } = result;
    if (result.done) {
      this.#isDone = true;
      this.#answer(true, given, false);
    } else if (given instanceof Awaited) {
      this.#await(
        given.value,
        (settled) => this.#resume('next', settled),
        (reason) => this.#resume('throw', reason),
      );
    } else if (given instanceof Delegate) {
      this.#delegate(given.iterable);
    } else {
      this.#await(
        given,
        (settled) => this.#answer(false, settled, false),
        (reason) => this.#resume('throw', reason),
      );
    }
  }

  #delegate(iterable: unknown): void {
    let inner: AsyncIterator<unknown>;
    try {
      inner = asyncIteratorOf(iterable);
    } catch (error) {
      this.#resume('throw', error);
      return;
    }
    this.#inner = inner;
    this.#step(inner, 'next', undefined);
  }

  /** One step of `yield*` (§15.5.5): the request is the inner iterator's to answer. */
  #step(inner: AsyncIterator<unknown>, mode: Mode, value: unknown): void {
    const leave = (how: Mode, result: unknown): void => {
      this.#inner = null;
      this.#resume(how, result);
    };
    try {
      const method = inner[mode];
      if (method === undefined || method === null) {
        if (mode === 'return') leave('return', value);
        else this.#closeAndFail(inner);
        return;
      }
      awaitValue(
        Reflect.apply(method, inner, [value]),
        (result) => {
          try {
            const { done, value: given } = iteratorResult(result);
            if (done) leave(mode === 'return' ? 'return' : 'next', given);
            else this.#answer(false, given, false);
          } catch (error) {
            leave('throw', error);
          }
        },
        (reason) => leave('throw', reason),
      );
    } catch (error) {
      leave('throw', error);
    }
  }

  #closeAndFail(inner: AsyncIterator<unknown>): void {
    this.#inner = null;
    const fail = (): void => this.#resume('throw', new TypeError("The iterator does not provide a 'throw' method"));
    if (inner.return === undefined || inner.return === null) fail();
    else this.#await(inner.return(), fail, (reason) => this.#resume('throw', reason));
  }

  #answer(done: boolean, value: unknown, isThrow: boolean): void {
    const request = this.#waiting.shift()!;
    this.#isRunning = false;
    if (isThrow) rejectWith(request.promise, value);
    else fulfil(request.promise, { value, done } as unknown);
    this.#serve();
  }
}

/** What learners' programs can reach of async generators; frozen before a program is loaded. */
export const asyncGeneratorPrototype: object = AsyncGeneratorObject.prototype;

/** Calls an async generator function. */
export function runAsyncGenerator(self: unknown, args: ArrayLike<unknown>, body: Body): AsyncGeneratorObject {
  return new AsyncGeneratorObject(Reflect.apply(body, self, args) as Generator<unknown, unknown, unknown>);
}

/** What an iterator has answered. @throws TypeError when it is not an object */
export function iteratorResult(result: unknown): IteratorResult<unknown, unknown> {
  if ((typeof result === 'object' && result !== null) || typeof result === 'function') {
    return result as IteratorResult<unknown, unknown>;
  }
  throw new TypeError(`Iterator result ${String(result)} is not an object`);
}

interface AnyIterable {
  readonly [Symbol.asyncIterator]?: unknown;
  readonly [Symbol.iterator]?: unknown;
}

/** The iterator of `yield*` in an async generator: async when there is one, else sync with awaited values. */
function asyncIteratorOf(iterable: unknown): AsyncIterator<unknown> {
  const source = iterable as AnyIterable;
  const asynchronous = source[Symbol.asyncIterator];
  if (asynchronous !== undefined && asynchronous !== null) {
    return iteratorResult(
      Reflect.apply(asynchronous as () => unknown, source, []),
    ) as unknown as AsyncIterator<unknown>;
  }
  const synchronous = source[Symbol.iterator];
  if (typeof synchronous !== 'function') throw new TypeError(`${typeof iterable} is not async iterable`);
  return new AsyncFromSyncIterator(
    Reflect.apply(synchronous, source, []) as Iterator<unknown>,
  ) as unknown as AsyncIterator<unknown>;
}

/** §27.1.4: a sync iterator whose values are awaited. */
class AsyncFromSyncIterator {
  constructor(private readonly iterator: Iterator<unknown>) {}

  next(value?: unknown): SimPromise<unknown> {
    return this.continue(() => this.iterator.next(value as undefined));
  }

  return(value?: unknown): SimPromise<unknown> {
    const { iterator } = this;
    // Without a method to call, the value is not awaited either.
    if (iterator.return === undefined) return SimPromise.resolve({ value, done: true } as unknown);
    return this.continue(() => iteratorResult(Reflect.apply(iterator.return!, iterator, [value])));
  }

  throw(reason?: unknown): SimPromise<unknown> {
    const { iterator } = this;
    return this.continue(() => {
      if (iterator.throw !== undefined) return iteratorResult(iterator.throw(reason));
      iterator.return?.();
      throw new TypeError("The iterator does not provide a 'throw' method");
    });
  }

  private continue(step: () => IteratorResult<unknown>): SimPromise<unknown> {
    const promise = SimPromise.pending<unknown>();
    try {
      const { done, value } = iteratorResult(step());
      awaitValue(
        value,
        (settled) => fulfil(promise, { value: settled, done: done === true } as unknown),
        (reason) => rejectWith(promise, reason),
      );
    } catch (error) {
      rejectWith(promise, error);
    }
    return promise;
  }
}

/** The iterator of a `for await`, as the compiled loop uses it. */
export class AsyncIteration {
  private readonly iterator: AsyncIterator<unknown>;
  private readonly nextMethod: (...args: unknown[]) => unknown;
  private returnMethod: ((...args: unknown[]) => unknown) | undefined = undefined;

  constructor(iterable: unknown) {
    this.iterator = asyncIteratorOf(iterable);
    this.nextMethod = this.iterator.next as (...args: unknown[]) => unknown;
  }

  next(): unknown {
    return Reflect.apply(this.nextMethod, this.iterator, []);
  }

  /** Whether the iterator wants to know that the loop was left early; to be read once, before `close`. */
  get isClosable(): boolean {
    const method = this.iterator.return as ((...args: unknown[]) => unknown) | null | undefined;
    this.returnMethod = method ?? undefined;
    return this.returnMethod !== undefined;
  }

  close(): unknown {
    return Reflect.apply(this.returnMethod!, this.iterator, []);
  }
}
