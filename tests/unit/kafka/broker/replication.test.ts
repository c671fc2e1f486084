/** Copying, the high watermark and the set of in-sync replicas (REP-1, REP-2, ISR). */
import { describe, expect, it } from 'vitest';
import { plainBatch } from '../../../../src/kafka/broker/record-batch';
import { ERRORS } from '../../../../src/kafka/errors';
import { acksAllOutcome, isFollowerInSync, isOutOfSync } from '../../../../src/kafka/broker/replication/leadership';
import { followerHighWatermark, highWatermark } from '../../../../src/kafka/broker/watermarks';
import { BrokerLab, record } from './broker-lab';

const three = (settings = {}, topic = {}): BrokerLab => {
  const lab = new BrokerLab({ brokers: 3, ...settings }, topic);
  lab.rest();
  return lab;
};

describe('copying', () => {
  it('REP-1: copy, the leader learning of it, and the follower’s high watermark are three moments', () => {
    const lab = three({}, { replicas: [[1, 2]] });
    const start = lab.world.now;
    const moments: Record<string, number> = {};
    const note = (name: string, isSo: boolean): void => {
      if (isSo && !(name in moments)) moments[name] = lab.world.now - start;
    };
    lab.produce(1, '1', ['a']);
    while (!lab.world.isAtRest && lab.world.step()) {
      note('appended', lab.ends(1)[0] === 1);
      note('copied', lab.ends(2)[0] === 1);
      note('leader knows', lab.ends(1)[1] === 1);
      note('follower knows', lab.ends(2)[1] === 1);
    }
    expect(moments).toEqual({ appended: 1, copied: 2, 'leader knows': 3, 'follower knows': expect.any(Number) });
    expect(moments['follower knows']).toBeGreaterThan(3);
  });

  it('REP-2: a follower’s high watermark is its leader’s at the time of the answer, and never beyond its own log', () => {
    expect(followerHighWatermark(5, 3)).toBe(3);
    expect(followerHighWatermark(2, 3)).toBe(2);
    const lab = three();
    lab.produce(1, 'all', ['a']);
    lab.pass(4);
    expect(lab.ends(1)).toEqual([1, 1]);
    expect(lab.ends(2)).toEqual([1, 0]);
    lab.rest();
    expect(lab.ends(2)).toEqual([1, 1]);
  });

  it('REP-1: a batch that comes while a copy is under way goes with the next fetch', () => {
    const lab = three();
    lab.produce(1, '1', ['a']);
    lab.pass(1);
    lab.produce(1, '1', ['b']);
    lab.rest();
    expect([lab.log(2), lab.log(3)]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('at rest nothing is scheduled: followers’ polls are not events', () => {
    const lab = three();
    lab.produce(1, 'all', ['a']);
    lab.rest();
    expect(lab.world.pending().filter(({ isBackground }) => !isBackground)).toEqual([]);
  });
});

describe('the high watermark', () => {
  it('ISR-5, LOG-8: is the lowest log end of those that count, and never steps back on a leader', () => {
    expect(highWatermark(3, [7, 5, 9])).toBe(5);
    expect(highWatermark(6, [7, 5, 9])).toBe(6);
  });

  it('ISR-5: waits for every member of the ISR', () => {
    const lab = three();
    lab.cluster.pause(3);
    lab.pass(600);
    lab.produce(1, '1', ['a']);
    lab.pass(100);
    expect(lab.ends(1)).toEqual([1, 0]);
    expect(lab.log(2)).toEqual(['a']);
    lab.cluster.resume(3);
    lab.rest();
    expect(lab.ends(1)).toEqual([1, 1]);
  });

  it('ISR-5: waits for a caught-up replica that is about to join', () => {
    const lab = three();
    lab.cluster.kill(3);
    lab.pass(9500);
    expect(lab.describe().isr).toEqual([1, 2]);
    lab.produce(1, 'all', ['a']);
    lab.rest();
    lab.cluster.restart(3);
    while (!lab.describe().isr.includes(3)) lab.world.step();
    lab.rest();
    expect(lab.ends(3)).toEqual([1, 1]);
  });

  it('ISR-5: … for one that was caught up of late and is active, and for nobody else outside of the ISR', () => {
    const moves = (lastCaughtUpAgo: number, isActive: boolean): boolean => {
      const lab = three();
      const leadership = lab.replica(1).leadership!;
      const { now } = lab.world;
      leadership.registration = { ...leadership.registration, isr: [1, 2] };
      lab.replica(1).appendData(plainBatch([record('a')]), now);
      leadership.follower(2).logEndOffset = 1;
      leadership.follower(3).lastCaughtUpAt = now - lastCaughtUpAgo;
      return leadership.maybeIncrementHighWatermark(now, 30_000, { isActive: (id) => id !== 3 || isActive });
    };
    expect([moves(30_000, true), moves(30_001, true), moves(30_000, false)]).toEqual([false, true, true]);
  });

  it('ISR-6: does not move below min.insync.replicas, whatever acks the writes had', () => {
    const lab = three({ minInsyncReplicas: 2 });
    lab.cluster.kill(2);
    lab.cluster.kill(3);
    lab.pass(9500);
    expect(lab.describe()).toMatchObject({ isr: [1], eligibleLeaderReplicas: [3] });
    const sent = lab.produce(1, '1', ['x']);
    lab.pass(10);
    expect(sent.partition).toMatchObject({ errorCode: ERRORS.NONE, baseOffset: 0 });
    expect(lab.readable(1)).toEqual([]);
    lab.cluster.restart(2);
    lab.rest();
    expect(lab.describe().isr).toEqual([1, 2]);
    expect(lab.readable(1)).toEqual(['x']);
  });

  it('ISR-7: min.insync.replicas counts at most as many as there are replicas', () => {
    const lab = new BrokerLab({ minInsyncReplicas: 3 });
    const sent = lab.produce(1, 'all', ['a']);
    lab.rest();
    expect(sent.errorCode).toBe(ERRORS.NONE);
    expect(lab.ends(1)).toEqual([1, 1]);
  });

  it('LOG-8: a new leader begins with the high watermark that it had heard of, and catches up', () => {
    const lab = three();
    lab.produce(1, 'all', ['a']);
    lab.pass(4);
    lab.cluster.kill(1);
    expect(lab.ends(2)).toEqual([1, 0]);
    lab.cluster.pause(3);
    lab.pass(9005);
    expect(lab.describe().leader).toBe(2);
    lab.rest();
    expect(lab.readable(2)).toEqual(['a']);
  });
});

describe('the ISR', () => {
  it('ISR-1: a pending addition counts for the high watermark, a pending removal does not yet', () => {
    const lab = three();
    const leadership = lab.replica(1).leadership!;
    leadership.registration = { ...leadership.registration, isr: [1, 2] };
    leadership.pendingIsr = [1, 2, 3];
    expect(leadership.maximalIsr).toEqual([1, 2, 3]);
    leadership.pendingIsr = [1];
    expect(leadership.maximalIsr).toEqual([1, 2]);
  });

  it('ISR-2: a follower joins with all that is committed and the present epoch begun', () => {
    expect(isFollowerInSync(4, 4, 3)).toBe(true);
    expect(isFollowerInSync(3, 4, 3)).toBe(false);
    expect(isFollowerInSync(4, 4, 5)).toBe(false);
  });

  it('ISR-3: a follower leaves when it has not been caught up for replica.lag.time.max.ms; equal ends never leave', () => {
    const follower = { brokerId: 2, logEndOffset: 3, lastCaughtUpAt: 1000, poll: null };
    expect(isOutOfSync(follower, 4, 31_000, 30_000)).toBe(false);
    expect(isOutOfSync(follower, 4, 31_001, 30_000)).toBe(true);
    expect(isOutOfSync(follower, 3, 99_000, 30_000)).toBe(false);
    const lab = three({ brokerSessionTimeoutMs: 600_000, replicaLagTimeMaxMs: 10_000 });
    lab.cluster.pause(3);
    lab.pass(60_000);
    expect(lab.describe().isr).toEqual([1, 2, 3]);
    const began = lab.world.now;
    const sent = lab.produce(1, 'all', ['a']);
    while (!sent.isSettled) lab.world.step();
    expect(sent.errorCode).toBe(ERRORS.NONE);
    expect(lab.describe().isr).toEqual([1, 2]);
    // It stood still for a minute already: the next check, every half of the lag time, finds it.
    expect(lab.world.now - began).toBeLessThanOrEqual(5010);
  });

  it('ISR-3: the check runs every half of the lag time, so a follower leaves after 1 to 1.5 times of it', () => {
    const lab = three({ brokerSessionTimeoutMs: 600_000, replicaLagTimeMaxMs: 10_000 });
    lab.pass(1234);
    lab.cluster.pause(3);
    const pausedAt = lab.world.now;
    lab.pass(600);
    lab.produce(1, '1', ['a']);
    while (lab.describe().isr.length === 3) lab.world.step();
    const after = lab.world.now - pausedAt;
    expect(after).toBeGreaterThan(10_000);
    expect(after).toBeLessThanOrEqual(15_001);
  });

  it('ISR-3: the check falls on whole milliseconds, and at least one apart, however short the lag time is', () => {
    for (const replicaLagTimeMaxMs of [1, 3]) {
      const lab = three({ brokerSessionTimeoutMs: 600_000, replicaLagTimeMaxMs });
      lab.cluster.pause(3);
      lab.pass(600);
      const sent = lab.produce(1, 'all', ['a']);
      for (let steps = 0; steps < 200 && !sent.isSettled; steps += 1) lab.world.step();
      expect(sent.errorCode).toBe(ERRORS.NONE);
      expect(lab.describe().isr).toEqual([1, 2]);
      expect(Number.isInteger(lab.world.now)).toBe(true);
    }
  });

  it('ISR-4: the controller takes a fenced broker out of every ISR at once', () => {
    const lab = three();
    lab.cluster.kill(3);
    lab.pass(8999);
    expect(lab.describe().isr).toEqual([1, 2, 3]);
    lab.pass(2);
    expect(lab.describe().isr).toEqual([1, 2]);
  });

  it('ISR-4: a broker that shuts down in order leaves before it stops, and acks=all goes on', () => {
    const lab = three({ minInsyncReplicas: 2 });
    lab.cluster.shutdown(3);
    lab.pass(2);
    expect(lab.describe().isr).toEqual([1, 2]);
    const sent = lab.produce(1, 'all', ['a']);
    lab.rest();
    expect(sent.errorCode).toBe(ERRORS.NONE);
  });

  it('ISR-8: what is committed survives as long as one member of the ISR does', () => {
    const lab = three();
    lab.produce(1, 'all', ['a']);
    lab.rest();
    lab.cluster.kill(1);
    lab.cluster.kill(2);
    lab.pass(9500);
    expect(lab.describe().leader).toBe(3);
    expect(lab.readable(3)).toEqual(['a']);
  });

  it('ISR-1: the controller refuses a leader that knows an old state', () => {
    const lab = three();
    const { controller } = lab.cluster;
    const known = controller.partition('orders', 0)!;
    expect(controller.alterPartition(known, [1, 2])).toBe(true);
    expect(controller.alterPartition(known, [1, 3])).toBe(false);
    expect(lab.describe().isr).toEqual([1, 2]);
  });
});

describe('acks=all', () => {
  it('ACK-9: NOT_ENOUGH_REPLICAS_AFTER_APPEND only once the high watermark has passed', () => {
    expect(acksAllOutcome(4, 5, 1, 2)).toBeNull();
    expect(acksAllOutcome(5, 5, 2, 2)).toBe(ERRORS.NONE);
    expect(acksAllOutcome(5, 5, 1, 2)).toBe(ERRORS.NOT_ENOUGH_REPLICAS_AFTER_APPEND);
  });
});
