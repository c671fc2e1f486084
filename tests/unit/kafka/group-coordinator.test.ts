/** The group coordinator, driven by hand-made requests as DIF-47 to DIF-55 are on a real cluster. */
import { describe, expect, it } from 'vitest';
import { Cluster } from '../../../src/kafka/cluster';
import { ERRORS } from '../../../src/kafka/errors';
import type { AnswerOf, JoinGroupRequest, KafkaAnswer, KafkaRequest } from '../../../src/kafka/protocol/messages';
import { Request } from '../../../src/simulation/network';
import { turn } from '../../../src/simulation/turn';
import { newIncarnation, newWorld } from '../../fixtures/kernel';

/** A coordinator without the initial delay, as in the real scenarios, and clients that keep their answers. */
class Group {
  readonly world = newWorld();
  readonly cluster = new Cluster(this.world, [{ name: 'orders', partitions: 2 }], {
    groupInitialRebalanceDelayMs: 0,
    groupMinSessionTimeoutMs: 1000,
    groupMaxSessionTimeoutMs: 1_800_000,
  });
  private readonly client = newIncarnation(this.world);

  constructor() {
    this.client.handles = 1;
    turn.end();
  }

  /** Sends a request; the returned box holds the answer once there is one. */
  send<R extends KafkaRequest>(message: R): { answer?: AnswerOf<R> } {
    const box: { answer?: AnswerOf<R> } = {};
    const handler = {
      onAnswer: (answer: KafkaAnswer) => void (box.answer = answer as AnswerOf<R>),
      onLost: () => undefined,
    };
    new Request<KafkaRequest, KafkaAnswer>('join', false, this.client, message, this.cluster, handler).send();
    this.pass(5);
    return box;
  }

  /** Lets virtual time go on by `ms`. */
  pass(ms: number): void {
    const until = this.world.now + ms;
    this.client.setTimer(ms, () => undefined);
    while (this.world.now < until && this.world.step());
  }

  get group() {
    return this.cluster.coordinator.membership.groups.get('g')!;
  }

  joinRequest(memberId: string, options: Partial<JoinGroupRequest> = {}): JoinGroupRequest {
    return {
      api: 'JoinGroup',
      groupId: 'g',
      sessionTimeoutMs: 6000,
      rebalanceTimeoutMs: 60_000,
      memberId,
      groupInstanceId: null,
      protocolType: 'consumer',
      protocols: [{ name: 'range', topics: ['orders'] }],
      ...options,
    };
  }

  /** GRP-2: asks for an id, then sends the join that uses it; the join may have to wait. */
  beginJoin(options: Partial<JoinGroupRequest> = {}): {
    memberId: string;
    join: { answer?: AnswerOf<JoinGroupRequest> };
  } {
    const first = this.send(this.joinRequest('', options));
    expect(first.answer?.errorCode).toBe(ERRORS.MEMBER_ID_REQUIRED);
    const { memberId } = first.answer!;
    return { memberId, join: this.send(this.joinRequest(memberId, options)) };
  }

  sync(memberId: string, generationId: number, assigned: readonly string[] | null): { answer?: KafkaAnswer } {
    const assignments = (assigned ?? []).map((id, index) => ({
      memberId: id,
      assignment: [{ name: 'orders', partitions: [index] }],
    }));
    return this.send({ api: 'SyncGroup', groupId: 'g', generationId, memberId, groupInstanceId: null, assignments });
  }

  heartbeat(memberId: string, generationId: number, groupInstanceId: string | null = null): number {
    return this.send({ api: 'Heartbeat', groupId: 'g', generationId, memberId, groupInstanceId }).answer!.errorCode;
  }

  commit(
    memberId: string,
    generationId: number,
    offset: number,
    partition = 0,
    groupInstanceId: string | null = null,
  ): number {
    const { answer } = this.send({
      api: 'OffsetCommit',
      groupId: 'g',
      generationIdOrMemberEpoch: generationId,
      memberId,
      groupInstanceId,
      topics: [
        {
          name: 'orders',
          partitions: [{ partitionIndex: partition, committedOffset: offset, committedMetadata: null }],
        },
      ],
    });
    return answer!.topics[0]!.partitions[0]!.errorCode;
  }

