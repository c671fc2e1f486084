/** What a partition remembers of idempotent producers, and what it refuses (PID-1 … PID-15). */
import { describe, expect, it } from 'vitest';
import {
  checkBatch,
  duplicateOf,
  incrementSequence,
  isExpired,
  isInSequence,
  type ProducerStateEntry,
} from '../../../../src/kafka/broker/producer-state-entry';
import { ProducerStates } from '../../../../src/kafka/broker/producer-states';
import { ERRORS } from '../../../../src/kafka/errors';
import { BrokerLab, type ProduceBox, type ProduceOptions } from './broker-lab';

const MAX = 2_147_483_647;
const PID = 7;

/** Sends batches one after the other to broker 1, each after the answer to the last. */
function sendAll(lab: BrokerLab, ...batches: [ids: string[], options: ProduceOptions][]): ProduceBox[] {
  return batches.map(([ids, options]) => {
    const box = lab.produce(1, 'all', ids, { producerId: PID, ...options });
    lab.rest();
    return box;
  });
}

const codes = (boxes: readonly ProduceBox[]): number[] => boxes.map(({ errorCode }) => errorCode);
const offsets = (boxes: readonly ProduceBox[]): number[] => boxes.map(({ partition }) => partition.baseOffset);

const entry = (given: Partial<ProducerStateEntry> = {}): ProducerStateEntry => ({
  producerEpoch: 1,
  batches: [{ firstSequence: 0, lastSequence: 2, baseOffset: 10, lastOffset: 12 }],
  coordinatorEpoch: -1,
  transactionFirstOffset: -1,
  lastTimestamp: 0,
  ...given,
});

describe('sequence numbers', () => {
  it('PID-3: after 2147483647 comes 0, and a batch may straddle the wrap', () => {
    expect(incrementSequence(5, 3)).toBe(8);
    expect(incrementSequence(MAX, 1)).toBe(0);
    expect(incrementSequence(MAX - 1, 3)).toBe(1);
    expect([isInSequence(4, 5), isInSequence(4, 6), isInSequence(4, 4)]).toEqual([true, false, false]);
    expect([isInSequence(MAX, 0), isInSequence(MAX - 1, 0), isInSequence(-1, 0)]).toEqual([true, false, true]);
  });

  it('PID-3: a broker takes a batch over the wrap, and the one behind it', () => {
    const lab = new BrokerLab();
    const sent = sendAll(lab, [['a', 'b', 'c'], { baseSequence: MAX - 1 }], [['d'], { baseSequence: 1 }]);
    expect(codes(sent)).toEqual([ERRORS.NONE, ERRORS.NONE]);
  });
});

