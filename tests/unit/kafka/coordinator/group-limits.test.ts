/** Static members, assignors, limits, and another coordinator taking over. */
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../../../src/kafka/errors';
import { GroupLab } from './group-lab';

const RANGE = { name: 'range', topics: ['orders'] };
const ROUND_ROBIN = { name: 'roundrobin', topics: ['orders'] };

describe('GRP-12: static members', () => {
  /** A static leader and a dynamic follower, stable in generation 2. */
  function withFollower(): { g: GroupLab; leader: string; follower: string } {
    const g = new GroupLab();
    const leader = g.joinStatic('s').memberId;
    g.sync(leader, 1, [leader]);
    const { memberId: follower } = g.beginJoin();
    g.join(leader, { groupInstanceId: 's' });
    g.sync(follower, 2, null);
    g.sync(leader, 2, [leader, follower]);
    return { g, leader, follower };
  }

  it('GRP-12: who returns keeps generation and partitions; nobody else is disturbed (DIF-54)', () => {
    const { g, leader, follower } = withFollower();
    const again = g.joinStatic('s');
    expect(again).toMatchObject({ errorCode: ERRORS.NONE, generationId: 2, members: [] });
    expect(again.memberId).not.toBe(leader);
    expect(again.leader).not.toBe(again.memberId);
    expect(g.group.state).toBe('stable');
    expect(g.heartbeat(follower, 2)).toBe('NONE');
    expect(g.sync(again.memberId, 2, null).answer).toMatchObject({
      errorCode: ERRORS.NONE,
      assignment: [{ name: 'orders', partitions: [0] }],
    });
  });

  it('GRP-12: the old holder is fenced on heartbeat, sync and join', () => {
    const { g, leader } = withFollower();
    g.joinStatic('s');
    expect(g.heartbeat(leader, 2, 's')).toBe('FENCED_INSTANCE_ID');
    expect(g.join(leader, { groupInstanceId: 's' }).answer?.errorCode).toBe(ERRORS.FENCED_INSTANCE_ID);
    const sync = { api: 'SyncGroup' as const, groupId: 'g', generationId: 2, memberId: leader, assignments: [] };
    expect(g.send({ ...sync, groupInstanceId: 's' }).answer?.errorCode).toBe(ERRORS.FENCED_INSTANCE_ID);
  });

  it('GRP-12: the newest wins, however often', () => {
    const { g } = withFollower();
    const holders = [g.joinStatic('s'), g.joinStatic('s'), g.joinStatic('s')].map(({ memberId }) => memberId);
    expect(holders.map((id) => g.heartbeat(id, 2, 's'))).toEqual(['FENCED_INSTANCE_ID', 'FENCED_INSTANCE_ID', 'NONE']);
  });

  it('GRP-12: the subscription is not compared: a topic that is new in it goes to nobody', () => {
    const { g } = withFollower();
    const again = g.joinStatic('s', { protocols: [{ name: 'range', topics: ['orders', 'payments'] }] });
    expect(again).toMatchObject({ errorCode: ERRORS.NONE, generationId: 2 });
    expect(g.group.state).toBe('stable');
  });

  it('GRP-12: another assignor for the group rebalances', () => {
    const g = new GroupLab();
    const a = g.joinStatic('s', { protocols: [RANGE, ROUND_ROBIN] }).memberId;
    g.sync(a, 1, [a]);
    expect(g.joinStatic('s', { protocols: [ROUND_ROBIN, RANGE] })).toMatchObject({
      generationId: 2,
      protocolName: 'roundrobin',
    });
  });

  it('GRP-12: a static member returning in the sync phase restarts the rebalance', () => {
    const g = new GroupLab();
    const a = g.joinStatic('s').memberId;
    const { memberId: b } = g.beginJoin();
    g.join(a, { groupInstanceId: 's' });
    expect(g.group.state).toBe('completing-rebalance');
    const waiting = g.sync(b, 2, null);
    const again = g.join('', { groupInstanceId: 's' });
    expect(waiting.answer).toMatchObject({ errorCode: ERRORS.REBALANCE_IN_PROGRESS });
    expect(g.group.state).toBe('preparing-rebalance');
    g.join(b);
    expect(again.answer).toMatchObject({ generationId: 3 });
  });

  it('GRP-12: a join that waits is fenced by the newer one', () => {
    const g = new GroupLab();
    const a = g.one();
    const first = g.join('', { groupInstanceId: 's' });
    const second = g.join('', { groupInstanceId: 's' });
    expect(first.answer?.errorCode).toBe(ERRORS.FENCED_INSTANCE_ID);
    g.join(a);
    expect(second.answer).toMatchObject({ errorCode: ERRORS.NONE, generationId: 2 });
  });

  it('GRP-12: a new id that cannot be written leaves the old one in its place', () => {
    const { g, leader } = withFollower();
    g.host.refuses = ERRORS.NOT_ENOUGH_REPLICAS;
    expect(g.joinStatic('s').errorCode).toBe(ERRORS.COORDINATOR_NOT_AVAILABLE);
    expect(g.heartbeat(leader, 2, 's')).toBe('NONE');
  });

  it('GRP-12: until the session expires nobody gets its partitions', () => {
    const { g, follower } = withFollower();
    g.pass(4000);
    expect(g.heartbeat(follower, 2)).toBe('NONE');
    g.pass(2100);
    expect(g.heartbeat(follower, 2)).toBe('REBALANCE_IN_PROGRESS');
  });
});

