/** Transactions as a partition's log has them: markers, last stable offset, aborted ones (LOG-2, LOG-4, LOG-9 … LOG-11, FET). */
import { describe, expect, it } from 'vitest';
import { AbortedTransactions } from '../../../../src/kafka/broker/aborted-transactions';
import { Replica } from '../../../../src/kafka/broker/replica';
import { lastStableOffset } from '../../../../src/kafka/broker/watermarks';
import type { ControlType } from '../../../../src/kafka/broker/record-batch';
import { ERRORS } from '../../../../src/kafka/errors';
import { contents, record } from './broker-lab';

/** A copy whose high watermark the test moves. */
class Log {
  readonly replica = new Replica('orders', 0, 1e9);
  private readonly sequences = new Map<number, number>();

  write(producerId: number, ...ids: string[]): this {
    const baseSequence = this.sequences.get(producerId) ?? 0;
    this.sequences.set(producerId, baseSequence + ids.length);
    const isTransactional = producerId >= 0;
    const numbers = isTransactional ? { producerEpoch: 0, baseSequence } : { producerEpoch: -1, baseSequence: -1 };
    this.replica.appendData({ producerId, ...numbers, isTransactional, records: ids.map(record) }, 0);
    return this;
  }

  end(producerId: number, result: ControlType, producerEpoch = 0): this {
    this.replica.appendMarker({ producerId, producerEpoch, coordinatorEpoch: 0, result }, 0);
    return this;
  }

  replicate(to = this.replica.log.logEndOffset): this {
    this.replica.setHighWatermark(to, 0);
    return this;
  }

  get marks(): { logStart: number; stable: number; high: number; end: number } {
    const { log, highWatermark, lastStableOffset: stable } = this.replica;
    return { logStart: log.logStartOffset, stable, high: highWatermark, end: log.logEndOffset };
  }

  read(offset: number, isolation: 0 | 1): string[] {
    return contents(this.replica.read(offset, isolation).batches);
  }
}

