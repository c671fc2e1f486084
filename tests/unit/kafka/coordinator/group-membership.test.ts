/** Joining, syncing, heartbeats and leaving of classic groups. */
import { describe, expect, it } from 'vitest';
import {
  GROUP_TRANSITIONS,
  ClassicGroup,
  type GroupState,
} from '../../../../src/kafka/coordinator/group/classic-group';
import { ERRORS } from '../../../../src/kafka/errors';
import { GroupLab } from './group-lab';

describe('GRP-1: states', () => {
  const STATES = Object.keys(GROUP_TRANSITIONS) as GroupState[];

  it.each(STATES)('GRP-1: from %s only as the table says', (from) => {
    for (const to of STATES) {
      const group = new ClassicGroup('g');
      group.state = from;
      const move = (): void => group.transitionTo(to);
      if (GROUP_TRANSITIONS[from].includes(to)) expect(move).not.toThrow();
      else expect(move).toThrow(`no move from ${from} to ${to}`);
    }
  });

  it('GRP-1: when the last member leaves the group is EMPTY, and the generation goes up all the same', () => {
    const g = new GroupLab();
    const a = g.one();
    expect(g.group.generationId).toBe(1);
    expect(g.leave(a)).toBe('NONE');
    expect(g.group).toMatchObject({ state: 'empty', generationId: 2, leader: '', protocolName: null });
    const { join } = g.beginJoin();
    expect(join.answer).toMatchObject({ generationId: 3 });
  });

  it('GRP-1: … also when its session has expired', () => {
    const g = new GroupLab();
    g.one();
    g.pass(6001);
    expect(g.group).toMatchObject({ state: 'empty', generationId: 2 });
  });
});

describe('GRP-2: member ids', () => {
  it('GRP-2: a first join gets an id, and the group waits for whoever has one', () => {
    const g = new GroupLab();
    const a = g.one();
    const promised = g.join('').answer!;
    expect(promised).toMatchObject({ errorCode: ERRORS.MEMBER_ID_REQUIRED, generationId: -1 });
    g.beginJoin();
    const rejoin = g.join(a);
    expect(rejoin.answer).toBeUndefined();
    g.join(promised.memberId);
    expect(rejoin.answer).toMatchObject({ errorCode: ERRORS.NONE, generationId: 2 });
    expect(rejoin.answer!.members).toHaveLength(3);
  });

  it('GRP-2: an id that is not used is forgotten after the session time-out, and the others go on', () => {
    const g = new GroupLab();
    const a = g.one({ sessionTimeoutMs: 30_000 });
    const promised = g.join('', { sessionTimeoutMs: 6000 }).answer!;
    const rejoin = g.join(a);
    expect(rejoin.answer).toBeUndefined();
    g.pass(6000);
    expect(rejoin.answer).toMatchObject({ generationId: 2 });
    expect(g.join(promised.memberId).answer?.errorCode).toBe(ERRORS.UNKNOWN_MEMBER_ID);
  });

  it('GRP-2: an id may be given back', () => {
    const g = new GroupLab();
    const a = g.one();
    const promised = g.join('').answer!;
    const rejoin = g.join(a);
    expect(g.leave(promised.memberId)).toBe('NONE');
    expect(rejoin.answer).toMatchObject({ generationId: 2 });
    expect(g.leave(promised.memberId)).toBe('UNKNOWN_MEMBER_ID');
  });

  it('GRP-2: an id that nobody gave is UNKNOWN_MEMBER_ID, in a known group and in an unknown one', () => {
    const g = new GroupLab();
    expect(g.join('nobody').answer?.errorCode).toBe(ERRORS.UNKNOWN_MEMBER_ID);
    g.one();
    expect(g.join('nobody').answer?.errorCode).toBe(ERRORS.UNKNOWN_MEMBER_ID);
  });

  it('GRP-2: a group name must not be empty', () => {
    expect(new GroupLab().join('', { groupId: '' }).answer?.errorCode).toBe(ERRORS.INVALID_GROUP_ID);
  });

  it('GRP-2: a first join whose sender has gone is given up after five minutes', () => {
    const g = new GroupLab();
    const a = g.one({ rebalanceTimeoutMs: 1_000_000, sessionTimeoutMs: 1_000_000 });
    const { join } = g.beginJoin({ rebalanceTimeoutMs: 1_000_000 });
    g.pass(299_000);
    expect(join.answer).toBeUndefined();
    g.pass(1000);
    expect(join.answer?.errorCode).toBe(ERRORS.UNKNOWN_MEMBER_ID);
    expect([...g.group.members.keys()]).toEqual([a]);
  });
});

