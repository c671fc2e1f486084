/** A group coordinator with its clients, for tests that ask it with hand-made requests, as DIF-47 to DIF-60 do. */
import { expect } from 'vitest';
import type { ClassicGroup } from '../../../../src/kafka/coordinator/group/classic-group';
import { createGroupShard, type GroupCoordinator } from '../../../../src/kafka/coordinator/group/index';
import { ERRORS, errorName } from '../../../../src/kafka/errors';
import type { AnswerOf, JoinGroupRequest, KafkaAnswer, KafkaRequest } from '../../../../src/kafka/protocol/messages';
import { clusterSettings, type ClusterSettings } from '../../../../src/kafka/settings';
import { CoordinatorClient, MemoryHost } from '../../../fixtures/coordinator-host';
import { newWorld } from '../../../fixtures/kernel';

export interface Joined {
  readonly memberId: string;
  readonly join: { answer?: AnswerOf<JoinGroupRequest> };
}

export class GroupLab {
  readonly world = newWorld();
  host: MemoryHost;
  shard: GroupCoordinator;
  private readonly client: CoordinatorClient;

  /** Without the initial delay, as in the real scenarios, unless `settings` says so. */
  constructor(settings: Partial<ClusterSettings> = {}) {
    const all = { groupInitialRebalanceDelayMs: 0, groupMinSessionTimeoutMs: 1000, ...settings };
    this.host = new MemoryHost(this.world, clusterSettings(all));
    this.shard = createGroupShard(this.host);
    this.shard.load([]);
    this.client = new CoordinatorClient(this.world, () => this.shard);
  }

  /** Another broker takes over with what the log holds. */
  failOver(): void {
    this.shard.unload();
    this.host.replicate(ERRORS.NOT_LEADER_OR_FOLLOWER);
    this.host = this.host.successor();
    this.shard = createGroupShard(this.host);
    this.shard.load(this.host.log);
  }

  send<R extends KafkaRequest>(message: R): { answer?: AnswerOf<R> } {
    const box = this.client.send(message);
    this.pass(1);
    return box;
  }

  pass(ms: number): void {
    this.client.pass(ms);
  }