describe('duplicates', () => {
  const batch = { producerEpoch: 1, baseSequence: 0, count: 3, isTransactional: false };

  it('PID-5: same epoch and exactly the same first and last number', () => {
    expect(duplicateOf(entry(), batch)).toMatchObject({ baseOffset: 10, lastOffset: 12 });
    expect(duplicateOf(entry(), { ...batch, count: 2 })).toBeNull();
    expect(duplicateOf(entry(), { ...batch, producerEpoch: 2 })).toBeNull();
    expect(duplicateOf(undefined, batch)).toBeNull();
  });

  it('PID-5, LOG-6: succeed with the original offset and write nothing', () => {
    const lab = new BrokerLab();
    const sent = sendAll(
      lab,
      [['a', 'b'], { baseSequence: 0 }],
      [['c'], { baseSequence: 2 }],
      [['a', 'b'], { baseSequence: 0 }],
    );
    expect(offsets(sent)).toEqual([0, 2, 0]);
    expect(lab.log(1)).toEqual(['a', 'b', 'c']);
  });

  it('PID-4: contents are not compared', () => {
    const lab = new BrokerLab();
    const sent = sendAll(
      lab,
      [['a'], { baseSequence: 0 }],
      [['something else'], { baseSequence: 0 }],
      [['a'], { baseSequence: 1 }],
    );
    expect(offsets(sent)).toEqual([0, 0, 1]);
    expect(lab.log(1)).toEqual(['a', 'a']);
  });

  it('PID-2, PID-6: the window holds five batches; an older one is OUT_OF_ORDER', () => {
    const lab = new BrokerLab();
    sendAll(lab, ...[0, 1, 2, 3, 4, 5].map((i): [string[], ProduceOptions] => [[`r${i}`], { baseSequence: i }]));
    const again = sendAll(lab, [['r0'], { baseSequence: 0 }], [['r1'], { baseSequence: 1 }]);
    expect(codes(again)).toEqual([ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER, ERRORS.NONE]);
    expect(again[1]!.partition.baseOffset).toBe(1);
  });

  it('PID-11: five requests in flight can all be repeated, also over a change of the leader (PID-2)', () => {
    const lab = new BrokerLab({ brokers: 3 });
    lab.rest();
    for (let i = 0; i < 5; i += 1) lab.produce(1, 'all', [`r${i}`], { producerId: PID, baseSequence: i });
    lab.rest();
    lab.cluster.kill(1);
    lab.pass(9500);
    const again = [0, 1, 2, 3, 4].map((i) => lab.produce(2, 'all', [`r${i}`], { producerId: PID, baseSequence: i }));
    lab.rest();
    expect(offsets(again)).toEqual([0, 1, 2, 3, 4]);
    expect(lab.log(2)).toHaveLength(5);
  });

  it.each(['kill', 'shutdown'] as const)(
    'PID-2: after a %s a broker knows only the last batch of each producer',
    (how) => {
      const lab = new BrokerLab();
      sendAll(lab, [['a'], { baseSequence: 0 }], [['b'], { baseSequence: 1 }]);
      lab.cluster[how](1);
      lab.pass(9500);
      lab.cluster.restart(1);
      lab.rest();
      const again = sendAll(
        lab,
        [['a'], { baseSequence: 0 }],
        [['b'], { baseSequence: 1 }],
        [['c'], { baseSequence: 2 }],
      );
      expect(codes(again)).toEqual([ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER, ERRORS.NONE, ERRORS.NONE]);
      expect(lab.log(1)).toEqual(['a', 'b', 'c']);
    },
  );
});