  committed(partition = 0): number {
    const { answer } = this.send({
      api: 'OffsetFetch',
      groupId: 'g',
      requireStable: true,
      topics: [{ name: 'orders', partitionIndexes: [partition] }],
    });
    return answer!.topics[0]!.partitions[0]!.committedOffset;
  }

  /** One member, stable in generation 1. */
  one(): string {
    const { memberId, join } = this.beginJoin();
    expect(join.answer).toMatchObject({ errorCode: ERRORS.NONE, generationId: 1, leader: memberId });
    this.sync(memberId, 1, [memberId]);
    return memberId;
  }

  /** Two members, stable in generation 2. */
  two(): [string, string] {
    const a = this.one();
    const { memberId: b } = this.beginJoin();
    this.send(this.joinRequest(a));
    this.sync(b, 2, null);
    this.sync(a, 2, [a, b]);
    expect(this.group.state).toBe('stable');
    return [a, b];
  }
}

describe('OFS-5: who may commit, row by row', () => {
  it('group unknown, generation < 0: a simple group, OK', () => {
    const g = new Group();
    expect(g.commit('', -1, 3)).toBe(ERRORS.NONE);
    expect(g.committed()).toBe(3);
  });

  it('group unknown, generation ≥ 0: GROUP_ID_NOT_FOUND', () => {
    expect(new Group().commit('m', 1, 3)).toBe(ERRORS.GROUP_ID_NOT_FOUND);
  });

  it('group DEAD: COORDINATOR_NOT_AVAILABLE', () => {
    const g = new Group();
    const a = g.one();
    g.group.state = 'dead';
    expect(g.commit(a, 1, 3)).toBe(ERRORS.COORDINATOR_NOT_AVAILABLE);
  });

  it('generation < 0 while members are active: UNKNOWN_MEMBER_ID; once the group is EMPTY: OK (DIF-51)', () => {
    const g = new Group();
    const a = g.one();
    expect(g.commit('', -1, 3)).toBe(ERRORS.UNKNOWN_MEMBER_ID);
    g.send({ api: 'LeaveGroup', groupId: 'g', memberId: a });
    expect(g.group.state).toBe('empty');
    expect(g.commit('', -1, 3)).toBe(ERRORS.NONE);
  });

  it('static instance id held by another member: FENCED_INSTANCE_ID (DIF-53)', () => {
    const g = new Group();
    const first = g.send(g.joinRequest('', { groupInstanceId: 's' })).answer!;
    g.sync(first.memberId, 1, [first.memberId]);
    const second = g.send(g.joinRequest('', { groupInstanceId: 's' })).answer!;
    expect(second).toMatchObject({ errorCode: ERRORS.NONE, generationId: 1 });
    expect(second.memberId).not.toBe(first.memberId);
    expect(g.commit(first.memberId, 1, 3, 0, 's')).toBe(ERRORS.FENCED_INSTANCE_ID);
    expect(g.heartbeat(first.memberId, 1, 's')).toBe(ERRORS.FENCED_INSTANCE_ID);
    expect(g.commit(second.memberId, 1, 3, 0, 's')).toBe(ERRORS.NONE);
  });

  it('member id not in the group: UNKNOWN_MEMBER_ID, the offset stays (DIF-47)', () => {
    const g = new Group();
    const a = g.one();
    expect(g.commit(a, 1, 1)).toBe(ERRORS.NONE);
    g.pass(6001);
    expect(g.commit(a, 1, 2)).toBe(ERRORS.UNKNOWN_MEMBER_ID);
    expect(g.committed()).toBe(1);
  });

  it('generation not the current one: ILLEGAL_GENERATION (DIF-48)', () => {
    const g = new Group();
    const [a] = g.two();
    expect(g.commit(a, 1, 1)).toBe(ERRORS.ILLEGAL_GENERATION);
  });

  it('COMPLETING_REBALANCE: REBALANCE_IN_PROGRESS (DIF-50)', () => {
    const g = new Group();
    const { memberId } = g.beginJoin();
    expect(g.group.state).toBe('completing-rebalance');
    expect(g.commit(memberId, 1, 1)).toBe(ERRORS.REBALANCE_IN_PROGRESS);
  });

  it('OFS-8: PREPARING_REBALANCE, by a member that has not re-joined: OK (DIF-49)', () => {
    const g = new Group();
    const a = g.one();
    const newcomer = g.beginJoin();
    expect(newcomer.join.answer).toBeUndefined();
    expect(g.group.state).toBe('preparing-rebalance');
    expect(g.commit(a, 1, 2)).toBe(ERRORS.NONE);
  });

  it('a commit counts as a heartbeat', () => {
    const g = new Group();
    const a = g.one();
    g.pass(4000);
    expect(g.commit(a, 1, 1)).toBe(ERRORS.NONE);
    g.pass(4000);
    expect(g.heartbeat(a, 1)).toBe(ERRORS.NONE);
  });
});

