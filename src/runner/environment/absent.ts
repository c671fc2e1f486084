/** Names that do not exist: reading or writing one is a ReferenceError, as everywhere. */
import { unavailableMessage } from '../../simulation/unavailable';

const REASONS: Readonly<Record<string, string>> = {
  eval: 'code cannot be made from text',
  Intl: 'it depends on the machine',
  WebAssembly: 'only the program itself can be run',
  Atomics: 'there is one thread',
  SharedArrayBuffer: 'there is one thread',
  FinalizationRegistry: 'when memory is freed depends on the machine',
  __dirname: 'the program is a module; it has no place on a disk',
  __filename: 'the program is a module; it has no place on a disk',
};

function fail(name: PropertyKey): never {
  const text = String(name);
  const reason = Object.hasOwn(REASONS, text) ? REASONS[text] : undefined;
  throw new ReferenceError(reason === undefined ? `${text} is not defined` : unavailableMessage(text, reason));
}

/** Compiled programs read `foo` as `absent.foo` when nothing has that name. */
export const absent: object = new Proxy(Object.freeze(Object.create(null) as object), {
  get: (_target, name) => fail(name),
  set: (_target, name) => fail(name),
  has: (_target, name) => fail(name),
});

/** For programs that work on the global object: a name that is not on it does not exist. */
export function globalScope(globals: object): object {
  return new Proxy(globals, {
    get: (target, name) => (name in target ? (Reflect.get(target, name) as unknown) : fail(name)),
    set: (target, name, value) => (name in target ? Reflect.set(target, name, value) : fail(name)),
  });
}

/** `Function`: for `instanceof`, and nothing else. */
export const NoFunction: object = function Function(): never {
  throw new ReferenceError(unavailableMessage('Function', REASONS['eval'] ?? ''));
};
Object.defineProperty(NoFunction, 'prototype', {
  value: Object.getPrototypeOf(() => undefined) as unknown,
  writable: false,
});

/** `WeakRef` that holds on: when memory is freed depends on the machine. */
export class StrongRef {
  readonly #target: object;

  constructor(target: object) {
    this.#target = target;
  }

  deref(): object {
    return this.#target;
  }
}
Object.defineProperty(StrongRef, 'name', { value: 'WeakRef' });
