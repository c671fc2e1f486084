/** Who may commit, and what is committed. */
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../../../src/kafka/errors';
import { GroupLab } from './group-lab';

describe('OFS-5: who may commit, row by row', () => {
  it('OFS-5: group unknown, generation < 0: a simple group, OK', () => {
    const g = new GroupLab();
    expect(g.commit('', -1, 3)).toBe('NONE');
    expect(g.committed()).toBe(3);
    expect(g.commit('m', 1, 4)).toBe('UNKNOWN_MEMBER_ID');
  });

  it('OFS-5: group unknown, generation ≥ 0: GROUP_ID_NOT_FOUND, ILLEGAL_GENERATION before version 9', () => {
    expect(new GroupLab().commit('m', 1, 3)).toBe('GROUP_ID_NOT_FOUND');
    expect(new GroupLab().commit('m', 1, 3, { apiVersion: 8 })).toBe('ILLEGAL_GENERATION');
  });

  it('OFS-5: group DEAD: COORDINATOR_NOT_AVAILABLE', () => {
    const g = new GroupLab();
    const a = g.one();
    g.group.state = 'dead';
    expect(g.commit(a, 1, 3)).toBe('COORDINATOR_NOT_AVAILABLE');
    expect(g.heartbeat(a, 1)).toBe('COORDINATOR_NOT_AVAILABLE');
    expect(g.txnCommit(3)).toBe('COORDINATOR_NOT_AVAILABLE');
    expect(g.join('').answer?.errorCode).toBe(ERRORS.COORDINATOR_NOT_AVAILABLE);
  });

  it('OFS-5: generation < 0 while members are active: UNKNOWN_MEMBER_ID; once the group is EMPTY: OK (DIF-51)', () => {
    const g = new GroupLab();
    const a = g.one();
    expect(g.commit('', -1, 3)).toBe('UNKNOWN_MEMBER_ID');
    g.leave(a);
    expect(g.group.state).toBe('empty');
    expect(g.commit('', -1, 3)).toBe('NONE');
  });

  it('OFS-5: static instance id held by another member: FENCED_INSTANCE_ID (DIF-53)', () => {
    const g = new GroupLab();
    const first = g.joinStatic('s');
    g.sync(first.memberId, 1, [first.memberId]);
    const second = g.joinStatic('s');
    expect(second).toMatchObject({ errorCode: ERRORS.NONE, generationId: 1 });
    expect(second.memberId).not.toBe(first.memberId);
    expect(g.commit(first.memberId, 1, 3, { instance: 's' })).toBe('FENCED_INSTANCE_ID');
    expect(g.heartbeat(first.memberId, 1, 's')).toBe('FENCED_INSTANCE_ID');
    expect(g.commit(second.memberId, 1, 3, { instance: 's' })).toBe('NONE');
  });

  it('OFS-5: an instance id that nobody holds: UNKNOWN_MEMBER_ID, also from a member', () => {
    const g = new GroupLab();
    const a = g.one();
    expect(g.commit(a, 1, 3, { instance: 's' })).toBe('UNKNOWN_MEMBER_ID');
    expect(g.heartbeat(a, 1, 's')).toBe('UNKNOWN_MEMBER_ID');
    expect(g.commit(a, 1, 3)).toBe('NONE');
  });

  it('OFS-5: member id not in the group: UNKNOWN_MEMBER_ID, the offset stays (DIF-47)', () => {
    const g = new GroupLab();
    const a = g.one();
    expect(g.commit(a, 1, 1)).toBe('NONE');
    g.pass(6001);
    expect(g.commit(a, 1, 2)).toBe('UNKNOWN_MEMBER_ID');
    expect(g.committed()).toBe(1);
  });

  it('OFS-5: generation not the current one: ILLEGAL_GENERATION (DIF-48)', () => {
    const g = new GroupLab();
    const [a] = g.two();
    expect(g.commit(a, 1, 1)).toBe('ILLEGAL_GENERATION');
  });

  it('OFS-5: COMPLETING_REBALANCE: REBALANCE_IN_PROGRESS (DIF-50)', () => {
    const g = new GroupLab();
    const { memberId } = g.beginJoin();
    expect(g.group.state).toBe('completing-rebalance');
    expect(g.commit(memberId, 1, 1)).toBe('REBALANCE_IN_PROGRESS');
  });

  it('OFS-8: PREPARING_REBALANCE, by a member that has not re-joined: OK (DIF-49)', () => {
    const g = new GroupLab();
    const a = g.one();
    const newcomer = g.beginJoin();
    expect(newcomer.join.answer).toBeUndefined();
    expect(g.group.state).toBe('preparing-rebalance');
    expect(g.commit(a, 1, 2)).toBe('NONE');
  });

  it('OFS-5: a commit counts as a heartbeat', () => {
    const g = new GroupLab();
    const a = g.one();
    g.pass(4000);
    expect(g.commit(a, 1, 1)).toBe('NONE');
    g.pass(4000);
    expect(g.heartbeat(a, 1)).toBe('NONE');
  });
});