describe('GRP-3, GRP-4: the join phase', () => {
  it('GRP-3: a rebalance waits for every known member, then the generation goes up by one', () => {
    const g = new GroupLab();
    const a = g.one();
    const { join } = g.beginJoin();
    expect(join.answer).toBeUndefined();
    expect(g.heartbeat(a, 1)).toBe('REBALANCE_IN_PROGRESS');
    const rejoin = g.join(a);
    expect(rejoin.answer).toMatchObject({ generationId: 2, leader: a });
    expect(rejoin.answer!.members).toHaveLength(2);
    expect(join.answer).toMatchObject({ generationId: 2, leader: a, members: [] });
  });

  it('GRP-3: who has not re-joined by the rebalance time-out is removed', () => {
    const g = new GroupLab();
    const a = g.one();
    const { memberId: b, join } = g.beginJoin({ rebalanceTimeoutMs: 60_000 });
    for (let i = 0; i < 13; i += 1) {
      g.heartbeat(a, 1);
      g.pass(5000);
    }
    expect(join.answer).toMatchObject({ generationId: 2, leader: b });
    expect(g.heartbeat(a, 1)).toBe('UNKNOWN_MEMBER_ID');
  });

  it('GRP-3: a static member that has not re-joined is kept', () => {
    const g = new GroupLab();
    const a = g.joinStatic('s', { sessionTimeoutMs: 200_000, rebalanceTimeoutMs: 10_000 }).memberId;
    g.sync(a, 1, [a]);
    const { memberId: b, join } = g.beginJoin({ rebalanceTimeoutMs: 10_000 });
    g.pass(10_000);
    expect(join.answer).toMatchObject({ generationId: 2, leader: b });
    expect([...g.group.members.keys()].sort()).toEqual([a, b].sort());
    expect(join.answer!.members).toHaveLength(2);
    expect(g.heartbeat(a, 2, 's')).toBe('NONE');
  });

  it('GRP-3: when nobody has re-joined and static members are left, their sessions decide', () => {
    const g = new GroupLab();
    const a = g.joinStatic('s', { sessionTimeoutMs: 100_000, rebalanceTimeoutMs: 10_000 }).memberId;
    g.sync(a, 1, [a]);
    const { memberId: b } = g.beginJoin({ rebalanceTimeoutMs: 10_000 });
    g.leave(b);
    expect(g.group.state).toBe('preparing-rebalance');
    g.pass(30_000);
    expect(g.group).toMatchObject({ state: 'preparing-rebalance', generationId: 1 });
    g.pass(80_000);
    expect(g.group).toMatchObject({ state: 'empty', generationId: 2 });
  });

  it('GRP-4: the first join of an empty group waits the initial delay', () => {
    const g = new GroupLab({ groupInitialRebalanceDelayMs: 3000 });
    const { join } = g.beginJoin();
    g.pass(2900);
    expect(join.answer).toBeUndefined();
    g.pass(200);
    expect(join.answer).toMatchObject({ errorCode: ERRORS.NONE, generationId: 1 });
  });

  it('GRP-4: it begins anew while newcomers arrive, and all are in one generation', () => {
    const g = new GroupLab({ groupInitialRebalanceDelayMs: 3000 });
    const first = g.beginJoin();
    g.pass(2000);
    const second = g.beginJoin();
    g.pass(2000);
    expect(first.join.answer).toBeUndefined();
    const third = g.beginJoin();
    g.pass(4900);
    expect(first.join.answer).toBeUndefined();
    g.pass(200);
    expect([first, second, third].map(({ join }) => join.answer?.generationId)).toEqual([1, 1, 1]);
  });

  it('GRP-4: … at most for the rebalance time-out', () => {
    const g = new GroupLab({ groupInitialRebalanceDelayMs: 3000 });
    const first = g.beginJoin({ rebalanceTimeoutMs: 7000 });
    const begun = g.world.now;
    while (first.join.answer === undefined && g.world.now < begun + 20_000) {
      g.beginJoin({ rebalanceTimeoutMs: 7000 });
      g.pass(500);
    }
    expect(first.join.answer).toMatchObject({ errorCode: ERRORS.NONE });
    expect(g.world.now - begun).toBeGreaterThan(6500);
    expect(g.world.now - begun).toBeLessThan(8000);
  });

  it('GRP-4: a group that has been empty before waits again', () => {
    const g = new GroupLab({ groupInitialRebalanceDelayMs: 3000 });
    const { memberId } = g.beginJoin();
    g.pass(3000);
    g.leave(memberId);
    const { join } = g.beginJoin();
    g.pass(2900);
    expect(join.answer).toBeUndefined();
    g.pass(200);
    expect(join.answer).toMatchObject({ generationId: 3 });
  });
});

