/** A produce request on the leader, from its arrival to its answer (ACK-1 … ACK-13). */
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../../../src/kafka/errors';
import { BrokerLab, TOPIC, record } from './broker-lab';

const lab3 = (settings = {}, topic = {}): BrokerLab => {
  const lab = new BrokerLab({ brokers: 3, ...settings }, topic);
  lab.rest();
  return lab;
};

/** Only broker 1 is left in the ISR, and min.insync.replicas is 2. */
const underMinIsr = (): BrokerLab => {
  const lab = lab3({ minInsyncReplicas: 2 });
  lab.produce(1, 'all', ['first'], { producerId: 7, baseSequence: 0 });
  lab.rest();
  lab.cluster.kill(2);
  lab.cluster.kill(3);
  lab.pass(9500);
  return lab;
};

describe('ACK-1: the first failing check decides, and nothing is appended', () => {
  it('(1) before (3): acks ∉ {-1, 0, 1} is INVALID_REQUIRED_ACKS', () => {
    const lab = lab3();
    const sent = lab.produce(1, 2, ['a'], { index: 9 });
    lab.rest();
    expect(sent.partition).toMatchObject({ errorCode: ERRORS.INVALID_REQUIRED_ACKS, baseOffset: -1 });
  });

  it('(3) before (4): an unknown partition is UNKNOWN_TOPIC_OR_PARTITION on any broker', () => {
    const lab = lab3();
    const sent = lab.produce(2, 'all', ['a'], { index: 9 });
    lab.rest();
    expect(sent.errorCode).toBe(ERRORS.UNKNOWN_TOPIC_OR_PARTITION);
  });

  it('(4) before (5): a follower answers NOT_LEADER_OR_FOLLOWER', () => {
    const lab = lab3({ minInsyncReplicas: 2 });
    const sent = lab.produce(2, 'all', ['a']);
    lab.rest();
    expect(sent.errorCode).toBe(ERRORS.NOT_LEADER_OR_FOLLOWER);
    expect(lab.log(1)).toEqual([]);
  });

  it('(5) before (6) and (7): below min ISR also a duplicate and a too large batch get NOT_ENOUGH_REPLICAS (ACK-7)', () => {
    const lab = underMinIsr();
    const duplicate = lab.produce(1, 'all', ['first'], { producerId: 7, baseSequence: 0 });
    const large = lab.produce(1, 'all', ['x'.repeat(2_000_000)]);
    lab.rest();
    expect([duplicate.errorCode, large.errorCode]).toEqual([ERRORS.NOT_ENOUGH_REPLICAS, ERRORS.NOT_ENOUGH_REPLICAS]);
    expect(lab.log(1)).toEqual(['first']);
  });

  it('(6) before (10): a too large batch is MESSAGE_TOO_LARGE, the limit is the topic’s', () => {
    const lab = lab3({}, { config: { maxMessageBytes: 1000 } });
    const sent = lab.produce(1, 'all', ['x'.repeat(1000)], { producerId: 7, baseSequence: 5 });
    const small = lab.produce(1, 'all', ['x'.repeat(900)]);
    lab.rest();
    expect([sent.errorCode, small.errorCode]).toEqual([ERRORS.MESSAGE_TOO_LARGE, ERRORS.NONE]);
  });

  it('(7) before (9): a duplicate of the stored epoch is no matter of sequences', () => {
    const lab = lab3();
    lab.produce(1, 'all', ['a'], { producerId: 7, baseSequence: 0 });
    lab.rest();
    const again = lab.produce(1, 'all', ['a'], { producerId: 7, baseSequence: 0 });
    lab.rest();
    expect(again.partition).toMatchObject({ errorCode: ERRORS.NONE, baseOffset: 0 });
    expect(lab.log(1)).toEqual(['a']);
  });

  it('(8): a transactional batch that nobody vouches for is INVALID_TXN_STATE, with an old epoch INVALID_PRODUCER_EPOCH', () => {
    const lab = lab3();
    lab.produce(1, 'all', ['a'], { producerId: 7, producerEpoch: 3, baseSequence: 0 });
    lab.rest();
    // A raw client that names no transactional id: the coordinator is not even asked.
    const send = (producerEpoch: number): ReturnType<BrokerLab['ask']> =>
      lab.ask(1, {
        api: 'Produce',
        apiVersion: 9,
        transactionalId: null,
        acks: -1,
        timeoutMs: 1000,
        topics: [
          {
            name: TOPIC,
            partitions: [
              {
                index: 0,
                batch: { producerId: 7, producerEpoch, baseSequence: 1, isTransactional: true, records: [record('b')] },
              },
            ],
          },
        ],
      });
    const boxes = [send(3), send(2)];
    lab.rest();
    expect(boxes.map(({ answer }) => answer)).toMatchObject([
      { topics: [{ partitions: [{ errorCode: ERRORS.INVALID_TXN_STATE }] }] },
      { topics: [{ partitions: [{ errorCode: ERRORS.INVALID_PRODUCER_EPOCH }] }] },
    ]);
    expect(lab.log(1)).toEqual(['a']);
  });

  it('(9) before (10): a lower epoch is INVALID_PRODUCER_EPOCH, whatever its sequence', () => {
    const lab = lab3();
    lab.produce(1, 'all', ['a'], { producerId: 7, producerEpoch: 3, baseSequence: 0 });
    lab.rest();
    const sent = lab.produce(1, 'all', ['b'], { producerId: 7, producerEpoch: 2, baseSequence: 99 });
    lab.rest();
    expect(sent.errorCode).toBe(ERRORS.INVALID_PRODUCER_EPOCH);
  });
});