describe('what is committed', () => {
  it('OFS-2, OFS-3: backwards, beyond the log and negative values are stored; the last one wins (DIF-35, DIF-36)', () => {
    const g = new GroupLab();
    const a = g.one();
    for (const offset of [3, 1, 100, -2]) {
      expect(g.commit(a, 1, offset)).toBe('NONE');
      expect(g.committed()).toBe(offset);
    }
  });

  it('OFS-7: a member may commit a partition that is assigned to another (DIF-52)', () => {
    const g = new GroupLab();
    const [a] = g.two();
    expect(g.commit(a, 2, 5, { partition: 1 })).toBe('NONE');
    expect(g.committed(1)).toBe(5);
  });

  it('OFS-4: a partition that does not exist is refused, nothing committed is -1', () => {
    const g = new GroupLab();
    const a = g.one();
    expect(g.commit(a, 1, 5, { partition: 9 })).toBe('UNKNOWN_TOPIC_OR_PARTITION');
    expect(g.committed(0)).toBe(-1);
  });

  it('OFS-4: all offsets of a group, those of other groups left out', () => {
    const g = new GroupLab();
    g.commit('', -1, 4, { partition: 3 });
    g.commit('', -1, 2, { partition: 1 });
    const all = (groupId: string): unknown =>
      g.send({ api: 'OffsetFetch', groupId, requireStable: true, topics: null }).answer!.topics;
    expect(all('g')).toEqual([
      {
        name: 'orders',
        partitions: [
          { partitionIndex: 1, committedOffset: 2, metadata: null, errorCode: 0 },
          { partitionIndex: 3, committedOffset: 4, metadata: null, errorCode: 0 },
        ],
      },
    ]);
    expect(all('h')).toEqual([]);
  });

  it('OFS-12: whichever commit comes last counts, also one that was sent before', () => {
    const g = new GroupLab();
    const a = g.one();
    g.commit(a, 1, 5);
    g.commit(a, 1, 3);
    expect(g.committed()).toBe(3);
  });
});

describe('OFS-1: a commit counts once it is replicated', () => {
  it('OFS-1: it is answered then, and read only then', () => {
    const g = new GroupLab();
    const a = g.one();
    g.commit(a, 1, 1);
    g.host.holdsReplication = true;
    const waiting = g.sendCommit(a, 1, 2);
    expect(waiting.answer).toBeUndefined();
    expect(g.committed()).toBe(1);
    g.host.replicate();
    g.pass(2);
    expect(waiting.answer?.topics[0]!.partitions[0]!.errorCode).toBe(ERRORS.NONE);
    expect(g.committed()).toBe(2);
  });

  it('OFS-1: after offsets.commit.timeout.ms nobody waits any longer, and it may still count later', () => {
    const g = new GroupLab();
    const a = g.one({ sessionTimeoutMs: 60_000 });
    g.host.holdsReplication = true;
    const waiting = g.sendCommit(a, 1, 2);
    g.pass(4990);
    expect(waiting.answer).toBeUndefined();
    g.pass(10);
    expect(waiting.answer?.topics[0]!.partitions[0]!.errorCode).toBe(ERRORS.COORDINATOR_NOT_AVAILABLE);
    expect(g.committed()).toBe(-1);
    g.host.replicate();
    expect(g.committed()).toBe(2);
  });

  it('OFS-1: one that cannot be written is refused and changes nothing', () => {
    const g = new GroupLab();
    const a = g.one();
    g.host.refuses = ERRORS.NOT_ENOUGH_REPLICAS;
    expect(g.commit(a, 1, 1)).toBe('COORDINATOR_NOT_AVAILABLE');
    g.host.refuses = ERRORS.NOT_LEADER_OR_FOLLOWER;
    expect(g.commit(a, 1, 1)).toBe('NOT_COORDINATOR');
    expect(g.committed()).toBe(-1);
    expect(g.world.history.commits).toEqual([]);
  });

  it('OFS-11: no answered commit is lost with its coordinator; one under way is told NOT_COORDINATOR', () => {
    const g = new GroupLab();
    const a = g.one();
    g.commit(a, 1, 1);
    g.commit(a, 1, 4, { partition: 1 });
    g.commit(a, 1, 2);
    g.host.holdsReplication = true;
    const waiting = g.sendCommit(a, 1, 3, { partition: 2 });
    g.failOver();
    g.pass(2);
    expect(waiting.answer?.topics[0]!.partitions[0]!.errorCode).toBe(ERRORS.NOT_COORDINATOR);
    expect([g.committed(0), g.committed(1)]).toEqual([2, 4]);
    expect(g.commit(a, 1, 9)).toBe('NONE');
  });
});