describe('GRP-5: the sync phase', () => {
  it('GRP-5: the assignment counts once it is replicated', () => {
    const g = new GroupLab();
    const { memberId: a } = g.beginJoin();
    g.host.holdsReplication = true;
    const waiting = g.sync(a, 1, [a]);
    expect(waiting.answer).toBeUndefined();
    expect(g.group.state).toBe('completing-rebalance');
    g.host.replicate();
    g.pass(2);
    expect(waiting.answer).toMatchObject({ errorCode: ERRORS.NONE, assignment: [{ name: 'orders', partitions: [0] }] });
    expect(g.group.state).toBe('stable');
  });

  it('GRP-5: when it cannot be written every sync fails and the group starts over', () => {
    const g = new GroupLab();
    const [a, b] = g.two();
    g.join(a);
    const rejoin = g.join(b);
    expect(rejoin.answer).toMatchObject({ generationId: 3 });
    g.host.refuses = ERRORS.NOT_ENOUGH_REPLICAS;
    const follower = g.sync(b, 3, null);
    expect(g.sync(a, 3, [a, b]).answer).toMatchObject({ errorCode: ERRORS.COORDINATOR_NOT_AVAILABLE });
    expect(follower.answer).toMatchObject({ errorCode: ERRORS.COORDINATOR_NOT_AVAILABLE });
    expect(g.group.state).toBe('preparing-rebalance');
  });

  it('GRP-5: a leader that never syncs is removed with its session, and the others start over', () => {
    const g = new GroupLab();
    const a = g.one();
    const { memberId: b } = g.beginJoin();
    g.join(a);
    const waiting = g.sync(b, 2, null);
    expect(waiting.answer).toBeUndefined();
    g.pass(6100);
    expect(waiting.answer).toMatchObject({ errorCode: ERRORS.REBALANCE_IN_PROGRESS });
    expect(g.join(b).answer).toMatchObject({ generationId: 3, leader: b });
  });

  it.each([
    ['the leader', 0],
    ['a follower', 1],
  ])('GRP-5: %s that sends heartbeats and does not sync is removed after the rebalance time-out', (_who, silent) => {
    const g = new GroupLab();
    const a = g.one();
    const { memberId: b } = g.beginJoin();
    g.join(a);
    const [mute, other] = silent === 0 ? [a, b] : [b, a];
    g.sync(other, 2, silent === 0 ? null : [a, b]);
    for (let i = 0; i < 13; i += 1) {
      g.heartbeat(mute, 2);
      g.heartbeat(other, 2);
      g.pass(5000);
    }
    expect([...g.group.members.keys()]).toEqual([other]);
    expect(g.heartbeat(mute, 2)).toBe('UNKNOWN_MEMBER_ID');
  });

  it('GRP-5: a sync in a stable group gets the assignment again; an old generation, a stranger and a join phase do not', () => {
    const g = new GroupLab();
    const [a, b] = g.two();
    expect(g.sync(b, 2, null).answer).toMatchObject({ assignment: [{ name: 'orders', partitions: [1] }] });
    expect(g.sync(b, 1, null).answer).toMatchObject({ errorCode: ERRORS.ILLEGAL_GENERATION });
    expect(g.sync('nobody', 2, null).answer).toMatchObject({ errorCode: ERRORS.UNKNOWN_MEMBER_ID });
    g.join(a);
    expect(g.sync(b, 2, null).answer).toMatchObject({ errorCode: ERRORS.REBALANCE_IN_PROGRESS });
  });
});

