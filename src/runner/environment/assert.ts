/** The module `node:assert`: the checks that programs make of themselves. */
import { codedError } from './coded-error';
import { inspect } from './inspect';

function fail(message: unknown, otherwise: string): never {
  if (message instanceof Error) throw message;
  throw codedError(Error, 'ERR_ASSERTION', typeof message === 'string' ? message : otherwise, 'AssertionError');
}

function ok(value: unknown, message?: unknown): void {
  if (!value) fail(message, 'The expression evaluated to a falsy value');
}

function strictEqual(actual: unknown, expected: unknown, message?: unknown): void {
  if (!Object.is(actual, expected))
    fail(message, `Expected values to be strictly equal: ${inspect(actual)} !== ${inspect(expected)}`);
}

function notStrictEqual(actual: unknown, expected: unknown, message?: unknown): void {
  if (Object.is(actual, expected)) fail(message, `Expected "actual" to be strictly unequal to: ${inspect(expected)}`);
}

function isDeepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Date || a instanceof Map || a instanceof Set) return inspect(a) === inspect(b);
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(b, key) && isDeepEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

function deepStrictEqual(actual: unknown, expected: unknown, message?: unknown): void {
  if (!isDeepEqual(actual, expected)) {
    fail(message, `Expected values to be strictly deep-equal: ${inspect(actual)} and ${inspect(expected)}`);
  }
}

function throws(work: () => unknown, message?: unknown): void {
  try {
    work();
  } catch {
    return;
  }
  fail(message, 'Missing expected exception.');
}

const checks = {
  ok,
  equal: strictEqual,
  strictEqual,
  notEqual: notStrictEqual,
  notStrictEqual,
  deepEqual: deepStrictEqual,
  deepStrictEqual,
  throws,
  fail: (message?: unknown): never => fail(message, 'Failed'),
};

/** Called as a function it is `ok`. */
export const assertModule = Object.assign((value: unknown, message?: unknown): void => ok(value, message), checks, {
  strict: checks,
});