describe('OFS-10: expiry', () => {
  const WEEK = 7 * 86_400_000;
  const CHECK = 600_000;

  it('OFS-10: an empty group loses everything a retention after its last member has left', () => {
    const g = new GroupLab({ groupMaxSessionTimeoutMs: 100 * WEEK });
    const a = g.one({ sessionTimeoutMs: 50 * WEEK });
    g.commit(a, 1, 5);
    // How old the commit is does not count.
    g.pass(WEEK / 2);
    g.leave(a);
    g.pass(WEEK - CHECK);
    expect(g.committed()).toBe(5);
    g.pass(2 * CHECK);
    expect(g.committed()).toBe(-1);
    expect(g.group).toBeUndefined();
    g.failOver();
    expect(g.committed()).toBe(-1);
  });

  it('OFS-10: a simple group loses each offset a retention after its last commit', () => {
    const g = new GroupLab();
    g.commit('', -1, 1);
    g.commit('', -1, 2, { partition: 1 });
    g.pass(WEEK / 2);
    g.commit('', -1, 3);
    g.pass(WEEK / 2 + CHECK);
    expect([g.committed(0), g.committed(1)]).toEqual([3, -1]);
    g.pass(WEEK);
    expect(g.committed(0)).toBe(-1);
  });

  it('OFS-10: a stable group keeps what it subscribes to, however old', () => {
    const g = new GroupLab({ groupMaxSessionTimeoutMs: 100 * WEEK });
    const a = g.one({ sessionTimeoutMs: 50 * WEEK });
    g.commit(a, 1, 5);
    g.pass(2 * WEEK);
    expect(g.committed()).toBe(5);
  });

  it('OFS-10: a stable group loses what it no longer subscribes to', () => {
    const g = new GroupLab({ groupMaxSessionTimeoutMs: 100 * WEEK });
    const a = g.one({ sessionTimeoutMs: 50 * WEEK, protocols: [{ name: 'range', topics: ['payments'] }] });
    g.commit(a, 1, 5);
    g.pass(2 * WEEK);
    expect(g.committed()).toBe(-1);
    expect(g.heartbeat(a, 1)).toBe('NONE');
  });

  it('OFS-10: not while the offset of a transaction is pending', () => {
    const g = new GroupLab();
    g.commit('', -1, 1);
    g.txnCommit(2);
    g.pass(2 * WEEK);
    expect(g.committed(0, false)).toBe(1);
    g.mark('ABORT');
    g.pass(CHECK);
    expect(g.committed(0, false)).toBe(-1);
  });

  it('OFS-10: a deletion that cannot be written has not happened', () => {
    const g = new GroupLab();
    g.commit('', -1, 1);
    g.pass(WEEK + CHECK);
    g.host.refuses = ERRORS.NOT_ENOUGH_REPLICAS;
    expect(g.committed()).toBe(1);
    g.host.refuses = ERRORS.NONE;
    g.pass(CHECK);
    expect(g.committed()).toBe(-1);
  });
});
