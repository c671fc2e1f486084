/** `structuredClone` for the values that programs copy. */
import { turn } from '../../simulation/turn';
import { DOMException } from './abort';

export function structuredClone(value: unknown): unknown {
  return clone(value, new Map());
}

function clone(value: unknown, known: Map<object, unknown>): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw new DOMException(`${String(value)} could not be cloned.`, 'DataCloneError');
  }
  if (typeof value !== 'object' || value === null) return value;
  if (known.has(value)) return known.get(value);
  turn.tick(turn.line);
  const copy = emptyCopy(value);
  known.set(value, copy);
  fill(value, copy, known);
  return copy;
}

function emptyCopy(value: object): object {
  if (Array.isArray(value)) return new Array<unknown>(value.length);
  if (value instanceof Map) return new Map();
  if (value instanceof Set) return new Set();
  if (value instanceof Date) return new Date(value.getTime());
  if (value instanceof RegExp) return new RegExp(value.source, value.flags);
  if (value instanceof ArrayBuffer) return value.slice(0);
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(
      value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength) as ArrayBuffer,
    );
    if (value instanceof Uint8Array) return bytes;
    const type = value.constructor as new (buffer: ArrayBuffer) => object;
    return new type(bytes.buffer);
  }
  if (value instanceof Error) return new Error(value.message);
  if (value instanceof WeakMap || value instanceof WeakSet)
    throw new DOMException(`${String(value)} could not be cloned.`, 'DataCloneError');
  return {};
}

function fill(value: object, copy: object, known: Map<object, unknown>): void {
  if (value instanceof Map) {
    for (const [key, item] of value) (copy as Map<unknown, unknown>).set(clone(key, known), clone(item, known));
  } else if (value instanceof Set) {
    for (const item of value) (copy as Set<unknown>).add(clone(item, known));
  } else if (value instanceof Error) {
    Object.defineProperty(copy, 'name', {
      value: String(value.name),
      writable: true,
      configurable: true,
      enumerable: false,
    });
  } else if (!(
    value instanceof Date ||
    value instanceof RegExp ||
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value)
  )) {
    for (const key of Object.keys(value)) {
      const item = clone((value as Record<string, unknown>)[key], known);
      Object.defineProperty(copy, key, { value: item, writable: true, configurable: true, enumerable: true });
    }
  }
}