describe('parts of a request', () => {
  it('ACK-2: each partition succeeds or fails alone, and the answer waits for all', () => {
    const lab = lab3(
      {},
      {
        partitions: 2,
        replicas: [
          [1, 2],
          [1, 3],
        ],
      },
    );
    lab.cluster.pause(3);
    lab.pass(600);
    const batch = (id: string): object => ({
      producerId: -1,
      producerEpoch: -1,
      baseSequence: -1,
      isTransactional: false,
      records: [record(id)],
    });
    const box = lab.ask(1, {
      api: 'Produce',
      apiVersion: 10,
      transactionalId: null,
      acks: -1,
      timeoutMs: 2000,
      topics: [{ name: TOPIC, partitions: [0, 1, 7].map((index) => ({ index, batch: batch('x') as never })) }],
    });
    lab.pass(1000);
    expect(box.answer).toBeNull();
    lab.rest();
    expect(box.answer?.topics[0]!.partitions.map(({ errorCode }) => errorCode)).toEqual([
      ERRORS.NONE,
      ERRORS.REQUEST_TIMED_OUT,
      ERRORS.UNKNOWN_TOPIC_OR_PARTITION,
    ]);
  });
});

describe('acks=0', () => {
  it('ACK-3: is stored and never answered; the world can rest', () => {
    const lab = lab3();
    const sent = lab.produce(1, '0', ['a']);
    lab.rest();
    expect(sent.isSettled).toBe(false);
    expect(lab.log(1)).toEqual(['a']);
  });

  it('ACK-3: after an error the connection is closed: what was sent on it meanwhile is lost, silently for acks=0', () => {
    const lab = lab3({}, { config: { maxMessageBytes: 1000 } });
    lab.produce(1, '0', ['x'.repeat(5000)]);
    const behind = lab.produce(1, '0', ['b']);
    const waiting = lab.produce(1, '1', ['c']);
    lab.rest();
    const later = lab.produce(1, '1', ['d']);
    lab.rest();
    expect(lab.log(1)).toEqual(['d']);
    expect([behind.answer, waiting.answer, waiting.isLost, later.errorCode]).toEqual([null, null, true, ERRORS.NONE]);
  });
});