describe('markers', () => {
  it('LOG-2: take one offset each', () => {
    const log = new Log().write(1, 'a', 'b').end(1, 'COMMIT').write(-1, 'c');
    expect(log.replica.log.batches.map(({ baseOffset, lastOffset }) => [baseOffset, lastOffset])).toEqual([
      [0, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  it('LOG-10: of a producer that wrote nothing: an offset, no index entry, no change of the last stable offset', () => {
    const log = new Log().write(1, 'a').end(2, 'ABORT').replicate();
    expect(log.marks).toEqual({ logStart: 0, stable: 0, high: 2, end: 2 });
    log.end(1, 'COMMIT').replicate();
    expect(log.replica.abortedTransactions(0)).toEqual([]);
  });

  it('TXN-12: an old producer epoch and an old coordinator epoch are refused', () => {
    const log = new Log().write(1, 'a');
    log.replica.appendMarker({ producerId: 1, producerEpoch: 3, coordinatorEpoch: 5, result: 'ABORT' }, 0);
    const check = (producerEpoch: number, coordinatorEpoch: number): number =>
      log.replica.producerStates.checkMarker({ producerId: 1, producerEpoch, coordinatorEpoch, result: 'COMMIT' });
    expect([check(2, 5), check(3, 4), check(3, 5), check(4, 6)]).toEqual([
      ERRORS.INVALID_PRODUCER_EPOCH,
      ERRORS.TRANSACTION_COORDINATOR_FENCED,
      ERRORS.NONE,
      ERRORS.NONE,
    ]);
  });

  it('PID-9: a marker of the same epoch keeps window and sequence, one of a later epoch clears them', () => {
    const same = new Log().write(1, 'a').end(1, 'COMMIT');
    expect(same.replica.producerStates.get(1, 0)).toMatchObject({ producerEpoch: 0, batches: [{ lastSequence: 0 }] });
    const bumped = new Log().write(1, 'a').end(1, 'ABORT', 1);
    expect(bumped.replica.producerStates.get(1, 0)).toMatchObject({ producerEpoch: 1, batches: [] });
  });
});

describe('the last stable offset', () => {
  it('LOG-4: is the first offset of the earliest unstable transaction, within log start and high watermark', () => {
    expect(lastStableOffset(0, 10, -1)).toBe(10);
    expect(lastStableOffset(0, 10, 4)).toBe(4);
    expect(lastStableOffset(0, 3, 4)).toBe(3);
    expect(lastStableOffset(6, 10, 4)).toBe(6);
  });

  it('LOG-3: log start ≤ last stable ≤ high watermark ≤ log end, at every step', () => {
    const log = new Log().write(-1, 'x').write(1, 'a').write(2, 'b').end(1, 'ABORT').write(-1, 'y').end(2, 'COMMIT');
    for (let offset = 0; offset <= log.replica.log.logEndOffset; offset += 1) {
      const { logStart, stable, high, end } = log.replicate(offset).marks;
      expect([logStart, stable, high, end]).toEqual([logStart, stable, high, end].sort((a, b) => a - b));
    }
  });

  it('LOG-4: an ended transaction is unstable until its marker is below the high watermark', () => {
    const log = new Log().write(1, 'a').end(1, 'COMMIT').replicate(1);
    expect(log.marks.stable).toBe(0);
    log.replicate(2);
    expect(log.marks.stable).toBe(2);
  });

  it('FET-5: one open transaction withholds everything behind it, committed or plain', () => {
    const log = new Log().write(1, 'open').write(2, 'committed').end(2, 'COMMIT').write(-1, 'plain').replicate();
    expect(log.read(0, 1)).toEqual([]);
    expect(log.read(0, 0)).toEqual(['open', 'committed', 'COMMIT', 'plain']);
    log.end(1, 'ABORT').replicate();
    expect(log.read(0, 1)).toEqual(['open', 'committed', 'COMMIT', 'plain', 'ABORT']);
  });

  it('FET-5: of several open transactions the one that began first is the bound', () => {
    const log = new Log().write(-1, 'plain').write(1, 'first').write(2, 'second').write(3, 'third').replicate();
    expect(log.read(0, 1)).toEqual(['plain']);
    log.end(2, 'COMMIT').replicate();
    expect(log.read(0, 1)).toEqual(['plain']);
    log.end(1, 'COMMIT').replicate();
    expect(log.read(0, 1)).toEqual(['plain', 'first', 'second']);
  });

  it('LOG-11: the log start may pass the beginning of an open transaction, which stays open', () => {
    const log = new Log().write(1, 'a').write(1, 'b').write(-1, 'c').replicate();
    log.replica.log.advanceLogStart(1);
    expect(log.marks).toEqual({ logStart: 1, stable: 1, high: 3, end: 3 });
    log.end(1, 'COMMIT').replicate();
    expect(log.marks.stable).toBe(4);
  });
});

describe('aborted transactions', () => {
  it('LOG-9, FET-4: are told in the order of their markers, with the first offset of each', () => {
    const log = new Log().write(1, 'a').write(2, 'b').end(2, 'ABORT').write(3, 'c').end(3, 'COMMIT').end(1, 'ABORT');
    log.replicate();
    expect(log.replica.abortedTransactions(0)).toEqual([
      { producerId: 2, firstOffset: 1 },
      { producerId: 1, firstOffset: 0 },
    ]);
  });

  it('FET-4: only those that overlap what is read', () => {
    const index = new AbortedTransactions();
    index.add({ producerId: 1, firstOffset: 0, lastOffset: 3 }, 4);
    index.add({ producerId: 2, firstOffset: 5, lastOffset: 8 }, 9);
    expect(index.collect(0, 4)).toEqual([{ producerId: 1, firstOffset: 0 }]);
    expect(index.collect(4, 9)).toEqual([{ producerId: 2, firstOffset: 5 }]);
    expect(index.collect(3, 6)).toHaveLength(2);
    index.truncateTo(5);
    expect(index.collect(0, 9)).toEqual([{ producerId: 1, firstOffset: 0 }]);
  });

  it('LOG-9, EPO-2: index and states are built anew from what a truncation leaves', () => {
    const log = new Log().write(1, 'a').end(1, 'ABORT').write(1, 'b').end(1, 'ABORT').replicate();
    log.replica.truncateTo(3, 0);
    expect(log.replica.abortedTransactions(0)).toEqual([{ producerId: 1, firstOffset: 0 }]);
    expect(log.replica.producerStates.hasOngoingTransaction(1, 0)).toBe(true);
    expect(log.marks.stable).toBe(2);
  });
});
