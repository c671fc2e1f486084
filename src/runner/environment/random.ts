/** Random numbers: seeded by the incarnation, so that an execution can be repeated. */
import { Buffer } from 'buffer';
import { unavailableMessage } from '../../simulation/unavailable';
import { codedError } from './coded-error';
import { createHash, createHmac } from './hash';
import { currentProgram } from './program-state';

/** 32 bits of the incarnation's own sequence (mulberry32). */
function next(): number {
  const state = currentProgram();
  state.incarnation.world.observes.chance = true;
  state.seed = (state.seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state.seed ^ (state.seed >>> 15), 1 | state.seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return (mixed ^ (mixed >>> 14)) >>> 0;
}

/** `Math` with the incarnation's own chance. */
export const SimMath: object = Object.create(Object.getPrototypeOf(Math) as object, {
  ...Object.getOwnPropertyDescriptors(Math),
  random: { value: (): number => next() / 2 ** 32, writable: true, enumerable: false, configurable: true },
});

function bytes(count: number): number[] {
  return Array.from({ length: count }, () => next() & 0xff);
}

function randomUUID(): string {
  const list = bytes(16);
  list[6] = (list[6]! & 0x0f) | 0x40;
  list[8] = (list[8]! & 0x3f) | 0x80;
  const hex = list.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function getRandomValues<T>(array: T): T {
  if (!ArrayBuffer.isView(array)) throw new TypeError('The "array" argument must be an integer typed array');
  const view = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  if (view.length > 65_536) throw new RangeError('getRandomValues fills at most 65536 bytes');
  for (let i = 0; i < view.length; i += 1) view[i] = next() & 0xff;
  return array;
}

/** Node's rule: `randomInt(max)` or `randomInt(min, max)`, `max` not included. */
function randomInt(first: number, second?: number): number {
  const [min, max] = second === undefined ? [0, first] : [first, second];
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || max <= min)
    throw new RangeError('randomInt needs min < max');
  return min + Math.floor((next() / 2 ** 32) * (max - min));
}

function randomBytes(size: number): Uint8Array {
  if (!(size >= 0 && size <= 65_536)) throw new RangeError('randomBytes gives at most 65536 bytes here');
  return Buffer.from(bytes(size));
}

function notHere(name: string): () => never {
  return () => {
    throw codedError(
      Error,
      'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
      unavailableMessage(`crypto.${name}`, 'build a key from what the record brings, or take crypto.randomUUID()'),
    );
  };
}

/** The global `crypto`. */
export const webCrypto = {
  randomUUID,
  getRandomValues,
  get subtle(): never {
    return notHere('subtle')();
  },
};

/** The module `node:crypto`, as far as it goes. */
export const cryptoModule = {
  randomUUID,
  getRandomValues,
  randomInt,
  randomBytes,
  webcrypto: webCrypto,
  createHash,
  createHmac,
};