describe('acks=1 and acks=all', () => {
  it('ACK-4: acks=1 is answered before any copy; a crash of the leader loses the record', () => {
    const lab = lab3();
    lab.cluster.pause(2);
    lab.cluster.pause(3);
    lab.pass(600);
    const sent = lab.produce(1, '1', ['x']);
    lab.pass(10);
    expect(sent.partition).toMatchObject({ errorCode: ERRORS.NONE, baseOffset: 0 });
    lab.cluster.kill(1);
    lab.cluster.resume(2);
    lab.cluster.resume(3);
    lab.pass(9500);
    const next = lab.produce(2, 'all', ['y']);
    lab.rest();
    expect(next.partition).toMatchObject({ errorCode: ERRORS.NONE, baseOffset: 0 });
    lab.cluster.restart(1);
    lab.rest();
    expect([lab.log(1), lab.log(2), lab.log(3)]).toEqual([['y'], ['y'], ['y']]);
  });

  it('ACK-5: acks=all waits for the present ISR, which may shrink meanwhile', () => {
    const lab = lab3({ minInsyncReplicas: 2 });
    lab.cluster.pause(3);
    lab.pass(600);
    const began = lab.world.now;
    const sent = lab.produce(1, 'all', ['x'], { timeoutMs: 60_000 });
    lab.rest();
    expect(sent.errorCode).toBe(ERRORS.NONE);
    // The session of 9 s ran out, counted from the pause.
    expect(sent.answeredAt - began).toBeGreaterThan(8000);
    expect(lab.describe().isr).toEqual([1, 2]);
  });

  it('ACK-6: with min ISR 1, acks=all is acked with one copy', () => {
    const lab = lab3();
    lab.cluster.kill(2);
    lab.cluster.kill(3);
    lab.pass(9500);
    const sent = lab.produce(1, 'all', ['x']);
    lab.rest();
    expect(sent.errorCode).toBe(ERRORS.NONE);
    expect(lab.readable(1)).toEqual(['x']);
  });

  it('ACK-7: a duplicate is answered only when the original is replicated', () => {
    const lab = lab3();
    lab.cluster.pause(2);
    lab.pass(600);
    lab.produce(1, '1', ['a'], { producerId: 7, baseSequence: 0 });
    lab.pass(5);
    const again = lab.produce(1, 'all', ['a'], { producerId: 7, baseSequence: 0 });
    lab.pass(100);
    expect(again.isSettled).toBe(false);
    lab.cluster.resume(2);
    lab.rest();
    expect(again.partition).toMatchObject({ errorCode: ERRORS.NONE, baseOffset: 0 });
    expect(lab.log(1)).toEqual(['a']);
  });

  it('ACK-5: on one connection a batch is appended only when the one before is answered', () => {
    const lab = lab3();
    lab.cluster.pause(2);
    lab.pass(600);
    const connection = {};
    const sent = ['a', 'b', 'c'].map((id) => lab.produce(1, 'all', [id], { connection, timeoutMs: 2000 }));
    lab.produce(1, '1', ['other']);
    lab.pass(10);
    expect(lab.log(1)).toEqual(['a', 'other']);
    lab.pass(2000);
    expect(sent[0]!.errorCode).toBe(ERRORS.REQUEST_TIMED_OUT);
    expect(lab.log(1)).toEqual(['a', 'other', 'b']);
    lab.cluster.resume(2);
    lab.rest();
    expect(sent.slice(1).map(({ errorCode }) => errorCode)).toEqual([ERRORS.NONE, ERRORS.NONE]);
    expect(lab.log(2)).toEqual(['a', 'other', 'b', 'c']);
  });

  it('ACK-8: a wait beyond the time-out is REQUEST_TIMED_OUT with the real offset, and the record stays', () => {
    const lab = lab3({ brokerSessionTimeoutMs: 100_000 });
    lab.produce(1, 'all', ['a']);
    lab.rest();
    lab.cluster.pause(2);
    lab.pass(600);
    const sent = lab.produce(1, 'all', ['b'], { timeoutMs: 3000 });
    lab.pass(3100);
    expect(sent.partition).toMatchObject({ errorCode: ERRORS.REQUEST_TIMED_OUT, baseOffset: 1 });
    lab.cluster.resume(2);
    lab.rest();
    expect(lab.readable(1)).toEqual(['a', 'b']);
  });

  it('ACK-8, ISR-6: an ISR that falls below its minimum meanwhile does not answer any earlier', () => {
    const lab = lab3({ minInsyncReplicas: 3 });
    lab.cluster.pause(3);
    lab.pass(600);
    const sent = lab.produce(1, 'all', ['x'], { timeoutMs: 30_000 });
    lab.pass(20_000);
    expect(lab.describe().isr).toEqual([1, 2]);
    expect(sent.isSettled).toBe(false);
    lab.pass(11_000);
    expect(sent.partition).toMatchObject({ errorCode: ERRORS.REQUEST_TIMED_OUT, baseOffset: 0 });
  });

  it('ACK-10: leadership lost while waiting is NOT_LEADER_OR_FOLLOWER', () => {
    const lab = lab3();
    lab.cluster.pause(3);
    lab.pass(600);
    const sent = lab.produce(1, 'all', ['x'], { timeoutMs: 60_000 });
    lab.pass(10);
    lab.cluster.shutdown(1);
    lab.pass(4);
    expect(sent.partition).toMatchObject({ errorCode: ERRORS.NOT_LEADER_OR_FOLLOWER, baseOffset: 0 });
    expect(lab.describe().leader).toBe(2);
  });

  it('ACK-11: an error of ACK-1 (4) says "not appended", one of ACK-10 does not', () => {
    const lab = lab3();
    const refused = lab.produce(3, 'all', ['a']);
    lab.rest();
    expect([refused.errorCode, refused.partition.baseOffset]).toEqual([ERRORS.NOT_LEADER_OR_FOLLOWER, -1]);
    expect(lab.log(1)).toEqual([]);
  });

  it('ACK-12: a killed process loses nothing that it has appended', () => {
    const lab = new BrokerLab();
    lab.produce(1, 'all', ['a']);
    lab.rest();
    lab.cluster.kill(1);
    lab.cluster.restart(1);
    lab.pass(9500);
    lab.rest();
    expect(lab.readable(1)).toEqual(['a']);
  });

  it('ACK-13: min.insync.replicas never blocks acks=0 and acks=1 writes', () => {
    const lab = underMinIsr();
    lab.produce(1, '0', ['a']);
    const sent = lab.produce(1, '1', ['b']);
    lab.rest();
    expect(sent.errorCode).toBe(ERRORS.NONE);
    expect(lab.log(1)).toEqual(['first', 'a', 'b']);
    expect(lab.readable(1)).toEqual(['first']);
  });
});