  get group(): ClassicGroup {
    return this.shard.membership.groups.get('g')!;
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

  join(memberId: string, options: Partial<JoinGroupRequest> = {}): { answer?: AnswerOf<JoinGroupRequest> } {
    return this.send(this.joinRequest(memberId, options));
  }

  /** GRP-2: asks for an id, then sends the join that uses it; the join may have to wait. */
  beginJoin(options: Partial<JoinGroupRequest> = {}): Joined {
    const first = this.join('', options);
    expect(first.answer?.errorCode).toBe(ERRORS.MEMBER_ID_REQUIRED);
    const { memberId } = first.answer!;
    return { memberId, join: this.join(memberId, options) };
  }

  /** A static member's join; the answer must be there at once. */
  joinStatic(groupInstanceId: string, options: Partial<JoinGroupRequest> = {}): AnswerOf<JoinGroupRequest> {
    return this.join('', { groupInstanceId, ...options }).answer!;
  }

  sync(memberId: string, generationId: number, assigned: readonly string[] | null): { answer?: AnswerOf<SyncLike> } {
    const assignments = (assigned ?? []).map((id, index) => ({
      memberId: id,
      assignment: [{ name: 'orders', partitions: [index] }],
    }));
    return this.send({ api: 'SyncGroup', groupId: 'g', generationId, memberId, groupInstanceId: null, assignments });
  }

  heartbeat(memberId: string, generationId: number, groupInstanceId: string | null = null): string {
    const { answer } = this.send({ api: 'Heartbeat', groupId: 'g', generationId, memberId, groupInstanceId });
    return errorName(answer!.errorCode);
  }

  leave(memberId: string): string {
    return errorName(this.send({ api: 'LeaveGroup', groupId: 'g', memberId }).answer!.errorCode);
  }

  commit(memberId: string, generationId: number, offset: number, options: CommitOptions = {}): string {
    const { answer } = this.sendCommit(memberId, generationId, offset, options);
    return errorName(answer!.topics[0]!.partitions[0]!.errorCode);
  }

  sendCommit(
    memberId: string,
    generationId: number,
    offset: number,
    { partition = 0, instance = null, apiVersion = 9 }: CommitOptions = {},
  ): { answer?: Extract<KafkaAnswer, { readonly api: 'OffsetCommit' }> } {
    return this.send({
      api: 'OffsetCommit',
      apiVersion,
      groupId: 'g',
      generationIdOrMemberEpoch: generationId,
      memberId,
      groupInstanceId: instance,
      topics: topicsWith(partition, offset),
    });
  }

  /** TxnOffsetCommit; as old clients do it, without naming a member, when `member` is left out. */
  txnCommit(offset: number, options: TxnCommitOptions = {}): string {
    const { answer } = this.sendTxnCommit(offset, options);
    return errorName(answer!.topics[0]!.partitions[0]!.errorCode);
  }

  sendTxnCommit(
    offset: number,
    {
      member = '',
      generation = -1,
      instance = null,
      partition = 0,
      epoch = 0,
      version = 3,
      producer = 7,
    }: TxnCommitOptions = {},
  ): { answer?: Extract<KafkaAnswer, { readonly api: 'TxnOffsetCommit' }> } {
    return this.send({
      api: 'TxnOffsetCommit',
      apiVersion: version,
      transactionalId: 't',
      groupId: 'g',
      producerId: producer,
      producerEpoch: epoch,
      generationId: generation,
      memberId: member,
      groupInstanceId: instance,
      topics: topicsWith(partition, offset),
    });
  }

  /** A marker arrives at the partition of `__consumer_offsets`. */
  mark(result: 'COMMIT' | 'ABORT', producer = 7, epoch = 0): void {
    this.host.appendMarker(producer, epoch, result, this.shard.onMarker(producer, epoch, result));
  }

  /** The committed offset of a partition; the name of the error when there is one. */
  committed(partition = 0, requireStable = true): number | string {
    const { answer } = this.send({
      api: 'OffsetFetch',
      groupId: 'g',
      requireStable,
      topics: [{ name: 'orders', partitionIndexes: [partition] }],
    });
    const { errorCode, committedOffset } = answer!.topics[0]!.partitions[0]!;
    return errorCode === ERRORS.NONE ? committedOffset : errorName(errorCode);
  }

  /** One member, stable in generation 1. */
  one(options: Partial<JoinGroupRequest> = {}): string {
    const { memberId, join } = this.beginJoin(options);
    expect(join.answer).toMatchObject({ errorCode: ERRORS.NONE, generationId: 1, leader: memberId });
    this.sync(memberId, 1, [memberId]);
    return memberId;
  }

  /** Two members, stable in generation 2. */
  two(): [string, string] {
    const a = this.one();
    const { memberId: b } = this.beginJoin();
    this.join(a);
    this.sync(b, 2, null);
    this.sync(a, 2, [a, b]);
    expect(this.group.state).toBe('stable');
    return [a, b];
  }
}

type SyncLike = Extract<KafkaRequest, { readonly api: 'SyncGroup' }>;

export interface CommitOptions {
  readonly partition?: number;
  readonly instance?: string | null;
  readonly apiVersion?: number;
}

export interface TxnCommitOptions {
  readonly member?: string;
  readonly generation?: number;
  readonly instance?: string | null;
  readonly partition?: number;
  readonly producer?: number;
  readonly epoch?: number;
  readonly version?: number;
}

function topicsWith(partitionIndex: number, committedOffset: number) {
  return [{ name: 'orders', partitions: [{ partitionIndex, committedOffset, committedMetadata: null }] }];
}
