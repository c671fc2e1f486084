import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ControlType, RecordBatch } from '../../../../src/kafka/broker/record-batch';
import { nextFetchOffset, readCommitted, readUncommitted } from '../../../../src/kafka/client/read-committed';
import type { AbortedTransaction } from '../../../../src/kafka/protocol/messages';

/** A log in short: `a1` is a transactional record of producer 1, `b` a plain one, `+1` and `-1` its markers. */
function log(...entries: readonly string[]): RecordBatch[] {
  return entries.map((entry, offset) => {
    const marker: ControlType | null = entry.startsWith('+') ? 'COMMIT' : entry.startsWith('-') ? 'ABORT' : null;
    const producerId = entry.length > 1 ? Number(entry.slice(1)) : -1;
    const record = { key: null, value: entry[0]!, headers: {}, timestamp: 0, offset };
    return {
      baseOffset: offset,
      lastOffset: offset,
      leaderEpoch: 0,
      producerId,
      producerEpoch: producerId < 0 ? -1 : 0,
      baseSequence: -1,
      isTransactional: producerId >= 0,
      control: marker,
      coordinatorEpoch: marker === null ? -1 : 0,
      records: marker === null ? [record] : [],
      state: null,
    };
  });
}

/** The list the broker sends: aborted transactions that reach into what is fetched, in the order of their markers (FET-4). */
function abortedOf(batches: readonly RecordBatch[], from = 0): AbortedTransaction[] {
  const first = new Map<number, number>();
  const aborted: AbortedTransaction[] = [];
  for (const { control, producerId, baseOffset, isTransactional } of batches) {
    if (control === null) {
      if (isTransactional && !first.has(producerId)) first.set(producerId, baseOffset);
      continue;
    }
    const firstOffset = first.get(producerId);
    first.delete(producerId);
    if (control === 'ABORT' && firstOffset !== undefined && baseOffset >= from)
      aborted.push({ producerId, firstOffset });
  }
  return aborted;
}

const values = (batches: readonly RecordBatch[], from = 0): string =>
  readCommitted(batches, abortedOf(batches, from), from)
    .map(({ value }) => value)
    .join('');

describe('read_committed', () => {
  it('FET-4: drops the records of an aborted transaction, keeps the next one of the same producer (DIF-08)', () => {
    expect(values(log('a1', '-1', 'b1', '+1', 'c1', '-1'))).toBe('b');
  });

  it('FET-4: of two interleaved transactions the inner one aborts first: neither is delivered (CLI-30)', () => {
    expect(values(log('a1', 'b2', '-2', 'c1', 'd', '-1'))).toBe('d');
  });

  it('FET-4: sorts the list, which comes in marker order', () => {
    const batches = log('a1', 'b2', '-2', '-1', 'c2', '+2');
    expect(abortedOf(batches).map(({ firstOffset }) => firstOffset)).toEqual([1, 0]);
    expect(values(batches)).toBe('c');
  });

  it('FET-4: a fetch that begins inside two aborted transactions drops the rest of both', () => {
    const batches = log('a1', 'b2', 'c1', 'd2', '-2', '-1', 'e');
    const rest = batches.slice(2);
    expect(readCommitted(rest, abortedOf(batches, 2), 2).map(({ value }) => value)).toEqual(['e']);
  });

  it('FET-4: plain records of a producer whose transaction aborts are kept', () => {
    const batches = log('a1', 'b1', '-1').map((batch) =>
      batch.baseOffset === 1 ? { ...batch, isTransactional: false } : batch,
    );
    expect(readCommitted(batches, [{ producerId: 1, firstOffset: 0 }], 0).map(({ value }) => value)).toEqual(['b']);
  });

  it('FET-3: read_uncommitted keeps all records and no marker', () => {
    expect(readUncommitted(log('a1', '-1', 'b1', '+1', 'c'), 0).map(({ value }) => value)).toEqual(['a', 'b', 'c']);
  });

  it('FET-9: the next fetch begins behind the last batch, marker or not', () => {
    expect(nextFetchOffset(log('a1', '-1'), 0)).toBe(2);
    expect(nextFetchOffset([], 5)).toBe(5);
  });

  it('INV-1: shows exactly plain records and those of committed transactions, wherever it begins', () => {
    const step = fc.record({
      producer: fc.integer({ min: 0, max: 3 }),
      what: fc.constantFrom('send', 'send', '+', '-'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(45), (steps, from) => {
        const open = new Map<number, number[]>();
        const committed = new Set<number>();
        const entries: string[] = [];
        for (const { producer, what } of steps) {
          if (what === 'send') {
            if (producer === 0) committed.add(entries.length);
            else open.set(producer, [...(open.get(producer) ?? []), entries.length]);
            entries.push(producer === 0 ? 'x' : `x${producer}`);
          } else if (open.has(producer)) {
            if (what === '+') for (const offset of open.get(producer)!) committed.add(offset);
            open.delete(producer);
            entries.push(`${what}${producer}`);
          }
        }
        // Below the last stable offset no transaction is open.
        for (const producer of open.keys()) entries.push(`-${producer}`);
        const all = log(...entries);
        const rest = all.slice(from);
        const seen = readCommitted(rest, abortedOf(all, from), from).map(({ offset }) => offset);
        expect(seen).toEqual([...committed].filter((offset) => offset >= from).sort((a, b) => a - b));
      }),
      { numRuns: 1000 },
    );
  });
});