describe('GRP-6, GRP-7: heartbeats and leaving', () => {
  it('GRP-6: generation, membership and state', () => {
    const g = new GroupLab();
    expect(g.heartbeat('nobody', 1)).toBe('UNKNOWN_MEMBER_ID');
    const [a, b] = g.two();
    expect(g.heartbeat(a, 2)).toBe('NONE');
    expect(g.heartbeat(a, 1)).toBe('ILLEGAL_GENERATION');
    expect(g.heartbeat('nobody', 2)).toBe('UNKNOWN_MEMBER_ID');
    g.join(a);
    expect(g.heartbeat(b, 2)).toBe('REBALANCE_IN_PROGRESS');
    g.join(b);
    expect(g.group.state).toBe('completing-rebalance');
    expect(g.heartbeat(b, 3)).toBe('NONE');
    g.leave(a);
    g.leave(b);
    expect(g.heartbeat(b, 3)).toBe('UNKNOWN_MEMBER_ID');
  });

  it('GRP-6: during a rebalance a heartbeat still keeps the session', () => {
    const g = new GroupLab();
    const a = g.one();
    g.beginJoin();
    for (let i = 0; i < 4; i += 1) {
      g.pass(4000);
      expect(g.heartbeat(a, 1)).toBe('REBALANCE_IN_PROGRESS');
    }
  });

  it('GRP-7: without a sign of life for the session time-out a member is removed, and the group goes on', () => {
    const g = new GroupLab();
    const [a, b] = g.two();
    for (let i = 0; i < 3; i += 1) {
      g.pass(2500);
      g.heartbeat(b, 2);
    }
    expect([...g.group.members.keys()]).toEqual([b]);
    expect(g.heartbeat(a, 2)).toBe('UNKNOWN_MEMBER_ID');
    expect(g.heartbeat(b, 2)).toBe('REBALANCE_IN_PROGRESS');
  });

  it('GRP-7: leaving is the same at once (DIF-55)', () => {
    const g = new GroupLab();
    const [a, b] = g.two();
    expect(g.leave(a)).toBe('NONE');
    expect(g.heartbeat(b, 2)).toBe('REBALANCE_IN_PROGRESS');
    expect(g.leave(a)).toBe('UNKNOWN_MEMBER_ID');
  });

  it('GRP-7: who has waited for its assignment longer than its session lasts is still a member', () => {
    const g = new GroupLab();
    const [a, b] = g.two();
    g.join(a);
    g.join(b);
    g.sync(b, 3, null);
    for (let i = 0; i < 4; i += 1) {
      g.pass(4000);
      g.heartbeat(a, 3);
    }
    g.sync(a, 3, [a, b]);
    g.pass(5000);
    expect(g.heartbeat(b, 3)).toBe('NONE');
  });

  it('GRP-7: who waits for a join answer is not expected to send heartbeats', () => {
    const g = new GroupLab();
    const [a, b] = g.two();
    const waiting = g.join(a);
    for (let i = 0; i < 5; i += 1) {
      g.pass(4000);
      g.heartbeat(b, 2);
    }
    expect(waiting.answer).toBeUndefined();
    g.join(b);
    expect(waiting.answer).toMatchObject({ generationId: 3 });
  });
});

describe('GRP-8: joining again', () => {
  it('GRP-8: a follower unchanged gets its generation back, no rebalance', () => {
    const g = new GroupLab();
    const [, b] = g.two();
    expect(g.join(b).answer).toMatchObject({ errorCode: ERRORS.NONE, generationId: 2 });
    expect(g.group.state).toBe('stable');
  });

  it('GRP-8: the leader, or a follower with another subscription, rebalances', () => {
    const g = new GroupLab();
    const [a] = g.two();
    g.join(a);
    expect(g.group.state).toBe('preparing-rebalance');
    const h = new GroupLab();
    const [, b] = h.two();
    h.join(b, { protocols: [{ name: 'range', topics: ['orders', 'payments'] }] });
    expect(h.group.state).toBe('preparing-rebalance');
  });

  it('GRP-8: in the sync phase an unchanged member gets the same generation, a changed one starts over', () => {
    const g = new GroupLab();
    const { memberId } = g.beginJoin();
    expect(g.join(memberId).answer).toMatchObject({ generationId: 1, leader: memberId });
    const more = ['range', 'roundrobin'].map((name) => ({ name, topics: ['orders'] }));
    expect(g.join(memberId, { protocols: more }).answer).toMatchObject({ generationId: 2, protocolName: 'range' });
  });
});
