/** Logs that have parted come together again by leader epochs (EPO-1 … EPO-3, PID-15). */
import { describe, expect, it } from 'vitest';
import { LeaderEpochCache } from '../../../../src/kafka/broker/leader-epoch-cache';
import { Replica } from '../../../../src/kafka/broker/replica';
import { divergingEpoch, truncationOffset } from '../../../../src/kafka/broker/replication/divergence';
import { FollowerLink, type LinkFollower } from '../../../../src/kafka/broker/replication/follower-link';
import type { RecordBatch } from '../../../../src/kafka/broker/record-batch';
import { ERRORS } from '../../../../src/kafka/errors';
import { newWorld } from '../../../fixtures/kernel';
import { BrokerLab } from './broker-lab';

/** A log with one record for each epoch of the list. */
function logOf(...epochs: number[]): Replica {
  const replica = new Replica('orders', 0, 1e9);
  epochs.forEach((leaderEpoch, offset) => {
    const batch: RecordBatch = {
      baseOffset: offset,
      lastOffset: offset,
      leaderEpoch,
      producerId: -1,
      producerEpoch: -1,
      baseSequence: -1,
      isTransactional: false,
      control: null,
      coordinatorEpoch: -1,
      records: [{ key: null, value: `${offset}@${leaderEpoch}`, headers: {}, timestamp: 0, offset }],
      state: null,
    };
    replica.take(batch, 0);
  });
  return replica;
}

/** Follows as the protocol does until leader and follower agree. @returns the offsets cut to on the way */
function follow(leader: Replica, follower: Replica): number[] {
  const cuts: number[] = [];
  for (;;) {
    const diverging = divergingEpoch(leader, follower.log.lastEpoch, follower.log.logEndOffset);
    if (diverging === null) return cuts;
    const offset = truncationOffset(follower, diverging);
    if (offset === follower.log.logEndOffset) throw new Error(`no progress at ${offset}`);
    follower.truncateTo(offset, 0);
    cuts.push(offset);
  }
}

describe('leader epochs', () => {
  it('EPO-1: the end of an epoch is the beginning of the next, or the log end', () => {
    const cache = new LeaderEpochCache();
    cache.assign(0, 0);
    cache.assign(2, 5);
    cache.assign(2, 9);
    expect(cache.endOf(0, 12)).toEqual({ epoch: 0, endOffset: 5 });
    expect(cache.endOf(1, 12)).toEqual({ epoch: 0, endOffset: 5 });
    expect(cache.endOf(2, 12)).toEqual({ epoch: 2, endOffset: 12 });
    expect(cache.endOf(3, 12)).toBeNull();
  });

  it('REP-3: a leader notes its epoch at its log end; epochs without a record disappear', () => {
    const cache = new LeaderEpochCache();
    cache.assign(0, 0);
    cache.assign(1, 4);
    cache.assign(3, 4);
    expect(cache.fingerprint()).toBe('0@0.3@4');
    cache.truncateFromEnd(4);
    expect(cache.latest).toBe(0);
  });
});

describe('truncation', () => {
  it('EPO-1: a follower that is a beginning of its leader cuts nothing', () => {
    expect(follow(logOf(0, 0, 1, 1), logOf(0, 0, 1))).toEqual([]);
    expect(follow(logOf(0), logOf())).toEqual([]);
  });

  it('EPO-1: what the follower has beyond the leader’s end of its epoch is cut off', () => {
    const follower = logOf(0, 0, 0, 0);
    expect(follow(logOf(0, 0, 1, 1, 1), follower)).toEqual([2]);
    expect(follower.log.logEndOffset).toBe(2);
  });

  it('EPO-1: an epoch that the leader does not know takes another round', () => {
    // Two zombies in a row: the follower's epochs 1 and 3 exist nowhere else.
    const follower = logOf(0, 1, 3, 3);
    expect(follow(logOf(0, 0, 2, 4), follower)).toEqual([2, 1]);
    expect(follower.log.batches.map(({ leaderEpoch }) => leaderEpoch)).toEqual([0]);
  });

  it('EPO-1: the cut is where the logs part, and not at the high watermark, which may be older (KIP-101)', () => {
    const replica = logOf(0, 0, 0, 0);
    replica.setHighWatermark(1, 0);
    const cuts: number[][] = [];
    const follower: LinkFollower = {
      id: 2,
      world: newWorld(),
      receiveFollowerAnswer: (link) => link.take(),
      onTruncated: ({ log }, endBefore) => cuts.push([endBefore, log.logEndOffset]),
    };
    const answer = { errorCode: ERRORS.NONE, batches: [], highWatermark: 2, logStartOffset: 0 };
    const leader = {
      id: 1,
      receiveFollowerFetch: (link: FollowerLink) => link.respond({ ...answer, diverging: { epoch: 0, endOffset: 2 } }),
    };
    const link = new FollowerLink(follower, leader, replica, 1);
    link.send();
    link.fire();
    link.fire();
    expect(cuts).toEqual([[4, 2]]);
    expect(link.fetchOffset).toBe(2);
  });

  it('EPO-2: an offset that was cut off is used again; the follower’s high watermark is not above its log', () => {
    const follower = logOf(0, 0, 0);
    follower.setHighWatermark(3, 0);
    follower.truncateTo(1, 0);
    expect([follower.log.logEndOffset, follower.highWatermark]).toEqual([1, 1]);
  });

  it('EPO-2, PID-15: producers’ states follow the log', () => {
    const lab = new BrokerLab({ brokers: 3 });
    lab.rest();
    lab.produce(1, 'all', ['a'], { producerId: 7, baseSequence: 0 });
    lab.rest();
    lab.cluster.pause(2);
    lab.cluster.pause(3);
    lab.pass(600);
    lab.produce(1, '1', ['lost'], { producerId: 7, baseSequence: 1 });
    lab.pass(5);
    lab.cluster.kill(1);
    lab.cluster.resume(2);
    lab.cluster.resume(3);
    lab.pass(9500);
    lab.cluster.restart(1);
    lab.rest();
    lab.cluster.electPreferred();
    lab.rest();
    expect(lab.describe().leader).toBe(1);
    const next = lab.produce(1, 'all', ['c'], { producerId: 7, baseSequence: 2 });
    const again = lab.produce(1, 'all', ['lost'], { producerId: 7, baseSequence: 1 });
    lab.rest();
    expect([next.errorCode, again.errorCode]).toEqual([ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER, ERRORS.NONE]);
    expect(lab.log(1)).toEqual(['a', 'lost']);
  });

  it('EPO-3: a follower behind the leader’s log start begins anew there', () => {
    const lab = new BrokerLab({ brokers: 2 });
    lab.rest();
    lab.produce(1, 'all', ['a']);
    lab.rest();
    lab.cluster.kill(2);
    lab.pass(9500);
    lab.produce(1, 'all', ['b', 'c']);
    lab.produce(1, 'all', ['d']);
    lab.rest();
    lab.ask(1, { api: 'DeleteRecords', topics: [{ name: 'orders', partitions: [{ index: 0, offset: 3 }] }] });
    lab.rest();
    lab.cluster.restart(2);
    lab.rest();
    expect(lab.replica(2).log.logStartOffset).toBe(3);
    expect(lab.log(2)).toEqual(['d']);
    expect(lab.describe().isr).toEqual([1, 2]);
  });
});