describe('what is refused', () => {
  it('PID-6: a gap, a partial overlap, and the same records cut otherwise are OUT_OF_ORDER', () => {
    const lab = new BrokerLab();
    const sent = sendAll(
      lab,
      [['a', 'b'], { baseSequence: 0 }],
      [['d'], { baseSequence: 3 }],
      [['b', 'c'], { baseSequence: 1 }],
      [['a'], { baseSequence: 0 }],
    );
    expect(codes(sent).slice(1)).toEqual(Array(3).fill(ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER));
    expect(lab.log(1)).toEqual(['a', 'b']);
  });

  it('PID-7: a higher epoch begins at 0 and clears the window; a lower one is INVALID_PRODUCER_EPOCH', () => {
    const lab = new BrokerLab();
    const sent = sendAll(
      lab,
      [['a'], { baseSequence: 0 }],
      [['b'], { producerEpoch: 1, baseSequence: 1 }],
      [['b'], { producerEpoch: 1, baseSequence: 0 }],
      [['c'], { producerEpoch: 0, baseSequence: 1 }],
      [['a'], { producerEpoch: 0, baseSequence: 0 }],
    );
    expect(codes(sent)).toEqual([
      ERRORS.NONE,
      ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER,
      ERRORS.NONE,
      ERRORS.INVALID_PRODUCER_EPOCH,
      ERRORS.INVALID_PRODUCER_EPOCH,
    ]);
  });

  it('PID-8: an unknown producer may begin anywhere, a transactional one of the second protocol at 0 only', () => {
    const plain = { producerEpoch: 0, baseSequence: 17, count: 1, isTransactional: false };
    expect(checkBatch(undefined, plain, -1, false)).toBe(ERRORS.NONE);
    expect(checkBatch(undefined, plain, -1, true)).toBe(ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(checkBatch(undefined, { ...plain, baseSequence: 0 }, -1, true)).toBe(ERRORS.NONE);
  });

  it('PID-12: while a lower sequence waits for its verification, a higher one is OUT_OF_ORDER', () => {
    const batch = { producerEpoch: 0, baseSequence: 1, count: 1, isTransactional: true };
    expect(checkBatch(undefined, batch, 0, false)).toBe(ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(checkBatch(undefined, { ...batch, baseSequence: 0 }, 0, false)).toBe(ERRORS.NONE);
    const states = new ProducerStates(1e9);
    const first = states.startVerification(PID, { ...batch, baseSequence: 4 });
    expect(states.startVerification(PID, { ...batch, baseSequence: 3 })).toBe(first);
    expect(first.lowestSequence).toBe(3);
  });

  it('ACK-1 (11): a plain batch while the producer has a transaction open here is INVALID_TXN_STATE', () => {
    const open = entry({ transactionFirstOffset: 10 });
    const batch = { producerEpoch: 1, baseSequence: 3, count: 1, isTransactional: false };
    expect(checkBatch(open, batch, -1, false)).toBe(ERRORS.INVALID_TXN_STATE);
    expect(checkBatch(open, { ...batch, isTransactional: true }, -1, false)).toBe(ERRORS.NONE);
    expect(checkBatch(entry(), batch, -1, false)).toBe(ERRORS.NONE);
  });
});

describe('how long it lasts', () => {
  it('PID-10: a state idle for producer.id.expiration.ms is forgotten, not with a transaction open', () => {
    expect(isExpired(entry(), 999, 1000)).toBe(false);
    expect(isExpired(entry(), 1000, 1000)).toBe(true);
    expect(isExpired(entry({ transactionFirstOffset: 3 }), 5000, 1000)).toBe(false);
    const lab = new BrokerLab({ producerIdExpirationMs: 60_000 });
    sendAll(lab, [['a'], { baseSequence: 0 }]);
    lab.pass(60_001);
    const late = sendAll(lab, [['a'], { baseSequence: 0 }]);
    expect(offsets(late)).toEqual([1]);
    expect(lab.log(1)).toEqual(['a', 'a']);
  });

  it('PID-1: without a transactional id every InitProducerId gives a new id; a broker just started has none yet', () => {
    const lab = new BrokerLab({ brokers: 2 });
    lab.rest();
    const init = (brokerId: number) =>
      lab.ask(brokerId, {
        api: 'InitProducerId',
        apiVersion: 4,
        transactionalId: null,
        transactionTimeoutMs: 60_000,
        producerId: -1,
        producerEpoch: -1,
      });
    const boxes = [init(1), init(2), init(1)];
    lab.rest();
    expect(new Set(boxes.map(({ answer }) => answer?.producerId)).size).toBe(3);
    expect(boxes.map(({ answer }) => answer?.producerEpoch)).toEqual([0, 0, 0]);
    lab.cluster.shutdown(2);
    lab.rest();
    lab.cluster.restart(2);
    lab.pass(1);
    const early = init(2);
    lab.rest();
    expect(early.answer).toMatchObject({ errorCode: ERRORS.COORDINATOR_LOAD_IN_PROGRESS, producerId: -1 });
  });

  it('PID-13, PID-14: two producers know nothing of each other, and nobody is fenced', () => {
    const lab = new BrokerLab();
    const sent = sendAll(
      lab,
      [['a'], { baseSequence: 0 }],
      [['a'], { producerId: 8, baseSequence: 0 }],
      [['b'], { baseSequence: 1 }],
    );
    expect(codes(sent)).toEqual([ERRORS.NONE, ERRORS.NONE, ERRORS.NONE]);
    expect(lab.log(1)).toEqual(['a', 'a', 'b']);
  });

  it('LOG-5: a refused batch leaves offsets, states and high watermark as they were', () => {
    const lab = new BrokerLab();
    sendAll(lab, [['a'], { baseSequence: 0 }]);
    const before = lab.cluster.fingerprint();
    sendAll(lab, [['c'], { baseSequence: 2 }], [['c'], { producerEpoch: 2, baseSequence: 4 }]);
    expect(lab.cluster.fingerprint()).toBe(before);
    expect(codes(sendAll(lab, [['b'], { baseSequence: 1 }]))).toEqual([ERRORS.NONE]);
  });
});
