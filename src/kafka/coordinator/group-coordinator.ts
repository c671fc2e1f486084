/** The group coordinator: membership of the groups and their committed offsets, behind Kafka's APIs. */
import type { Request } from '../../simulation/network';
import type { World } from '../../simulation/world';
import { ERRORS, errorName } from '../errors';
import type {
  OffsetCommitAnswer,
  OffsetCommitRequest,
  OffsetFetchAnswer,
  OffsetFetchRequest,
} from '../protocol/messages';
import { CommittedOffsets } from './committed-offsets';
import { groupsFingerprint } from './group-fingerprint';
import { GroupMembership, type GroupSettings } from './group-membership';
import { validateOffsetCommit } from './validate-offset-commit';

/** Whether a partition exists: commits for unknown ones are refused one by one. */
export type HasPartition = (topic: string, partition: number) => boolean;

export class GroupCoordinator {
  readonly membership: GroupMembership;
  readonly offsets = new CommittedOffsets();

  constructor(
    private readonly world: World,
    private readonly hasPartition: HasPartition,
    private readonly partitions: () => readonly { readonly topic: string; readonly index: number }[],
    settings?: GroupSettings,
  ) {
    this.membership = new GroupMembership(world, settings);
  }

  /** OFS-1 … OFS-7. The whole request is judged by membership first, then each partition is stored. */
  commit(request: Request<OffsetCommitRequest, OffsetCommitAnswer>): void {
    const { message } = request;
    const group = this.membership.groups.get(message.groupId);
    const errorCode = validateOffsetCommit(group, {
      generationId: message.generationIdOrMemberEpoch,
      memberId: message.memberId,
      groupInstanceId: message.groupInstanceId,
    });
    const member = group?.members.get(message.memberId);
    if (group !== undefined && member !== undefined && errorCode === ERRORS.NONE) this.membership.heard(group, member);
    const topics = message.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, committedOffset, committedMetadata }) => {
        let code = errorCode;
        if (code === ERRORS.NONE && !this.hasPartition(name, partitionIndex)) code = ERRORS.UNKNOWN_TOPIC_OR_PARTITION;
        if (code === ERRORS.NONE) this.store(request, name, partitionIndex, committedOffset, committedMetadata);
        else this.recordRefusal(request, name, partitionIndex, committedOffset, code);
        return { partitionIndex, errorCode: code };
      }),
    }));
    request.applied();
    request.answer({ api: 'OffsetCommit', topics });
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

  private store(
    request: Request<OffsetCommitRequest, OffsetCommitAnswer>,
    topic: string,
    partition: number,
    offset: number,
    metadata: string | null,
  ): void {
    const { groupId } = request.message;
    const { sender } = request;
    const name = `${topic}-${partition}`;
    const previous = this.offsets.get(groupId, topic, partition)?.offset ?? null;
    this.offsets.set(groupId, topic, partition, { offset, metadata });
    if (previous !== offset) this.world.history.changes += 1;
    this.world.history.commits.push({ group: groupId, partition: name, offset, incarnation: sender.number });
    if (this.world.recorder === null) return;
    this.world.record(
      { lane: sender.name, peer: name, incarnation: sender.number, line: request.line || undefined },
      { kind: 'commit', group: groupId, topic, partition, offset, previous },
    );
  }

  private recordRefusal(
    request: Request<OffsetCommitRequest, OffsetCommitAnswer>,
    topic: string,
    partition: number,
    offset: number,
    code: number,
  ): void {
    if (this.world.recorder === null) return;
    const { sender } = request;
    this.world.record(
      { lane: sender.name, peer: `${topic}-${partition}`, incarnation: sender.number, line: request.line || undefined },
      { kind: 'commit-refused', group: request.message.groupId, topic, partition, offset, error: errorName(code) },
    );
  }

  /** OFS-4: what is stored, -1 for nothing. Without transactions every stored offset is stable (OFS-9). */
  fetch(request: Request<OffsetFetchRequest, OffsetFetchAnswer>): void {
    const { groupId, topics } = request.message;
    request.applied();
    request.answer({
      api: 'OffsetFetch',
      topics:
        topics === null
          ? this.allOffsets(groupId)
          : topics.map(({ name, partitionIndexes }) => ({
              name,
              partitions: partitionIndexes.map((index) => this.answerFor(groupId, name, index)),
            })),
    });
  }

  /** Everything the coordinator remembers, times relative to now: equal texts, equal futures. */
  fingerprint(): string {
    return `${this.offsets.fingerprint()}|${groupsFingerprint(this.membership.groups.values(), this.world.now)}`;
  }

  private answerFor(
    groupId: string,
    topic: string,
    index: number,
  ): OffsetFetchAnswer['topics'][number]['partitions'][number] {
    const committed = this.offsets.get(groupId, topic, index);
    return {
      partitionIndex: index,
      committedOffset: committed === undefined ? -1 : committed.offset,
      metadata: committed === undefined ? null : committed.metadata,
      errorCode: ERRORS.NONE,
    };
  }

  private allOffsets(groupId: string): OffsetFetchAnswer['topics'] {
    const byTopic = new Map<string, OffsetFetchAnswer['topics'][number]['partitions'][number][]>();
    for (const { topic, index } of this.partitions()) {
      if (this.offsets.get(groupId, topic, index) === undefined) continue;
      const list = byTopic.get(topic) ?? [];
      list.push(this.answerFor(groupId, topic, index));
      byTopic.set(topic, list);
    }
    return [...byTopic].map(([name, partitions]) => ({ name, partitions }));
  }
}
