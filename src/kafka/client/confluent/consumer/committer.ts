/**
 * Commits: marks of finished messages, the timer of automatic commits, and the requests (CLI-42, CLI-51).
 *
 * Commits are not ordered among themselves when one is repeated: a repeated one can overwrite a later one (OFS-12).
 */
import type { SimEvent } from '../../../../simulation/event-queue';
import { Request, type AnswerHandler } from '../../../../simulation/network';
import type { PhaselessTimer } from '../../../../simulation/process';
import { ERRORS, errorName } from '../../../errors';
import type { OffsetCommitAnswer, OffsetCommitRequest } from '../../../protocol/messages';
import type { ConfluentPorts } from '../ports';
import { Assignment, type AssignedPartition } from './assigned-partition';
import { isAboutCoordinator, type CoordinatorConnection } from './coordinator-connection';
import type { ConsumerOptions } from './options';

/** Who the member is for the coordinator; changed by `GroupMember` only. */
export interface GroupIdentity {
  generationId: number;
  memberId: string;
  readonly groupInstanceId: string | null;
}

export interface OffsetToCommit {
  readonly topic: string;
  readonly index: number;
  readonly offset: number;
  readonly metadata: string | null;
}

/** What the group member hears of a commit, and says of itself. */
export interface CommitObserver {
  /** Whether the member neither joins nor gives up partitions now: the timer waits otherwise. */
  readonly isStable: boolean;
  /** The member has been fenced: nothing is sent any more (CLI-53). */
  readonly isFenced: boolean;
  onCommitRefused(code: number): void;
}

/** While the coordinator is away a commit waits for it, so long (`rd_kafka_cgrp_defer_offset_commit`), asking again. */
const COORDINATOR_WAIT_MS = 10_000;
const COORDINATOR_RETRY_MS = 500;

/** `OffsetCommit` is repeated twice by its buffer and once more by the group, then given up. */
const RETRIES_MAX = 3;

export class Committer implements PhaselessTimer {
  /** Commits without an answer. */
  outstanding = 0;
  /** Called once when `outstanding` becomes 0. */
  onIdle: (() => void) | null = null;
  private timer: SimEvent | null = null;
  private readonly startedAt: number;

  constructor(
    readonly ports: ConfluentPorts,
    readonly options: ConsumerOptions,
    private readonly identity: GroupIdentity,
    readonly coordinator: CoordinatorConnection,
    readonly assignment: Assignment,
    readonly observer: CommitObserver,
  ) {
    this.startedAt = ports.incarnation.world.now;
    if (options.autoCommit && options.autoCommitIntervalMs > 0) ports.incarnation.phaselessTimers.push(this);
  }

  /** The commit timer has something to commit, and may fire at any moment (CLI-42). */
  get isDue(): boolean {
    return this.timer !== null && this.observer.isStable;
  }

  /** The timer's tick, now instead of at its time. */
  fire(): void {
    if (this.timer === null) return;
    this.ports.incarnation.clearTimer(this.timer);
    this.onTick();
  }

  get generationId(): number {
    return this.identity.generationId;
  }

  /** CLI-42: a message is done. With automatic commits the timer sees to the rest. */
  store(partition: AssignedPartition, offset: number): void {
    partition.stored = offset;
    if (this.options.autoCommit && offset > partition.committed) this.arm();
  }

  /** Commits what is done and not committed. @returns false when there is nothing */
  commitStored(isAutomatic: boolean, line: number): boolean {
    const offsets: OffsetToCommit[] = [];
    for (const { topic, index, stored, committed } of this.assignment.partitions) {
      if (stored > committed) offsets.push({ topic, index, offset: stored, metadata: null });
    }
    if (offsets.length === 0) return false;
    this.commit(offsets, isAutomatic, line);
    return true;
  }

  /** Queues a commit. Offsets below zero are left out, without a word (CLI-51). */
  commit(offsets: readonly OffsetToCommit[], isAutomatic: boolean, line: number): void {
    const valid = offsets.filter(({ offset }) => offset >= 0);
    if (valid.length === 0 || this.observer.isFenced) return;
    this.recordQueued(valid, isAutomatic, line);
    this.outstanding += 1;
    new CommitAttempt(this, this.requestFor(valid), line).send();
  }

  /** The partitions are gone: what was stored for them is forgotten. */
  stopTimer(): void {
    if (this.timer === null) return;
    this.ports.incarnation.clearTimer(this.timer);
    this.timer = null;
  }

  /** @internal */
  settle(answer: OffsetCommitAnswer | null): void {
    this.outstanding -= 1;
    if (answer !== null) this.take(answer);
    if (this.options.autoCommit && this.assignment.partitions.some(({ stored, committed }) => stored > committed))
      this.arm();
    if (this.outstanding === 0 && this.onIdle !== null) {
      const next = this.onIdle;
      this.onIdle = null;
      next();
    }
  }

