/**
 * The group coordinator for the groups of one partition of `__consumer_offsets`: membership and committed offsets, behind
 * Kafka's APIs (GRP-1 … GRP-16, OFS-1 … OFS-12). Its memory is what the log holds (GRP-15).
 */
import type { Request } from '../../../simulation/network';
import type { RecordBatch } from '../../broker/record-batch';
import { ERRORS } from '../../errors';
import type {
  KafkaAnswer,
  KafkaRequest,
  OffsetCommitAnswer,
  OffsetCommitRequest,
  OffsetFetchAnswer,
  OffsetFetchRequest,
} from '../../protocol/messages';
import type {
  TransactionResult,
  TxnOffsetCommitAnswer,
  TxnOffsetCommitRequest,
} from '../../protocol/transaction-messages';
import type { CoordinatorHost, CoordinatorShard, TransactionalWriter } from '../coordinator-host';
import { CommittedOffsets, placeOf } from './committed-offsets';
import { Forgetting } from './forgetting';
import { groupsFingerprint } from './group-fingerprint';
import { GroupMembership } from './group-membership';
import { InLogOrder } from './in-log-order';
import { OffsetCommit, type CommitRequest, type OffsetTables } from './offset-commits';
import { OffsetsLoader } from './offsets-loader';
import { PendingOffsets } from './pending-offsets';
import { OffsetsMarker, txnOffsetVerificationError, txnOffsetVerificationMode } from './transactional-offsets';
import { validateOffsetCommit, validateTxnOffsetCommit } from './validate-offset-commit';

type FetchedPartition = OffsetFetchAnswer['topics'][number]['partitions'][number];

export class GroupCoordinator implements CoordinatorShard {
  readonly membership: GroupMembership;
  readonly offsets = new CommittedOffsets();
  private readonly pending = new PendingOffsets();
  private readonly log: InLogOrder;
  private readonly tables: OffsetTables;
  private readonly forgetting: Forgetting;

  constructor(private readonly host: CoordinatorHost) {
    this.log = new InLogOrder(host);
    this.membership = new GroupMembership(host, this.log);
    this.tables = { world: host.world, committed: this.offsets, pending: this.pending };
    this.forgetting = new Forgetting(host, this.log, this.tables, this.membership.groups);
  }

  load(batches: readonly RecordBatch[]): void {
    new OffsetsLoader(this.tables, this.membership, this.log).load(batches);
  }

  unload(): void {
    this.log.isLed = false;
    this.membership.unload();
  }

  onMarker(producerId: number, _producerEpoch: number, result: TransactionResult): (errorCode: number) => void {
    return this.log.appended(new OffsetsMarker(this.tables, producerId, result));
  }

  receive(request: Request<KafkaRequest, KafkaAnswer>): void {
    this.forgetting.catchUp();
    switch (request.message.api) {
      case 'OffsetCommit':
        return this.commit(request as never);
      case 'Heartbeat':
        return this.membership.heartbeat(request as never);
      case 'OffsetFetch':
        return this.fetch(request as never);
      case 'JoinGroup':
        return this.membership.join(request as never);
      case 'SyncGroup':
        return this.membership.sync(request as never);
      case 'LeaveGroup':
        return this.membership.leave(request as never);
      case 'TxnOffsetCommit':
        return this.commitInTransaction(request as never);
      default:
        throw new Error(`the group coordinator does not take ${request.message.api}`);
    }
  }

  /** OFS-1 … OFS-8. The whole request is judged by membership first, then each partition is stored. */
  private commit(request: Request<OffsetCommitRequest, OffsetCommitAnswer>): void {
    const { message } = request;
    const group = this.membership.groups.get(message.groupId);
    const by = {
      generationId: message.generationIdOrMemberEpoch,
      memberId: message.memberId,
      groupInstanceId: message.groupInstanceId,
    };
    const errorCode = validateOffsetCommit(group, by, message.apiVersion);
    const member = group?.members.get(message.memberId);
    if (group !== undefined && member !== undefined && errorCode === ERRORS.NONE) this.membership.heard(group, member);
    if (group === undefined && errorCode === ERRORS.NONE) this.membership.simpleGroup(message.groupId);
    this.carryOut(request as CommitRequest, errorCode, null);
  }

