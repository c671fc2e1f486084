/** The pure rules and tables of the transaction coordinator. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initProducerIdTransition } from '../../../../src/kafka/coordinator/transaction/init-producer-id';
import { markerOutcome } from '../../../../src/kafka/coordinator/transaction/marker-retries';
import { errorForVersion } from '../../../../src/kafka/coordinator/transaction/old-versions';
import {
  areAdded,
  produceVerificationError,
  produceVerificationMode,
  validateAddPartitions,
  verifyPartitionInTxn,
} from '../../../../src/kafka/coordinator/transaction/partitions-in-txn';
import {
  isExpired,
  isTimedOut,
  timeoutScanAt,
} from '../../../../src/kafka/coordinator/transaction/timed-out-transactions';
import {
  completed,
  endTxnGeneration,
  prepared,
  unknownTransactionalId,
  withPartitions,
  type TransactionMetadata,
} from '../../../../src/kafka/coordinator/transaction/transaction-metadata';
import {
  assertTransition,
  VALID_PREVIOUS_STATES,
  type TransactionState,
} from '../../../../src/kafka/coordinator/transaction/transaction-states';
import { ERRORS, errorName, type ErrorName } from '../../../../src/kafka/errors';

const STATES = Object.keys(VALID_PREVIOUS_STATES) as TransactionState[];
const p0 = { topic: 'orders', partition: 0 };
const p1 = { topic: 'orders', partition: 1 };

function metadata(change: Partial<TransactionMetadata> = {}): TransactionMetadata {
  return { ...unknownTransactionalId('t', 7, 60_000, 0), producerEpoch: 5, lastProducerEpoch: 4, ...change };
}

describe('TXN-3: states', () => {
  it.each([
    ['empty', ['empty', 'complete-commit', 'complete-abort']],
    ['ongoing', ['empty', 'ongoing', 'complete-commit', 'complete-abort']],
    ['prepare-commit', ['ongoing']],
    ['prepare-abort', ['ongoing', 'prepare-epoch-fence', 'empty', 'complete-commit', 'complete-abort']],
    ['complete-commit', ['prepare-commit']],
    ['complete-abort', ['prepare-abort']],
    ['prepare-epoch-fence', ['ongoing']],
    ['dead', ['empty', 'complete-commit', 'complete-abort']],
  ] as const)('TXN-3: %s is entered from %j and from nowhere else', (to, from) => {
    for (const state of STATES) {
      const move = (): void => assertTransition('t', state, to);
      if ((from as readonly string[]).includes(state)) expect(move).not.toThrow();
      else expect(move).toThrow(`no move from ${state} to ${to}`);
    }
  });
});

describe('TXN-2: protocol generations', () => {
  it('TXN-2: EndTxn from version 5 on is protocol 2', () => {
    expect([1, 4, 5, 6].map(endTxnGeneration)).toEqual([1, 1, 2, 2]);
  });

  it('TXN-2: the epoch of the markers: protocol 1 keeps it, protocol 2 raises it', () => {
    const open = metadata({ state: 'ongoing', partitions: [p0], startedAt: 3 });
    expect(prepared(open, 'COMMIT', 1, -1, 9)).toMatchObject({
      state: 'prepare-commit',
      producerEpoch: 5,
      lastProducerEpoch: 4,
    });
    expect(prepared(open, 'ABORT', 2, -1, 9)).toMatchObject({
      state: 'prepare-abort',
      producerEpoch: 6,
      lastProducerEpoch: 5,
    });
  });

  it('TXN-4: at the end of the epochs the next producer id takes over when the markers are written', () => {
    const open = metadata({ state: 'ongoing', partitions: [p0], startedAt: 3, producerEpoch: 32_766 });
    const decided = prepared(open, 'COMMIT', 2, 8, 9);
    expect(decided).toMatchObject({ producerId: 7, producerEpoch: 32_767 });
    expect(completed(decided, 10)).toMatchObject({
      state: 'complete-commit',
      producerId: 8,
      previousProducerId: 7,
      producerEpoch: 0,
      nextProducerId: -1,
      partitions: [],
    });
  });
});

describe('TXN-4: InitProducerId', () => {
  const init = (
    current: TransactionMetadata,
    expected: { producerId: number; producerEpoch: number } | null = null,
    pending: TransactionState | null = null,
  ): unknown => initProducerIdTransition(current, pending, { timeoutMs: 1000, expected }, 50, () => 900);
  const refused = (name: ErrorName): object => ({ kind: 'refuse', errorCode: ERRORS[name] });

  it('TXN-4: an id that is new gets epoch 0', () => {
    expect(init(unknownTransactionalId('t', 7, 1000, 50))).toMatchObject({
      kind: 'grant',
      next: { state: 'empty', producerId: 7, producerEpoch: 0 },
    });
  });

  it.each(['empty', 'complete-commit', 'complete-abort'] as const)(
    'TXN-4: %s: epoch + 1, the last epoch is forgotten',
    (state) => {
      expect(init(metadata({ state }))).toMatchObject({
        kind: 'grant',
        next: {
          state: 'empty',
          producerId: 7,
          producerEpoch: 6,
          lastProducerEpoch: -1,
          timeoutMs: 1000,
          updatedAt: 50,
        },
      });
    },
  );

  it('TXN-4: the expected epoch is the current one: bump, and the caller may ask again', () => {
    const granted = init(metadata(), { producerId: 7, producerEpoch: 5 });
    expect(granted).toMatchObject({ kind: 'grant', next: { producerEpoch: 6, lastProducerEpoch: 5 } });
  });

  it('TXN-4: the expected epoch is the last one: the current epoch once more, no bump', () => {
    expect(init(metadata(), { producerId: 7, producerEpoch: 4 })).toMatchObject({
      kind: 'grant',
      next: { producerEpoch: 5, lastProducerEpoch: 4 },
    });
  });

  it('TXN-4: any other expected epoch or producer id is PRODUCER_FENCED', () => {
    expect(init(metadata(), { producerId: 7, producerEpoch: 3 })).toEqual(refused('PRODUCER_FENCED'));
    expect(init(metadata(), { producerId: 6, producerEpoch: 5 })).toEqual(refused('PRODUCER_FENCED'));
    expect(init(metadata({ lastProducerEpoch: -1 }), { producerId: 7, producerEpoch: 4 })).toEqual(
      refused('PRODUCER_FENCED'),
    );
  });

  it('TXN-4: ONGOING is fenced; PREPARE_* and a transition under way are CONCURRENT_TRANSACTIONS', () => {
    expect(init(metadata({ state: 'ongoing' }))).toEqual({ kind: 'fence' });
    expect(init(metadata({ state: 'prepare-commit' }))).toEqual(refused('CONCURRENT_TRANSACTIONS'));
    expect(init(metadata({ state: 'prepare-abort' }))).toEqual(refused('CONCURRENT_TRANSACTIONS'));
    expect(init(metadata(), null, 'ongoing')).toEqual(refused('CONCURRENT_TRANSACTIONS'));
  });

  it('TXN-4: epochs used up: a new producer id with epoch 0, also for the retry of that request', () => {
    const worn = metadata({ producerEpoch: 32_766 });
    expect(init(worn)).toMatchObject({
      kind: 'grant',
      next: { producerId: 900, producerEpoch: 0, lastProducerEpoch: -1 },
    });
    expect(init(worn, { producerId: 7, producerEpoch: 32_766 })).toMatchObject({
      kind: 'grant',
      next: { producerId: 900, previousProducerId: 7, producerEpoch: 0, lastProducerEpoch: 32_766 },
    });
    const rotated = metadata({ producerId: 900, previousProducerId: 7, producerEpoch: 0, lastProducerEpoch: 32_766 });
    expect(init(rotated, { producerId: 7, producerEpoch: 32_766 })).toMatchObject({
      kind: 'grant',
      next: { producerId: 900, producerEpoch: 0 },
    });
    expect(init(metadata({ producerEpoch: 32_765 }))).toMatchObject({ next: { producerId: 7, producerEpoch: 32_766 } });
  });
});

describe('TXN-7: adding partitions', () => {
  const by = { producerId: 7, producerEpoch: 5 };

  it.each([
    ['a transition under way', metadata(), 'ongoing', by, 'CONCURRENT_TRANSACTIONS'],
    ['PREPARE_COMMIT', metadata({ state: 'prepare-commit' }), null, by, 'CONCURRENT_TRANSACTIONS'],
    ['PREPARE_ABORT', metadata({ state: 'prepare-abort' }), null, by, 'CONCURRENT_TRANSACTIONS'],
    ['an unknown id', undefined, null, by, 'INVALID_PRODUCER_ID_MAPPING'],
    ['another producer id', metadata(), null, { ...by, producerId: 8 }, 'INVALID_PRODUCER_ID_MAPPING'],
    ['an older epoch', metadata(), null, { ...by, producerEpoch: 4 }, 'PRODUCER_FENCED'],
    ['a newer epoch', metadata(), null, { ...by, producerEpoch: 6 }, 'PRODUCER_FENCED'],
    ['EMPTY', metadata(), null, by, 'NONE'],
    ['ONGOING', metadata({ state: 'ongoing' }), null, by, 'NONE'],
    ['COMPLETE_COMMIT', metadata({ state: 'complete-commit' }), null, by, 'NONE'],
  ] as const)('TXN-7: %s', (_what, current, pending, caller, expected) => {
    expect(errorName(validateAddPartitions(current, pending, caller))).toBe(expected);
  });

  it('TXN-7, TXN-14: the clock starts with the first partition of a transaction', () => {
    const open = withPartitions(metadata({ state: 'complete-commit', partitions: [] }), [p0], 40);
    expect(open).toMatchObject({ state: 'ongoing', partitions: [p0], startedAt: 40 });
    expect(withPartitions(open, [p0, p1], 90)).toMatchObject({ partitions: [p0, p1], startedAt: 40, updatedAt: 90 });
  });

  it('TXN-7: a partition that is in the transaction is not written again', () => {
    const open = metadata({ state: 'ongoing', partitions: [p0] });
    expect(areAdded(open, [p0])).toBe(true);
    expect(areAdded(open, [p0, p1])).toBe(false);
    expect(areAdded(metadata({ partitions: [] }), [])).toBe(false);
  });
});

describe('TXN-6: verification', () => {
  const by = { producerId: 7, producerEpoch: 5 };
  it.each([
    ['in the transaction', metadata({ state: 'ongoing', partitions: [p0] }), by, 'NONE'],
    ['not in the transaction', metadata({ state: 'ongoing', partitions: [p1] }), by, 'TRANSACTION_ABORTABLE'],
    ['no transaction open', metadata({ state: 'complete-commit' }), by, 'TRANSACTION_ABORTABLE'],
    ['decided already', metadata({ state: 'prepare-commit', partitions: [p0] }), by, 'CONCURRENT_TRANSACTIONS'],
    ['another epoch', metadata({ state: 'ongoing', partitions: [p0] }), { ...by, producerEpoch: 4 }, 'PRODUCER_FENCED'],
    ['another producer', metadata(), { ...by, producerId: 1 }, 'INVALID_PRODUCER_ID_MAPPING'],
    ['an unknown id', undefined, by, 'INVALID_PRODUCER_ID_MAPPING'],
  ] as const)('TXN-6: %s', (_what, current, writer, expected) => {
    expect(errorName(verifyPartitionInTxn(current, writer, p0))).toBe(expected);
  });

  it.each([
    ['TRANSACTION_ABORTABLE', 10, 'INVALID_TXN_STATE'],
    ['TRANSACTION_ABORTABLE', 11, 'TRANSACTION_ABORTABLE'],
    ['CONCURRENT_TRANSACTIONS', 11, 'NOT_ENOUGH_REPLICAS'],
    ['CONCURRENT_TRANSACTIONS', 12, 'CONCURRENT_TRANSACTIONS'],
    ['NOT_COORDINATOR', 12, 'NOT_ENOUGH_REPLICAS'],
    ['COORDINATOR_NOT_AVAILABLE', 9, 'NOT_ENOUGH_REPLICAS'],
    ['PRODUCER_FENCED', 12, 'INVALID_PRODUCER_EPOCH'],
    ['INVALID_PRODUCER_ID_MAPPING', 12, 'INVALID_PRODUCER_ID_MAPPING'],
  ] as const)('TXN-6: %s is told to Produce v%d as %s', (code, version, told) => {
    expect(errorName(produceVerificationError(ERRORS[code], version))).toBe(told);
  });

  it('TXN-6: the leader adds the partition by itself from Produce v12 on', () => {
    expect([9, 11, 12, 13].map(produceVerificationMode)).toEqual(['verify', 'verify', 'add', 'add']);
  });
});

describe('TXN-10: old versions', () => {
  it.each([
    ['InitProducerId', 3, 4],
    ['AddPartitionsToTxn', 1, 2],
    ['AddOffsetsToTxn', 1, 2],
    ['EndTxn', 1, 2],
  ] as const)(
    'TXN-10: %s up to v%d is told INVALID_PRODUCER_EPOCH, from v%d on PRODUCER_FENCED',
    (api, old, recent) => {
      expect(errorForVersion(api, old, ERRORS.PRODUCER_FENCED)).toBe(ERRORS.INVALID_PRODUCER_EPOCH);
      expect(errorForVersion(api, recent, ERRORS.PRODUCER_FENCED)).toBe(ERRORS.PRODUCER_FENCED);
      expect(errorForVersion(api, old, ERRORS.CONCURRENT_TRANSACTIONS)).toBe(ERRORS.CONCURRENT_TRANSACTIONS);
    },
  );
});

describe('TXN-12: answers to markers', () => {
  it.each([
    'UNKNOWN_TOPIC_OR_PARTITION',
    'NOT_LEADER_OR_FOLLOWER',
    'NOT_ENOUGH_REPLICAS',
    'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
    'REQUEST_TIMED_OUT',
    'NETWORK_EXCEPTION',
  ] as const)('TXN-12: %s: again', (name) => {
    expect(markerOutcome(ERRORS[name])).toBe('again');
  });

  it('TXN-12: a fenced producer or coordinator gives up; anything unheard of is a bug', () => {
    expect(markerOutcome(ERRORS.INVALID_PRODUCER_EPOCH)).toBe('give-up');
    expect(markerOutcome(ERRORS.TRANSACTION_COORDINATOR_FENCED)).toBe('give-up');
    expect(markerOutcome(ERRORS.NONE)).toBe('written');
    expect(() => markerOutcome(ERRORS.INVALID_GROUP_ID)).toThrow('INVALID_GROUP_ID');
  });
});

describe('TXN-14, TXN-17: times', () => {
  const open = metadata({ state: 'ongoing', startedAt: 1000, timeoutMs: 2000 });

  it('TXN-14: timed out when start + time-out is past, not when it is reached; only while ONGOING', () => {
    expect(isTimedOut(open, 3000)).toBe(false);
    expect(isTimedOut(open, 3001)).toBe(true);
    for (const state of STATES.filter((other) => other !== 'ongoing'))
      expect(isTimedOut({ ...open, state }, 9000)).toBe(false);
  });

  it('TXN-14: the planned scan is the first on the grid that finds it timed out, whatever the numbers', () => {
    fc.assert(
      fc.property(
        fc.nat(50_000),
        fc.nat(50_000),
        fc.integer({ min: 1, max: 12_000 }),
        (startedAt, timeoutMs, interval) => {
          const one = { ...open, startedAt, timeoutMs };
          const at = timeoutScanAt(one, interval, startedAt);
          expect(at % interval).toBe(0);
          expect(isTimedOut(one, at)).toBe(true);
          expect(at - interval < startedAt || !isTimedOut(one, at - interval)).toBe(true);
        },
      ),
    );
  });

  it('TXN-14: a coordinator that takes over late uses its next scan', () => {
    expect(timeoutScanAt(open, 500, 10_200)).toBe(10_500);
  });

  it('TXN-17: an idle id is dropped by the hourly scan after its expiration; an open one never', () => {
    const day = 86_400_000;
    expect(isExpired(metadata({ updatedAt: 1 }), 7 * day, 7 * day)).toBe(false);
    expect(isExpired(metadata({ updatedAt: 1 }), 7 * day + 3_600_000, 7 * day)).toBe(true);
    expect(isExpired(metadata({ updatedAt: 1, state: 'ongoing' }), 9 * day, 7 * day)).toBe(false);
    expect(isExpired(metadata({ updatedAt: 1, state: 'prepare-commit' }), 9 * day, 7 * day)).toBe(false);
  });
});