  private requestFor(offsets: readonly OffsetToCommit[]): OffsetCommitRequest {
    return {
      api: 'OffsetCommit',
      groupId: this.options.groupId,
      generationIdOrMemberEpoch: this.identity.generationId,
      memberId: this.identity.memberId,
      groupInstanceId: this.identity.groupInstanceId,
      topics: Assignment.byTopic(offsets, ({ topic }) => topic).map(({ name, items }) => ({
        name,
        partitions: items.map(({ index, offset, metadata }) => ({
          partitionIndex: index,
          committedOffset: offset,
          committedMetadata: metadata,
        })),
      })),
    };
  }

  /** The group member has to know of a refusal, and the program does not (CLI-51). */
  private take(answer: OffsetCommitAnswer): void {
    let refusal = 0;
    for (const { partitions } of answer.topics) {
      for (const { errorCode } of partitions) {
        if (errorCode !== ERRORS.NONE) refusal = errorCode;
      }
    }
    if (refusal !== 0) this.observer.onCommitRefused(refusal);
  }

  /** The timer's ticks are 5 s apart from the start; it runs only while there is something to commit. */
  private arm(): void {
    const interval = this.options.autoCommitIntervalMs;
    if (this.timer !== null || interval <= 0) return;
    const { incarnation } = this.ports;
    const elapsed = (incarnation.world.now - this.startedAt) % interval;
    this.timer = incarnation.setTimer(interval - elapsed, this.onTick);
  }

  private readonly onTick = (): void => {
    this.timer = null;
    if (this.observer.isStable) this.commitStored(true, 0);
    else if (this.assignment.partitions.length > 0) this.arm();
  };

  private recordQueued(offsets: readonly OffsetToCommit[], isAutomatic: boolean, line: number): void {
    const { incarnation } = this.ports;
    if (incarnation.world.recorder === null) return;
    for (const { topic, index, offset } of offsets) {
      incarnation.world.record(
        { lane: incarnation.name, peer: `${topic}-${index}`, incarnation: incarnation.number, line: line || undefined },
        { kind: 'commit-queued', group: this.options.groupId, topic, partition: index, offset, automatic: isAutomatic },
      );
    }
  }
}

/** One commit on its way, with its repetitions. */
class CommitAttempt implements AnswerHandler<OffsetCommitAnswer> {
  private retries = 0;
  private request: Request<OffsetCommitRequest, OffsetCommitAnswer> | null = null;
  /** Virtual time at which waiting for the coordinator ends. */
  private readonly waitEnd: number;

  constructor(
    private readonly committer: Committer,
    private readonly message: OffsetCommitRequest,
    private readonly line: number,
  ) {
    this.waitEnd = committer.ports.incarnation.world.now + COORDINATOR_WAIT_MS;
  }

  send(): void {
    const { ports, coordinator, options } = this.committer;
    const receiver = coordinator.receiver;
    this.request = new Request('commit', true, ports.incarnation, this.message, receiver as never, this);
    this.request.line = this.line;
    this.request.timeoutMs = options.requestTimeoutMs;
    coordinator.send(this.request);
  }

  onAnswer(answer: OffsetCommitAnswer): void {
    const code = firstError(answer);
    this.recordAnswer(code);
    this.committer.coordinator.note(code);
    if (isAboutCoordinator(code) ? this.waitForCoordinator() : isPassing(code) && this.repeat()) return;
    if (code === ERRORS.NONE) this.noteCommitted();
    this.committer.settle(answer);
  }

  /** The connection broke: the very same request goes again, with the generation it had (OFS-12). */
  onLost(): void {
    this.committer.coordinator.forget();
    if (!this.repeat()) this.committer.settle(null);
  }

  private waitForCoordinator(): boolean {
    const { incarnation } = this.committer.ports;
    if (incarnation.world.now >= this.waitEnd) return false;
    incarnation.setTimer(COORDINATOR_RETRY_MS, () => this.send());
    return true;
  }

  private repeat(): boolean {
    if (this.retries >= RETRIES_MAX) return false;
    const { ports, options } = this.committer;
    ports.incarnation.setTimer(options.retryBackoffMs * 2 ** this.retries, () => this.send());
    this.retries += 1;
    return true;
  }

  private noteCommitted(): void {
    for (const { name, partitions } of this.message.topics) {
      for (const { partitionIndex, committedOffset } of partitions) {
        const partition = this.committer.assignment.find(name, partitionIndex);
        if (partition !== undefined) partition.committed = committedOffset;
      }
    }
  }

  private recordAnswer(code: number): void {
    const { incarnation } = this.committer.ports;
    if (incarnation.world.recorder === null) return;
    incarnation.world.record(
      { lane: incarnation.name, incarnation: incarnation.number, line: this.line || undefined },
      {
        kind: 'answer',
        request: this.request!.name,
        label: 'commit',
        status: code === ERRORS.NONE ? 'ok' : errorName(code),
      },
    );
  }
}

function firstError(answer: OffsetCommitAnswer): number {
  for (const { partitions } of answer.topics)
    for (const { errorCode } of partitions) if (errorCode !== ERRORS.NONE) return errorCode;
  return ERRORS.NONE;
}

/** Errors after which librdkafka sends the same commit again (`rd_kafka_handle_OffsetCommit_error`). */
function isPassing(code: number): boolean {
  return code === ERRORS.UNKNOWN_TOPIC_OR_PARTITION || code === ERRORS.REQUEST_TIMED_OUT;
}
