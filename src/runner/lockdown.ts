/**
 * Makes the realm fit for strangers' programs, once, before the first one is loaded: nothing that a program can reach is
 * changeable, knows the machine, or makes code from text. What one incarnation does to a prototype or a shared function
 * would otherwise be there for the next.
 */
import { limitAllocations } from './limit-allocations';
import { LANGUAGE_NAMES } from './compile/names';
import { NoFunction } from './environment/absent';
import { makeDatesUtc } from './environment/date';
import { SimPromise } from '../simulation/sim-promise';

type Members = Record<PropertyKey, unknown>;

/** @param shared further objects that programs can reach and that outlive an incarnation */
export function lockDown(shared: readonly object[]): void {
  const globals = globalThis as unknown as Members;
  makeDatesUtc();
  tameErrors();
  tameRegExp();
  tameLocales();
  tameFunctionConstructors();
  limitAllocations(globals);
  const roots = [...languageObjects(globals), ...hiddenObjects(), ...shared];
  for (const prototype of assignablePrototypes(shared)) allowOverriding(prototype);
  freezeAll(roots);
}

function define(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: false, configurable: true });
}

/**
 * V8 captures no stack once `stackTraceLimit` is gone. It must not: it has Node write the stack down, in Node's own
 * realm, and what goes wrong there is an error of that realm, whose constructors reach the real `process`. A stack would
 * also tell a program which part of the grader has called it. Lines come from what the compiler notes instead.
 */
function tameErrors(): void {
  const error = Error as unknown as Members;
  delete error['prepareStackTrace'];
  delete error['stackTraceLimit'];
  // V8's own; programs for Node call it in their error classes.
  define(error, 'captureStackTrace', (target: object): void => define(target, 'stack', ''));
}

/** `RegExp.$1` and its relatives remember the latest match of anybody. */
function tameRegExp(): void {
  for (const key of Object.getOwnPropertyNames(RegExp)) {
    if (!['length', 'name', 'prototype', 'escape'].includes(key)) Reflect.deleteProperty(RegExp, key);
  }
  Reflect.deleteProperty(RegExp.prototype, 'compile');
}

/** What depends on the machine's language is English. */
function tameLocales(): void {
  const fix = (prototype: object, key: string, locales: number): void => {
    const original = (prototype as Members)[key] as (...args: unknown[]) => unknown;
    define(
      prototype,
      key,
      {
        [key](this: unknown, ...args: unknown[]): unknown {
          if (args[locales] === undefined) args[locales] = 'en-US';
          return Reflect.apply(original, this, args);
        },
      }[key],
    );
  };
  fix(String.prototype, 'localeCompare', 1);
  fix(String.prototype, 'toLocaleUpperCase', 0);
  fix(String.prototype, 'toLocaleLowerCase', 0);
  fix(Number.prototype, 'toLocaleString', 0);
  fix(BigInt.prototype, 'toLocaleString', 0);
}

/** `(function () {}).constructor('code')` and its async and generator relatives. */
function tameFunctionConstructors(): void {
  for (const prototype of functionPrototypes()) {
    Object.defineProperty(prototype, 'constructor', {
      value: NoFunction,
      writable: false,
      enumerable: false,
      configurable: false,
    });
  }
}

function functionPrototypes(): object[] {
  const samples = [() => undefined, async () => undefined, function* () {}, async function* () {}];
  return samples.map((sample) => Object.getPrototypeOf(sample) as object);
}

function languageObjects(globals: Members): object[] {
  return [...LANGUAGE_NAMES].map((name) => globals[name]).filter(isObject);
}

/** Objects of the language that no name leads to, but values do. */
function hiddenObjects(): object[] {
  const iterators = [
    [][Symbol.iterator](),
    new Map().entries(),
    new Set().entries(),
    ''[Symbol.iterator](),
    ''.matchAll(/./g),
  ];
  const generators = [function* () {}, async function* () {}].map(
    (sample) => (sample as { prototype: object }).prototype,
  );
  const values = [...iterators, ...generators, ...functionPrototypes(), ...newerIterators()];
  return [...values.map((value) => Object.getPrototypeOf(value) as object), ...stackAccessors()];
}

