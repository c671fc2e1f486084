/**
 * Kafka's wire types. A message is described once, by the codecs of its fields, and its TypeScript type follows from
 * the description. Numbers of 64 bits are given as JavaScript numbers: offsets of tests are small.
 */

export class Writer {
  private parts: Buffer[] = [];

  raw(bytes: Buffer): void {
    this.parts.push(bytes);
  }

  int(bytes: 1 | 2 | 4, value: number): void {
    const buffer = Buffer.alloc(bytes);
    buffer.writeIntBE(value, 0, bytes);
    this.parts.push(buffer);
  }

  long(value: number): void {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64BE(BigInt(value));
    this.parts.push(buffer);
  }

  /** Unsigned, seven bits a byte, low ones first. */
  uvarint(value: number): void {
    const bytes: number[] = [];
    let rest = value;
    while (rest > 127) {
      bytes.push((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    bytes.push(rest);
    this.parts.push(Buffer.from(bytes));
  }

  /** Signed: 0, -1, 1, -2 … become 0, 1, 2, 3 … */
  varint(value: number): void {
    this.uvarint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts);
  }
}

export class Reader {
  offset = 0;

  constructor(private readonly buffer: Buffer) {}

  get isAtEnd(): boolean {
    return this.offset >= this.buffer.length;
  }

  raw(length: number): Buffer {
    if (this.offset + length > this.buffer.length) {
      throw new RangeError(
        `The answer ends after ${this.buffer.length} bytes, ${this.offset + length} are asked for: wrong version of the message?`,
      );
    }
    const bytes = this.buffer.subarray(this.offset, this.offset + length);
    this.offset += length;
    return bytes;
  }

  int(bytes: 1 | 2 | 4): number {
    return this.raw(bytes).readIntBE(0, bytes);
  }

  long(): number {
    return Number(this.raw(8).readBigInt64BE());
  }

  uvarint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.raw(1)[0]!;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
  }

  varint(): number {
    const value = this.uvarint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

export interface Codec<T> {
  write(to: Writer, value: T): void;
  read(from: Reader): T;
}

/** A codec of whatever type. */
interface SomeCodec {
  write(to: Writer, value: never): void;
  read(from: Reader): unknown;
}

export type Value<C> = C extends Codec<infer T> ? T : never;
export type Fields = Readonly<Record<string, SomeCodec>>;
export type FieldValues<F> = { readonly [K in keyof F]: Value<F[K]> };

function integer(bytes: 1 | 2 | 4): Codec<number> {
  return { write: (to, value) => to.int(bytes, value), read: (from) => from.int(bytes) };
}

export const int8 = integer(1);
export const int16 = integer(2);
export const int32 = integer(4);
export const int64: Codec<number> = { write: (to, value) => to.long(value), read: (from) => from.long() };
export const boolean: Codec<boolean> = {
  write: (to, value) => to.int(1, value ? 1 : 0),
  read: (from) => from.int(1) !== 0,
};

/** Bytes after their length; -1 is null. */
function prefixed(lengthBytes: 2 | 4): Codec<Buffer | null> {
  return {
    write: (to, value) => {
      to.int(lengthBytes, value === null ? -1 : value.length);
      if (value !== null) to.raw(value);
    },
    read: (from) => {
      const length = from.int(lengthBytes);
      return length < 0 ? null : from.raw(length);
    },
  };
}

/** The same in flexible versions: an unsigned varint of the length plus one; 0 is null. */
const compactPrefixed: Codec<Buffer | null> = {
  write: (to, value) => {
    to.uvarint(value === null ? 0 : value.length + 1);
    if (value !== null) to.raw(value);
  },
  read: (from) => {
    const length = from.uvarint();
    return length === 0 ? null : from.raw(length - 1);
  },
};

function nullableText(bytes: Codec<Buffer | null>): Codec<string | null> {
  return {
    write: (to, value) => bytes.write(to, value === null ? null : Buffer.from(value)),
    read: (from) => bytes.read(from)?.toString() ?? null,
  };
}

function present<T>(codec: Codec<T | null>): Codec<T> {
  return {
    write: (to, value) => codec.write(to, value),
    read: (from) => {
      const value = codec.read(from);
      if (value === null) throw new TypeError('The answer holds null where a value has to be.');
      return value;
    },
  };
}

export const nullableString = nullableText(prefixed(2));
export const string = present(nullableString);
export const nullableBytes = prefixed(4);
export const bytes = present(nullableBytes);
export const compactNullableString = nullableText(compactPrefixed);
export const compactString = present(compactNullableString);

/** One after the other, in the order of the object's keys. */
export function struct<F extends Fields>(fields: F): Codec<FieldValues<F>> {
  const entries = Object.entries(fields) as unknown as [string, Codec<unknown>][];
  return {
    write: (to, value) => {
      for (const [name, codec] of entries) codec.write(to, (value as Record<string, unknown>)[name]);
    },
    read: (from) =>
      Object.fromEntries(entries.map(([name, codec]) => [name, codec.read(from)])) as unknown as FieldValues<F>,
  };
}

/** A struct of a flexible version: a number of tagged fields follows, which are written as none and skipped. */
export function flexible<F extends Fields>(fields: F): Codec<FieldValues<F>> {
  const body = struct(fields);
  return {
    write: (to, value) => {
      body.write(to, value);
      to.uvarint(0);
    },
    read: (from) => {
      const value = body.read(from);
      skipTags(from);
      return value;
    },
  };
}

export function skipTags(from: Reader): void {
  for (let left = from.uvarint(); left > 0; left -= 1) {
    from.uvarint();
    from.raw(from.uvarint());
  }
}

/** A list after its length. A null list is read as an empty one; nothing here tells the two apart. */
export function array<T>(item: Codec<T>): Codec<readonly T[]> {
  return {
    write: (to, values) => {
      to.int(4, values.length);
      for (const value of values) item.write(to, value);
    },
    read: (from) => repeat(from.int(4), () => item.read(from)),
  };
}

export function compactArray<T>(item: Codec<T>): Codec<readonly T[]> {
  return {
    write: (to, values) => {
      to.uvarint(values.length + 1);
      for (const value of values) item.write(to, value);
    },
    read: (from) => repeat(from.uvarint() - 1, () => item.read(from)),
  };
}

/** -1 as its length: "all" in some requests. */
export function nullableArray<T>(item: Codec<T>): Codec<readonly T[] | null> {
  const list = array(item);
  return {
    write: (to, values) => {
      if (values === null) to.int(4, -1);
      else list.write(to, values);
    },
    read: list.read,
  };
}

function repeat<T>(times: number, read: () => T): T[] {
  return Array.from({ length: Math.max(times, 0) }, read);
}