  /** OFS-6, OFS-9. The transaction coordinator is asked before the first offsets of a transaction (TXN-6). */
  private commitInTransaction(request: Request<TxnOffsetCommitRequest, TxnOffsetCommitAnswer>): void {
    const { transactionalId, producerId, producerEpoch, apiVersion } = request.message;
    const writer = { producerId, producerEpoch };
    if (request.isRefused) {
      this.carryOut(request as CommitRequest, ERRORS.GROUP_AUTHORIZATION_FAILED, writer);
      return;
    }
    if (this.pending.has(producerId, producerEpoch)) {
      this.commitVerified(request, writer);
      return;
    }
    const mode = txnOffsetVerificationMode(apiVersion);
    this.host.verifyTransaction(transactionalId, writer, mode, (errorCode) => {
      if (!this.log.isLed) this.carryOut(request as CommitRequest, ERRORS.NOT_COORDINATOR, writer);
      else if (errorCode === ERRORS.NONE) this.commitVerified(request, writer);
      else this.carryOut(request as CommitRequest, txnOffsetVerificationError(errorCode, apiVersion), writer);
    });
  }

  private commitVerified(
    request: Request<TxnOffsetCommitRequest, TxnOffsetCommitAnswer>,
    writer: TransactionalWriter,
  ): void {
    const { groupId } = request.message;
    const group = this.membership.groups.get(groupId);
    const errorCode = validateTxnOffsetCommit(group, request.message);
    if (group === undefined && errorCode === ERRORS.NONE) this.membership.simpleGroup(groupId);
    this.carryOut(request as CommitRequest, errorCode, writer);
  }

  private carryOut(request: CommitRequest, errorCode: number, writer: TransactionalWriter | null): void {
    const commit = new OffsetCommit(this.tables, request, this.host);
    if (errorCode !== ERRORS.NONE) {
      commit.answer(errorCode);
      return;
    }
    commit.collect();
    if (commit.records.length === 0) {
      commit.answer(ERRORS.NONE);
      return;
    }
    this.log.append(commit.records, writer, commit);
    commit.awaitReplication();
  }

  /** Whether a commit would store what is stored already. */
  isRepeat({ groupId, topics }: OffsetCommitRequest): boolean {
    return topics.every(({ name, partitions }) =>
      partitions.every(
        ({ partitionIndex, committedOffset }) =>
          this.offsets.get(groupId, name, partitionIndex)?.offset === committedOffset,
      ),
    );
  }

  /** OFS-4, OFS-9: what is stored, -1 for nothing; who wants it stable waits for open transactions. */
  private fetch(request: Request<OffsetFetchRequest, OffsetFetchAnswer>): void {
    const { groupId, topics, requireStable } = request.message;
    request.applied();
    request.answer({
      api: 'OffsetFetch',
      topics:
        topics === null
          ? this.allOffsets(groupId, requireStable)
          : topics.map(({ name, partitionIndexes }) => ({
              name,
              partitions: partitionIndexes.map((index) => this.answerFor(groupId, name, index, requireStable)),
            })),
    });
  }

  private answerFor(groupId: string, topic: string, index: number, requireStable: boolean): FetchedPartition {
    const place = placeOf(topic, index);
    if (requireStable && this.pending.isUnstable(groupId, place))
      return { partitionIndex: index, committedOffset: -1, metadata: null, errorCode: ERRORS.UNSTABLE_OFFSET_COMMIT };
    const committed = this.offsets.at(groupId, place);
    return {
      partitionIndex: index,
      committedOffset: committed === undefined ? -1 : committed.offset,
      metadata: committed === undefined ? null : committed.metadata,
      errorCode: ERRORS.NONE,
    };
  }

  private allOffsets(groupId: string, requireStable: boolean): OffsetFetchAnswer['topics'] {
    const byTopic = new Map<string, FetchedPartition[]>();
    for (const { topic, index } of this.host.partitions()) {
      if (this.offsets.get(groupId, topic, index) === undefined) continue;
      const list = byTopic.get(topic) ?? [];
      list.push(this.answerFor(groupId, topic, index, requireStable));
      byTopic.set(topic, list);
    }
    return [...byTopic].map(([name, partitions]) => ({ name, partitions }));
  }

  /** Everything the coordinator remembers, times relative to now: equal texts, equal futures. */
  fingerprint(): string {
    const groups = groupsFingerprint(this.membership.groups.values(), this.host.world.now);
    return `${this.offsets.fingerprint()}|${this.pending.fingerprint()}|${groups}`;
  }
}