describe('GRP-16: assignors', () => {
  it('GRP-16: a newcomer without a common one is INCONSISTENT_GROUP_PROTOCOL, so is one without any', () => {
    const g = new GroupLab();
    expect(g.join('', { protocols: [] }).answer?.errorCode).toBe(ERRORS.INCONSISTENT_GROUP_PROTOCOL);
    g.one();
    const kafkaJs = { protocols: [{ name: 'RoundRobinAssigner', topics: ['orders'] }] };
    expect(g.join('', kafkaJs).answer?.errorCode).toBe(ERRORS.INCONSISTENT_GROUP_PROTOCOL);
    expect(g.join('', { protocolType: 'connect' }).answer?.errorCode).toBe(ERRORS.INCONSISTENT_GROUP_PROTOCOL);
  });

  it('GRP-16: among the common ones every member votes for its first', () => {
    const g = new GroupLab();
    const a = g.one({ protocols: [RANGE, ROUND_ROBIN] });
    const joins = [0, 1].map(() => g.beginJoin({ protocols: [ROUND_ROBIN, RANGE] }).join);
    expect(g.join(a, { protocols: [RANGE, ROUND_ROBIN] }).answer).toMatchObject({ protocolName: 'roundrobin' });
    expect(joins[0]!.answer).toMatchObject({ protocolName: 'roundrobin' });
  });

  it('GRP-10: one that not all support is not taken, whoever prefers it', () => {
    const g = new GroupLab();
    const sticky = { name: 'cooperative-sticky', topics: ['orders'] };
    const a = g.one({ protocols: [sticky, RANGE] });
    g.beginJoin({ protocols: [RANGE] });
    expect(g.join(a, { protocols: [sticky, RANGE] }).answer).toMatchObject({ protocolName: 'range' });
  });
});

