/**
 * Takes SQLite in, in the engine's realm: decodes and compiles it, and gives its loader surroundings in which time stands
 * still, nothing is random, and no host can be found.
 *
 * What it needs of the language is kept from before the lockdown, which limits what programs allocate. SQLite's own memory
 * has its own limit here.
 */
import { provideSqlite } from '../database/sqlite';
import type { Sqlite } from '../database/sqlite';
import { TextDecoder } from './environment/text-coding';

/** Objects of the language that the loader uses: as parameters, because global names are slow in Node's contexts. */
export const INTRINSICS = [
  'Array',
  'ArrayBuffer',
  'BigInt',
  'BigInt64Array',
  'BigUint64Array',
  'DataView',
  'Error',
  'Float32Array',
  'Float64Array',
  'Int16Array',
  'Int32Array',
  'Int8Array',
  'JSON',
  'Map',
  'Math',
  'Number',
  'Object',
  'Promise',
  'RangeError',
  'Set',
  'String',
  'Symbol',
  'TypeError',
  'Uint16Array',
  'Uint32Array',
  'Uint8Array',
] as const;

/** SQLite begins with a quarter of this. A statement that asks for more fails with an error. */
const MAX_MEMORY = 64 * 1024 * 1024;

const PAGE = 65_536;

type Loader = (...surroundings: unknown[]) => (module: object) => unknown;

interface WasmModule {
  instantiateWasm(imports: object, receive: (instance: object, module: object) => void): object;
  Database?: Sqlite['Database'];
}

/** As far as it is used here; the DOM's types are not this ring's. */
interface WebAssemblyNames {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
  readonly Memory: new (...args: never[]) => WasmMemory;
}

interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const realm = globalThis as unknown as Record<string, unknown>;
const webAssembly = realm['WebAssembly'] as WebAssemblyNames;
const sliceOf = Int8Array.prototype.slice;

/**
 * SQLite's memory as its loader sees it. For programs a slice counts as much as the whole array (`limit-allocations.ts`),
 * and this array is the whole memory.
 */
class Memory extends Int8Array {
  override slice(start?: number, end?: number): Int8Array<ArrayBuffer> {
    return sliceOf.call(this, start, end);
  }
}

const intrinsics = INTRINSICS.map((name) => (name === 'Int8Array' ? Memory : realm[name]));
const Bytes = Uint8Array;
const NativeDate = Date;

/** Files of SQLite's, which live in memory, have dates; they are all the same. */
class FixedDate extends NativeDate {
  constructor(value: number | string = 0) {
    super(value);
  }

  static override now(): number {
    return 0;
  }
}

/** Called by the database script when the host evaluates it. */
export function acceptSqlite(base64: string, loader: Loader): void {
  provideSqlite(() => instantiateSqlite(base64, loader));
}

export function instantiateSqlite(base64: string, loader: Loader): Sqlite {
  const quiet = (): void => undefined;
  const initialize = loader(
    { WebAssembly: webAssembly },
    webAssembly,
    { getRandomValues: (bytes: Uint8Array) => bytes.fill(7) },
    { now: () => 0 },
    { log: quiet, warn: quiet, error: quiet },
    TextDecoder,
    FixedDate,
    ...intrinsics,
  );
  const module: WasmModule = {
    instantiateWasm(imports, receive) {
      const compiled = new webAssembly.Module(decode(base64));
      const instance = new webAssembly.Instance(compiled, imports);
      limitMemory(instance.exports);
      receive(instance, compiled);
      return instance.exports;
    },
  };
  initialize(module);
  const { Database } = module;
  if (Database === undefined) throw new Error('SQLite could not be started here');
  return { Database };
}

function limitMemory(exports: Record<string, unknown>): void {
  const memory = Object.values(exports).find((value): value is WasmMemory => value instanceof webAssembly.Memory);
  if (memory === undefined) throw new Error('SQLite has no memory of its own');
  const grow = memory.grow.bind(memory);
  Object.defineProperty(memory, 'grow', {
    value: (pages: number): number => {
      if (memory.buffer.byteLength + pages * PAGE > MAX_MEMORY) throw new RangeError('out of memory');
      return grow(pages);
    },
  });
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function decode(base64: string): Uint8Array {
  const values = new Bytes(128);
  for (let i = 0; i < DIGITS.length; i += 1) values[DIGITS.charCodeAt(i)] = i;
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  const length = (base64.length / 4) * 3 - padding;
  const bytes = new Bytes(length);
  const digit = (index: number): number => values[base64.charCodeAt(index)]!;
  for (let from = 0, to = 0; to < length; from += 4, to += 3) {
    const group = (digit(from) << 18) | (digit(from + 1) << 12) | (digit(from + 2) << 6) | digit(from + 3);
    bytes[to] = group >> 16;
    bytes[to + 1] = group >> 8;
    bytes[to + 2] = group;
  }
  return bytes;
}
