/** Record batches of format 2: written for requests by hand, read as the oracle of what a log holds. */
import { Reader, Writer } from './codec';

const TRANSACTIONAL = 1 << 4;
const CONTROL = 1 << 5;
/** From the leader epoch's end: magic and checksum precede what the checksum covers. */
const MAGIC = 2;

export interface BatchSpec {
  readonly values: readonly string[];
  readonly keys?: readonly (string | null)[];
  /** -1 (the default) with epoch -1 and sequence -1: no idempotence. */
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
  readonly isTransactional?: boolean;
}

export function writeBatch(spec: BatchSpec): Buffer {
  const { values, keys = [], producerId = -1, producerEpoch = -1, baseSequence = -1 } = spec;
  const now = Date.now();
  const body = new Writer();
  body.int(2, spec.isTransactional === true ? TRANSACTIONAL : 0);
  body.int(4, values.length - 1);
  body.long(now);
  body.long(now);
  body.long(producerId);
  body.int(2, producerEpoch);
  body.int(4, baseSequence);
  body.int(4, values.length);
  values.forEach((value, index) => writeRecord(body, index, keys[index] ?? null, value));
  const covered = body.bytes();
  const batch = new Writer();
  batch.long(0);
  batch.int(4, 4 + 1 + 4 + covered.length);
  batch.int(4, -1);
  batch.int(1, MAGIC);
  batch.int(4, crc32c(covered) | 0);
  batch.raw(covered);
  return batch.bytes();
}

function writeRecord(to: Writer, offsetDelta: number, key: string | null, value: string): void {
  const record = new Writer();
  record.int(1, 0);
  record.varint(0);
  record.varint(offsetDelta);
  const keyBytes = key === null ? null : Buffer.from(key);
  record.varint(keyBytes?.length ?? -1);
  if (keyBytes !== null) record.raw(keyBytes);
  const valueBytes = Buffer.from(value);
  record.varint(valueBytes.length);
  record.raw(valueBytes);
  record.varint(0);
  const bytes = record.bytes();
  to.varint(bytes.length);
  to.raw(bytes);
}

export interface LogRecord {
  readonly offset: number;
  readonly key: string | null;
  readonly value: string | null;
  readonly producerId: number;
  readonly isTransactional: boolean;
  /** What a control record says; null for data. */
  readonly marker: 'abort' | 'commit' | null;
}

/**
 * All records in bytes of a Fetch answer or of a segment file; a batch that is cut off at the end is left out.
 * @param encoding of keys and values; `latin1` keeps the bytes of those that are no text
 */
export function readBatches(bytes: Buffer, encoding: BufferEncoding = 'utf8'): LogRecord[] {
  const records: LogRecord[] = [];
  for (let start = 0; start + 12 <= bytes.length;) {
    const end = start + 12 + bytes.readInt32BE(start + 8);
    if (end > bytes.length) break;
    records.push(...readBatch(bytes.subarray(start, end), encoding));
    start = end;
  }
  return records;
}

function readBatch(batch: Buffer, encoding: BufferEncoding): LogRecord[] {
  const reader = new Reader(batch);
  const baseOffset = reader.long();
  reader.raw(4 + 4 + 1 + 4);
  const attributes = reader.int(2);
  if ((attributes & 7) !== 0) throw new Error('Compressed batches are not read: no test writes any.');
  reader.raw(4 + 8 + 8);
  const producerId = reader.long();
  reader.raw(2 + 4);
  const isControl = (attributes & CONTROL) !== 0;
  const isTransactional = (attributes & TRANSACTIONAL) !== 0;
  return Array.from({ length: reader.int(4) }, () => {
    reader.varint();
    reader.raw(1);
    reader.varint();
    const offset = baseOffset + reader.varint();
    const key = readBytes(reader);
    const value = readBytes(reader);
    for (let left = reader.varint(); left > 0; left -= 1) {
      readBytes(reader);
      readBytes(reader);
    }
    const type = isControl ? key?.readInt16BE(2) : undefined;
    return {
      offset,
      key: isControl ? null : (key?.toString(encoding) ?? null),
      value: isControl ? null : (value?.toString(encoding) ?? null),
      producerId,
      isTransactional,
      marker: type === undefined ? null : type === 0 ? 'abort' : 'commit',
    };
  });
}

function readBytes(reader: Reader): Buffer | null {
  const length = reader.varint();
  return length < 0 ? null : reader.raw(length);
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value >>> 0;
});

/** The checksum of Castagnoli, which Kafka uses since format 2. */
function crc32c(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