describe('what is committed', () => {
  it('OFS-3: backwards, beyond the log and negative values are stored; the last one wins (DIF-35, DIF-36)', () => {
    const g = new Group();
    const a = g.one();
    for (const offset of [3, 1, 100, -2]) {
      expect(g.commit(a, 1, offset)).toBe(ERRORS.NONE);
      expect(g.committed()).toBe(offset);
    }
  });

  it('OFS-7: a member may commit a partition that is assigned to another (DIF-52)', () => {
    const g = new Group();
    const [a] = g.two();
    expect(g.commit(a, 2, 5, 1)).toBe(ERRORS.NONE);
    expect(g.committed(1)).toBe(5);
  });

  it('a partition that does not exist is refused, nothing committed is -1', () => {
    const g = new Group();
    const a = g.one();
    expect(g.commit(a, 1, 5, 9)).toBe(ERRORS.UNKNOWN_TOPIC_OR_PARTITION);
    expect(g.committed(0)).toBe(-1);
  });
});

describe('membership', () => {
  it('GRP-3: a rebalance waits for every known member, then the generation goes up by one', () => {
    const g = new Group();
    const a = g.one();
    const { join } = g.beginJoin();
    expect(join.answer).toBeUndefined();
    expect(g.heartbeat(a, 1)).toBe(ERRORS.REBALANCE_IN_PROGRESS);
    const rejoin = g.send(g.joinRequest(a));
    expect(rejoin.answer).toMatchObject({ generationId: 2, leader: a });
    expect(rejoin.answer!.members).toHaveLength(2);
    expect(join.answer).toMatchObject({ generationId: 2, leader: a, members: [] });
  });

  it('GRP-3: who has not re-joined by the rebalance time-out is removed', () => {
    const g = new Group();
    const a = g.one();
    const { memberId: b, join } = g.beginJoin({ rebalanceTimeoutMs: 60_000 });
    for (let i = 0; i < 13; i += 1) {
      g.heartbeat(a, 1);
      g.pass(5000);
    }
    expect(join.answer).toMatchObject({ generationId: 2, leader: b });
    expect(g.heartbeat(a, 1)).toBe(ERRORS.UNKNOWN_MEMBER_ID);
  });

  it('GRP-4: the first join of an empty group waits the initial delay', () => {
    const world = newWorld();
    const cluster = new Cluster(world, [{ name: 'orders', partitions: 1 }]);
    const g = Object.assign(new Group(), { world, cluster });
    const client = newIncarnation(world);
    client.handles = 1;
    Object.assign(g, { client });
    const { join } = g.beginJoin();
    g.pass(2900);
    expect(join.answer).toBeUndefined();
    g.pass(200);
    expect(join.answer).toMatchObject({ errorCode: ERRORS.NONE, generationId: 1 });
  });

  it('GRP-5: a leader that never syncs is removed with its session, and the others start over', () => {
    const g = new Group();
    const a = g.one();
    const { memberId: b } = g.beginJoin();
    g.send(g.joinRequest(a));
    const waiting = g.sync(b, 2, null);
    expect(waiting.answer).toBeUndefined();
    g.pass(6100);
    expect(waiting.answer).toMatchObject({ errorCode: ERRORS.REBALANCE_IN_PROGRESS });
    expect(g.send(g.joinRequest(b)).answer).toMatchObject({ generationId: 3, leader: b });
  });

  it('GRP-7: without a sign of life for the session time-out a member is removed, and the group goes on', () => {
    const g = new Group();
    const [a, b] = g.two();
    for (let i = 0; i < 3; i += 1) {
      g.pass(2500);
      g.heartbeat(b, 2);
    }
    expect([...g.group.members.keys()]).toEqual([b]);
    expect(g.heartbeat(a, 2)).toBe(ERRORS.UNKNOWN_MEMBER_ID);
    expect(g.heartbeat(b, 2)).toBe(ERRORS.REBALANCE_IN_PROGRESS);
  });

  it('GRP-7: leaving is the same at once (DIF-55)', () => {
    const g = new Group();
    const [a, b] = g.two();
    g.send({ api: 'LeaveGroup', groupId: 'g', memberId: a });
    expect(g.heartbeat(b, 2)).toBe(ERRORS.REBALANCE_IN_PROGRESS);
  });

  it('GRP-8: a follower that re-joins a stable group unchanged gets its generation back, no rebalance', () => {
    const g = new Group();
    const [, b] = g.two();
    expect(g.send(g.joinRequest(b)).answer).toMatchObject({ errorCode: ERRORS.NONE, generationId: 2 });
    expect(g.group.state).toBe('stable');
  });

  it('GRP-8: the re-join of the leader always rebalances', () => {
    const g = new Group();
    const [a] = g.two();
    g.send(g.joinRequest(a));
    expect(g.group.state).toBe('preparing-rebalance');
  });

  it('GRP-6: a heartbeat of an old generation is ILLEGAL_GENERATION', () => {
    const g = new Group();
    const [a] = g.two();
    expect(g.heartbeat(a, 1)).toBe(ERRORS.ILLEGAL_GENERATION);
  });

  it('GRP-16: a newcomer without a common assignor is INCONSISTENT_GROUP_PROTOCOL', () => {
    const g = new Group();
    g.one();
    const answer = g.send(
      g.joinRequest('', { protocols: [{ name: 'RoundRobinAssigner', topics: ['orders'] }] }),
    ).answer;
    expect(answer?.errorCode).toBe(ERRORS.INCONSISTENT_GROUP_PROTOCOL);
  });

  it('GRP-12: a static member that returns keeps generation and partitions; nobody else is disturbed (DIF-54)', () => {
    const g = new Group();
    const first = g.send(g.joinRequest('', { groupInstanceId: 's' })).answer!;
    g.sync(first.memberId, 1, [first.memberId]);
    const again = g.send(g.joinRequest('', { groupInstanceId: 's' })).answer!;
    expect(again).toMatchObject({ errorCode: ERRORS.NONE, generationId: 1 });
    expect(g.group.state).toBe('stable');
    expect(g.sync(again.memberId, 1, null).answer).toMatchObject({
      errorCode: ERRORS.NONE,
      assignment: [{ name: 'orders', partitions: [0] }],
    });
  });

  it('a session time-out out of bounds is INVALID_SESSION_TIMEOUT', () => {
    const g = new Group();
    expect(g.send(g.joinRequest('', { sessionTimeoutMs: 10 })).answer?.errorCode).toBe(ERRORS.INVALID_SESSION_TIMEOUT);
  });
});
