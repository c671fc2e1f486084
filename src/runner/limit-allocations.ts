/**
 * Limits what one call can allocate. Memory of typed arrays is outside the JavaScript heap, so no heap limit holds it;
 * the other calls here give gigabytes for a number. What grows step by step meets the heap limit of the host.
 */
import { turn } from '../simulation/turn';

/** Bytes of one typed array, and characters of one text. */
export const MAX_ALLOCATION = 16 * 1024 * 1024;

/** Bytes of all typed arrays that one incarnation makes. */
const MAX_PER_INCARNATION = 24 * 1024 * 1024;

/** The bundle keeps the language's names in variables of its own (see `engine-bundle.ts`); this sets one of them. */
declare const __eo_rebind: ((name: string, value: unknown) => void) | undefined;

type Members = Record<PropertyKey, unknown>;
type AnyFunction = (...args: unknown[]) => unknown;

let owner: object | null = null;
let allocated = 0;

function account(bytes: number): void {
  if (turn.owner !== owner) {
    owner = turn.owner;
    allocated = 0;
  }
  allocated += bytes;
  if (bytes > MAX_ALLOCATION || allocated > MAX_PER_INCARNATION) {
    throw new RangeError(`Array buffer allocation failed: out of memory, ${bytes} more bytes were asked for`);
  }
}

export function limitAllocations(globals: Members): void {
  const arrays = Object.getOwnPropertyNames(globals).filter((name) =>
    /^(?:Big)?(?:Ui|I)nt\d+(?:Clamped)?Array$|^Float\d+Array$/.test(name),
  );
  for (const name of arrays)
    limitConstructor(globals, name, (globals[name] as { BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT);
  limitConstructor(globals, 'ArrayBuffer', 1);
  limitCopies(Object.getPrototypeOf(Uint8Array.prototype) as Members, [
    'slice',
    'map',
    'filter',
    'toReversed',
    'toSorted',
    'with',
  ]);
  limitCopies(ArrayBuffer.prototype as unknown as Members, ['slice', 'transfer', 'transferToFixedLength']);
  // What it makes is as large as the text is long, and nothing tells how large that is.
  limitMethod(JSON as unknown as Members, 'parse', (_json, [text]) => {
    if (typeof text === 'string' && turn.owner !== null) turn.chargeText(text);
    return 0;
  });
  limitText('repeat', (text, [count]) => text.length * Number(count));
  limitText('padStart', (_text, [length]) => Number(length));
  limitText('padEnd', (_text, [length]) => Number(length));
  limitMethod(Array.prototype as unknown as Members, 'fill', (list) => (list as { length: number }).length);
  limitMethod(Array as unknown as Members, 'from', (_list, [source]) => {
    const length = typeof source === 'object' && source !== null ? (source as { length?: unknown }).length : 0;
    return typeof length === 'number' ? length : 0;
  });
}

function limitConstructor(globals: Members, name: string, bytesPerElement: number): void {
  const original = globals[name] as (new (...args: unknown[]) => object) & { prototype: object };
  const limited: typeof original = new Proxy(original, {
    construct(target, args: unknown[], newTarget): object {
      const [first, options, ...rest] = args;
      const isLength = name === 'ArrayBuffer' || typeof first !== 'object' || first === null;
      // Converted once: a second look at the program's object could give another number.
      const length = isLength ? toLength(first) : lengthOf(first);
      account(length * bytesPerElement);
      const passed = isLength && args.length > 0 ? [length, options, ...rest] : args;
      if (name === 'ArrayBuffer') passed[1] = growable(options);
      return Reflect.construct(target, passed, newTarget === limited ? target : newTarget) as object;
    },
  });
  Object.defineProperty(original.prototype, 'constructor', {
    value: limited,
    writable: true,
    enumerable: false,
    configurable: true,
  });
  globals[name] = limited;
  if (typeof __eo_rebind === 'function') __eo_rebind(name, limited);
}

/** `ToIndex` of the specification; what it refuses is refused here. */
function toLength(value: unknown): number {
  const number = Math.trunc(Number(value)) || 0;
  if (number < 0) throw new RangeError('Invalid array buffer length');
  return number;
}

/** A buffer that can grow is counted at its full size at once. */
function growable(options: unknown): unknown {
  const most = (options as { maxByteLength?: unknown } | null | undefined)?.maxByteLength;
  if (most === undefined) return undefined;
  const maxByteLength = toLength(most);
  account(maxByteLength);
  return { maxByteLength };
}

/** Methods that make a copy outside of the heap. */
function limitCopies(prototype: Members, keys: readonly string[]): void {
  for (const key of keys) {
    const original = prototype[key] as AnyFunction | undefined;
    if (original === undefined) continue;
    const limited = {
      [key](this: unknown, ...args: unknown[]): unknown {
        account(Number((this as { byteLength?: unknown } | null | undefined)?.byteLength) || 0);
        return Reflect.apply(original, this, args);
      },
    }[key];
    Object.defineProperty(prototype, key, { value: limited, writable: true, enumerable: false, configurable: true });
  }
}

/** Elements that a typed array made from `source` has of its own; a view of a buffer has none. */
function lengthOf(source: unknown): number {
  if (typeof source !== 'object' || source === null || source instanceof ArrayBuffer) return 0;
  const { length } = source as { length?: unknown };
  return typeof length === 'number' && length > 0 ? length : 0;
}

function limitText(key: 'repeat' | 'padStart' | 'padEnd', sizeOf: (text: string, args: unknown[]) => number): void {
  limitMethod(String.prototype as unknown as Members, key, (text, args) =>
    typeof text === 'string' ? sizeOf(text, args) : 0,
  );
}

function limitMethod(target: Members, key: string, sizeOf: (self: unknown, args: unknown[]) => number): void {
  const original = target[key] as AnyFunction;
  const limited = {
    [key](this: unknown, ...args: unknown[]): unknown {
      const size = sizeOf(this, args);
      if (size > MAX_ALLOCATION) throw new RangeError(`out of memory: ${key} was asked for ${size} at once`);
      return Reflect.apply(original, this, args);
    },
  }[key];
  Object.defineProperty(target, key, { value: limited, writable: true, enumerable: false, configurable: true });
}
