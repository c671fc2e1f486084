/** Commits that are being carried out: their records are in the log, or about to be (OFS-1, OFS-9). */
import type { Transaction } from '../../../simulation/history';
import { CallEvent, type SimEvent } from '../../../simulation/event-queue';
import type { Request } from '../../../simulation/network';
import type { World } from '../../../simulation/world';
import { ERRORS, errorName } from '../../errors';
import type { KafkaAnswer, OffsetCommitAnswer, OffsetCommitRequest } from '../../protocol/messages';
import type { TxnOffsetCommitAnswer, TxnOffsetCommitRequest } from '../../protocol/transaction-messages';
import { committedBy } from '../../transaction-ghosts';
import type { CoordinatorRecord } from '../coordinator-host';
import { placeOf, type CommittedOffsets } from './committed-offsets';
import { OffsetRecord, offsetKey } from './group-records';
import type { LogStep } from './in-log-order';
import type { PendingOffset, PendingOffsets } from './pending-offsets';

/** `offsets.commit.timeout.ms`: longer than this nobody waits for the followers. The commit may still count later. */
export const OFFSETS_COMMIT_TIMEOUT_MS = 5000;

export type CommitRequest = Request<OffsetCommitRequest | TxnOffsetCommitRequest, KafkaAnswer>;

/** The tables that commits change. */
export interface OffsetTables {
  readonly world: World;
  readonly committed: CommittedOffsets;
  readonly pending: PendingOffsets;
}

/** One OffsetCommit or TxnOffsetCommit: the partitions that are taken, and those that are refused one by one. */
export class OffsetCommit implements LogStep {
  readonly records: CoordinatorRecord[] = [];
  /** `topic-partition` of each record. */
  private readonly places: string[] = [];
  private isAnswered = false;
  private timer: SimEvent | null = null;

  constructor(
    private readonly tables: OffsetTables,
    private readonly request: CommitRequest,
    private readonly topics: { hasPartition(topic: string, partition: number): boolean },
  ) {}

  /** Judges every partition of the request; the membership has been found right. */
  collect(): void {
    const { message, sender } = this.request;
    const now = this.tables.world.now;
    for (const { name, partitions } of message.topics) {
      for (const { partitionIndex, committedOffset, committedMetadata } of partitions) {
        if (!this.topics.hasPartition(name, partitionIndex)) continue;
        const { groupId } = message;
        const place = placeOf(name, partitionIndex);
        this.places.push(place);
        this.records.push({
          key: offsetKey(groupId, place),
          value: new OffsetRecord(
            groupId,
            name,
            partitionIndex,
            committedOffset,
            committedMetadata,
            now,
            sender.name,
            sender.number,
          ),
        });
      }
    }
  }

  /** Waits for replication, and no longer than the broker's limit. */
  awaitReplication(): void {
    if (this.isAnswered) return;
    this.timer = new CallEvent(() => this.answer(ERRORS.COORDINATOR_NOT_AVAILABLE), true);
    this.tables.world.schedule(this.timer, OFFSETS_COMMIT_TIMEOUT_MS);
  }

  apply(errorCode: number, position: number): void {
    if (errorCode === ERRORS.NONE) {
      for (let i = 0; i < this.records.length; i += 1) this.store(this.records[i]!.value as OffsetRecord, i, position);
    }
    this.answer(errorCode);
  }

  private store(record: OffsetRecord, index: number, position: number): void {
    const { message } = this.request;
    const place = this.places[index]!;
    const pending = pendingOf(record, position);
    // OFS-5, OFS-6: whoever names no member is not checked.
    if (this.tables.world.history.hasLost(record.group, place, record.incarnation)) pending.isZombie = true;
    if (message.api === 'TxnOffsetCommit')
      this.tables.pending.add(message.producerId, message.producerEpoch, place, pending);
    else materialise(this.tables, place, pending, this.request.line);
  }

  /** Refuses the whole request, or answers it when its records count. */
  answer(errorCode: number): void {
    if (this.isAnswered) return;
    this.isAnswered = true;
    if (this.timer !== null) this.tables.world.cancel(this.timer);
    const { request } = this;
    const topics = request.message.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, committedOffset }) => {
        const isKnown = errorCode !== ERRORS.NONE || this.topics.hasPartition(name, partitionIndex);
        const code = isKnown ? errorCode : ERRORS.UNKNOWN_TOPIC_OR_PARTITION;
        if (code !== ERRORS.NONE) this.recordRefusal(name, partitionIndex, committedOffset, code);
        return { partitionIndex, errorCode: code };
      }),
    }));
    request.applied();
    const answer: OffsetCommitAnswer | TxnOffsetCommitAnswer = { api: request.message.api, topics };
    request.answer(answer);
  }

  private recordRefusal(topic: string, partition: number, offset: number, code: number): void {
    const { world } = this.tables;
    if (world.recorder === null) return;
    const { sender, line, message } = this.request;
    world.record(
      { lane: sender.name, peer: placeOf(topic, partition), incarnation: sender.number, line: line || undefined },
      { kind: 'commit-refused', group: message.groupId, topic, partition, offset, error: errorName(code) },
    );
  }
}

export function pendingOf(record: OffsetRecord, position: number): PendingOffset {
  const { group, topic, partition, offset, metadata, committedAt, sender, incarnation } = record;
  return { group, topic, partition, offset, metadata, committedAt, sender, incarnation, position, isZombie: false };
}

/**
 * An offset counts from now on.
 * @param line of the learner's file that it comes from; 0 for none
 */
export function materialise(
  tables: OffsetTables,
  place: string,
  value: PendingOffset,
  line: number,
  transaction?: Transaction,
): void {
  const { group, topic, partition, offset, sender, incarnation } = value;
  const { committed, world } = tables;
  const previous = committed.at(group, place)?.offset ?? null;
  committed.store(group, place, value);
  if (previous !== offset) world.history.changes += 1;
  note(world, place, value, transaction);
  if (world.recorder === null) return;
  world.record(
    { lane: sender, peer: place, incarnation, line: line || undefined },
    { kind: 'commit', group, topic, partition, offset, previous },
  );
}

/** For the history. */
function note({ history }: World, place: string, value: PendingOffset, transaction: Transaction | undefined): void {
  const { group, offset, incarnation, isZombie } = value;
  history.commits.push({
    group,
    partition: place,
    offset,
    incarnation,
    effects: history.outputTopic === null ? history.effects.length : undefined,
    transaction,
    isZombie: isZombie ? true : undefined,
  });
}

/**
 * A coordinator has found an offset in the log. The one before it may have died before it took effect there (OFS-11).
 * @param producerId of the transaction that stored it; null for a commit of the consumer
 */
export function noteLoaded({ world }: OffsetTables, value: PendingOffset, producerId: number | null): void {
  const { commits } = world.history;
  const place = placeOf(value.topic, value.partition);
  for (let i = commits.length - 1; i >= 0; i -= 1) {
    const { group, partition, offset } = commits[i]!;
    if (group !== value.group || partition !== place) continue;
    if (offset === value.offset) return;
    break;
  }
  world.history.changes += 1;
  note(world, place, value, producerId === null ? undefined : committedBy(world.history, producerId));
}