describe('limits', () => {
  it.each([
    [999, 'below'],
    [1_800_001, 'above'],
  ])('GRP-2: a session time-out of %d ms is INVALID_SESSION_TIMEOUT (%s the bounds)', (sessionTimeoutMs) => {
    const { answer } = new GroupLab().join('', { sessionTimeoutMs });
    expect(answer?.errorCode).toBe(ERRORS.INVALID_SESSION_TIMEOUT);
  });

  it('GRP-3: group.max.size: who comes too late is GROUP_MAX_SIZE_REACHED, and a place can become free', () => {
    const g = new GroupLab({ groupMaxSize: 2 });
    const [a, b] = g.two();
    expect(g.join('').answer?.errorCode).toBe(ERRORS.GROUP_MAX_SIZE_REACHED);
    expect(g.join(b).answer).toMatchObject({ errorCode: ERRORS.NONE });
    g.leave(a);
    expect(g.join('').answer?.errorCode).toBe(ERRORS.MEMBER_ID_REQUIRED);
  });

  it('GRP-3: group.max.size in the join phase: the first to re-join have the places', () => {
    const g = new GroupLab({ groupMaxSize: 2 });
    const [a, b] = g.two();
    g.join(a);
    const newcomer = g.join('', { groupInstanceId: 'late' });
    expect(g.join(b).answer?.errorCode).toBe(ERRORS.GROUP_MAX_SIZE_REACHED);
    expect(newcomer.answer).toBeUndefined();
  });
});

describe('GRP-15: another coordinator', () => {
  it('GRP-15: members, generation, assignment and offsets survive; nobody has to join again', () => {
    const g = new GroupLab();
    const [a, b] = g.two();
    g.commit(a, 2, 5);
    g.failOver();
    expect(g.heartbeat(a, 2)).toBe('NONE');
    expect(g.commit(b, 2, 6)).toBe('NONE');
    expect(g.sync(b, 2, null).answer).toMatchObject({ assignment: [{ name: 'orders', partitions: [1] }] });
    expect(g.join(b).answer).toMatchObject({ errorCode: ERRORS.NONE, generationId: 2 });
    expect(g.group).toMatchObject({ state: 'stable', leader: a, protocolName: 'range' });
  });

  it('GRP-15: sessions begin anew', () => {
    const g = new GroupLab();
    const [a, b] = g.two();
    g.pass(5000);
    g.failOver();
    g.pass(5000);
    expect(g.heartbeat(a, 2)).toBe('NONE');
    g.pass(5000);
    expect(g.heartbeat(b, 2)).toBe('UNKNOWN_MEMBER_ID');
    expect(g.heartbeat(a, 2)).toBe('REBALANCE_IN_PROGRESS');
  });

  it('GRP-15: a rebalance under way is forgotten: parked requests are told NOT_COORDINATOR, the old generation holds', () => {
    const g = new GroupLab();
    const a = g.one();
    const { join } = g.beginJoin();
    g.failOver();
    g.pass(2);
    expect(join.answer?.errorCode).toBe(ERRORS.NOT_COORDINATOR);
    expect(g.heartbeat(a, 1)).toBe('NONE');
    const next = g.beginJoin();
    expect(next.memberId).not.toBe('');
    g.join(a);
    expect(next.join.answer).toMatchObject({ generationId: 2 });
  });

  it('GRP-15: a sync that waits is told NOT_COORDINATOR, and its assignment is not lost if it was written', () => {
    const g = new GroupLab();
    const { memberId: a } = g.beginJoin();
    g.host.holdsReplication = true;
    const waiting = g.sync(a, 1, [a]);
    g.failOver();
    g.pass(2);
    expect(waiting.answer).toMatchObject({ errorCode: ERRORS.NOT_COORDINATOR });
    expect(g.sync(a, 1, null).answer).toMatchObject({ assignment: [{ name: 'orders', partitions: [0] }] });
  });

  it('GRP-15: an empty group is empty, with its generation', () => {
    const g = new GroupLab();
    g.leave(g.one());
    g.failOver();
    expect(g.group).toMatchObject({ state: 'empty', generationId: 2 });
    expect(g.beginJoin().join.answer).toMatchObject({ generationId: 3 });
  });

  it('GRP-15: ids of members are never given twice', () => {
    const g = new GroupLab();
    const a = g.one();
    g.failOver();
    expect(g.join('').answer!.memberId).not.toBe(a);
  });

  it('GRP-15: the coordinator that was leaves no timers behind', () => {
    const g = new GroupLab();
    g.two();
    g.beginJoin();
    g.shard.unload();
    g.pass(5);
    expect(g.world.pending()).toEqual([]);
  });
});