/** Iterators that only newer engines have: `[].values().map(…)`, `Iterator.from(…)`. */
function newerIterators(): object[] {
  const list = [][Symbol.iterator]() as unknown as {
    map?: (change: unknown) => object;
    constructor: { from?: (source: object) => object };
  };
  const helper = list.map?.((value: unknown) => value);
  const wrapper = list.constructor.from?.({ next: () => ({ done: true }) });
  return [helper, wrapper].filter(isObject);
}

/** Where `stack` is an accessor of each error, its functions are shared by all. */
function stackAccessors(): object[] {
  const { get, set } = Object.getOwnPropertyDescriptor(new Error(), 'stack') ?? {};
  return [get as unknown, set as unknown].filter(isObject);
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Prototypes whose members programs shadow by assigning: `this.name = …` in an error class, `x.toString = …`. */
function assignablePrototypes(shared: readonly object[]): object[] {
  const errors = [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError];
  const classes = shared.filter((value) => {
    // Promises and buffers are used a million times a search, and accessors would slow each use down.
    if (typeof value !== 'function' || value === SimPromise) return false;
    const { prototype } = value as { readonly prototype?: unknown };
    return isObject(prototype) && !(prototype instanceof Uint8Array);
  });
  const prototypes = [...errors, ...classes].flatMap((constructor) =>
    chainOf((constructor as { prototype: object }).prototype),
  );
  return [...new Set([Object.prototype, ...prototypes])];
}

/** A prototype and those that it inherits from, `Object.prototype` left out. */
function chainOf(prototype: object | null): object[] {
  if (prototype === null || prototype === Object.prototype) return [];
  return [prototype, ...chainOf(Object.getPrototypeOf(prototype) as object | null)];
}

/**
 * A frozen data property on a prototype also forbids assigning to the inheriting object ("override mistake"). As an
 * accessor it does not.
 */
function allowOverriding(prototype: object): void {
  for (const key of Reflect.ownKeys(prototype)) {
    const property = Object.getOwnPropertyDescriptor(prototype, key)!;
    if (!('value' in property) || !property.configurable || key === Symbol.iterator) continue;
    const { value } = property as { value: unknown };
    Object.defineProperty(prototype, key, {
      get: () => value,
      set(this: unknown, next: unknown) {
        if (this === prototype) throw new TypeError(`Cannot assign to read only property '${String(key)}' of object`);
        if (isObject(this))
          Object.defineProperty(this, key, { value: next, writable: true, enumerable: true, configurable: true });
      },
      enumerable: property.enumerable ?? false,
      configurable: false,
    });
  }
}

/** Freezes everything that can be reached from `roots` through properties and prototypes. */
function freezeAll(roots: readonly object[]): void {
  const seen = new Set<object>();
  const waiting = [...roots];
  for (let object = waiting.pop(); object !== undefined; object = waiting.pop()) {
    if (seen.has(object)) continue;
    seen.add(object);
    const prototype = Object.getPrototypeOf(object) as object | null;
    if (prototype !== null) waiting.push(prototype);
    for (const key of Reflect.ownKeys(object)) {
      for (const value of valuesOf(object, key)) if (isObject(value)) waiting.push(value);
    }
    // The bytes of an array cannot be frozen.
    if (!ArrayBuffer.isView(object)) Object.freeze(object);
  }
}

/** What a property leads to: also what its getter gives, e.g. `Iterator` by the `constructor` of iterators' prototype. */
function valuesOf(object: object, key: PropertyKey): unknown[] {
  const { value, get, set } = Object.getOwnPropertyDescriptor(object, key)! as {
    value?: unknown;
    get?: () => unknown;
    set?: unknown;
  };
  if (get === undefined) return [value, set];
  try {
    return [get, set, Reflect.apply(get, object, [])];
  } catch {
    // Most getters of prototypes work on instances only.
    return [get, set];
  }
}
