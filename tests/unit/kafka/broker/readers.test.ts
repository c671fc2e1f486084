/** Fetches, offsets and deletion as a leader serves them (FET-1 … FET-6, LOG-11). */
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../../../src/kafka/errors';
import { BrokerLab, TOPIC, contents } from './broker-lab';

const one = (): BrokerLab => {
  const lab = new BrokerLab();
  lab.produce(1, 'all', ['a', 'b']);
  lab.produce(1, 'all', ['c']);
  lab.rest();
  return lab;
};

const latest = (lab: BrokerLab, brokerId: number, timestamp = -1) =>
  lab.ask(brokerId, {
    api: 'ListOffsets',
    isolationLevel: 0,
    topics: [{ name: TOPIC, partitions: [{ index: 0, timestamp, currentLeaderEpoch: -1 }] }],
  });

const deleteUpTo = (lab: BrokerLab, offset: number) =>
  lab.ask(1, { api: 'DeleteRecords', topics: [{ name: TOPIC, partitions: [{ index: 0, offset }] }] });

describe('fetch', () => {
  it('FET-1: gives whole batches; the first may begin before the offset', () => {
    const lab = one();
    const box = lab.fetch(1, 1);
    lab.rest();
    expect(box.partition.batches.map(({ baseOffset }) => baseOffset)).toEqual([0, 2]);
  });

  it.each([-1, 4])('FET-1: offset %i outside of the log is OFFSET_OUT_OF_RANGE', (offset) => {
    const lab = one();
    const box = lab.fetch(1, offset);
    lab.rest();
    expect(box.partition.errorCode).toBe(ERRORS.OFFSET_OUT_OF_RANGE);
  });

  it('FET-2: nothing at or above the high watermark, in neither isolation level, and it comes with its replication', () => {
    const lab = new BrokerLab({ brokers: 3 });
    lab.rest();
    lab.cluster.pause(3);
    lab.pass(600);
    const readers = [lab.fetch(1, 0, { isolation: 0 }), lab.fetch(1, 0, { isolation: 1 })];
    lab.produce(1, '1', ['x']);
    lab.pass(1000);
    expect(readers.map(({ isSettled }) => isSettled)).toEqual([false, false]);
    lab.cluster.resume(3);
    lab.rest();
    expect(readers.map(({ partition }) => contents(partition.batches))).toEqual([['x'], ['x']]);
  });

  it('a reader that waits when leadership moves is told NOT_LEADER_OR_FOLLOWER', () => {
    const lab = new BrokerLab({ brokers: 3 });
    lab.rest();
    const box = lab.fetch(1, 0);
    lab.pass(5);
    lab.cluster.shutdown(1);
    lab.pass(4);
    expect(box.partition.errorCode).toBe(ERRORS.NOT_LEADER_OR_FOLLOWER);
  });
});

describe('offsets', () => {
  it('FET-6: OFFSET_NOT_AVAILABLE while a new leader’s high watermark is below its epoch’s beginning', () => {
    const lab = new BrokerLab({ brokers: 3, minInsyncReplicas: 2 });
    lab.rest();
    lab.produce(1, 'all', ['a']);
    lab.pass(4);
    lab.cluster.kill(1);
    lab.cluster.pause(3);
    lab.pass(9003);
    expect(lab.describe().leader).toBe(2);
    expect(lab.ends(2)).toEqual([1, 0]);
    const early = latest(lab, 2);
    const earliest = latest(lab, 2, -2);
    lab.pass(5);
    expect(early.answer).toMatchObject({
      topics: [{ partitions: [{ errorCode: ERRORS.OFFSET_NOT_AVAILABLE, offset: -1 }] }],
    });
    expect(earliest.answer).toMatchObject({ topics: [{ partitions: [{ errorCode: ERRORS.NONE, offset: 0 }] }] });
    lab.cluster.resume(3);
    lab.rest();
    const late = latest(lab, 2);
    lab.rest();
    expect(late.answer).toMatchObject({ topics: [{ partitions: [{ errorCode: ERRORS.NONE, offset: 1 }] }] });
  });
});

describe('DeleteRecords', () => {
  it('LOG-11: moves the log start, at most to the high watermark, and a fetch below is out of range', () => {
    const lab = one();
    const [ok, beyond] = [deleteUpTo(lab, 1), deleteUpTo(lab, 4)];
    const [below, at] = [lab.fetch(1, 0), lab.fetch(1, 1)];
    lab.rest();
    expect(ok.answer).toMatchObject({ topics: [{ partitions: [{ errorCode: ERRORS.NONE, lowWatermark: 1 }] }] });
    expect(beyond.answer).toMatchObject({ topics: [{ partitions: [{ errorCode: ERRORS.OFFSET_OUT_OF_RANGE }] }] });
    expect(below.partition.errorCode).toBe(ERRORS.OFFSET_OUT_OF_RANGE);
    expect(at.partition).toMatchObject({ errorCode: ERRORS.NONE, logStartOffset: 1 });
  });

  it('LOG-11: what is not replicated cannot be deleted', () => {
    const lab = new BrokerLab({ brokers: 2 });
    lab.rest();
    lab.cluster.pause(2);
    lab.pass(600);
    lab.produce(1, '1', ['a']);
    lab.pass(5);
    const box = deleteUpTo(lab, 1);
    lab.pass(5);
    expect(box.answer).toMatchObject({ topics: [{ partitions: [{ errorCode: ERRORS.OFFSET_OUT_OF_RANGE }] }] });
  });

  it('LOG-11: -1 stands for the high watermark; a resend of a deleted batch is still a duplicate', () => {
    const lab = new BrokerLab();
    lab.produce(1, 'all', ['a'], { producerId: 7, baseSequence: 0 });
    lab.rest();
    deleteUpTo(lab, -1);
    const again = lab.produce(1, 'all', ['a'], { producerId: 7, baseSequence: 0 });
    lab.rest();
    expect(again.partition).toMatchObject({ errorCode: ERRORS.NONE, baseOffset: 0, logStartOffset: 1 });
    expect(lab.ends(1)).toEqual([1, 1]);
  });

  it('LOG-11: followers hear of the new log start', () => {
    const lab = new BrokerLab({ brokers: 2 });
    lab.rest();
    lab.produce(1, 'all', ['a']);
    lab.rest();
    deleteUpTo(lab, 1);
    lab.rest();
    expect(lab.replica(2).log.logStartOffset).toBe(1);
  });
});

describe('metadata', () => {
  it('names brokers, leaders, replicas and ISRs; a partition without leader has LEADER_NOT_AVAILABLE', () => {
    const lab = new BrokerLab({ brokers: 2 }, { replicas: [[2]] });
    lab.rest();
    lab.cluster.kill(2);
    lab.pass(9500);
    const box = lab.ask(1, { api: 'Metadata', topics: null });
    const described = lab.ask(1, { api: 'DescribeTopicPartitions', topics: [TOPIC] });
    lab.rest();
    expect(box.answer).toEqual({
      api: 'Metadata',
      brokers: [{ nodeId: 1 }],
      topics: [
        {
          name: TOPIC,
          errorCode: ERRORS.NONE,
          partitions: [
            {
              index: 0,
              errorCode: ERRORS.LEADER_NOT_AVAILABLE,
              leaderId: -1,
              leaderEpoch: 1,
              replicaNodes: [2],
              isrNodes: [],
            },
          ],
        },
      ],
    });
    expect(described.answer).toMatchObject({
      topics: [{ partitions: [{ eligibleLeaderReplicas: [2], lastKnownElr: [2] }] }],
    });
  });
});
