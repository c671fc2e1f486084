/** Asks the coordinator for committed offsets (OFS-4), behind every commit queued before on the same connection. */
import { Request, type AnswerHandler } from '../../../../simulation/network';
import { ERRORS } from '../../../errors';
import type { OffsetFetchAnswer, OffsetFetchRequest } from '../../../protocol/messages';
import type { ConfluentPorts } from '../ports';
import { Assignment } from './assigned-partition';
import { isAboutCoordinator, type CoordinatorConnection } from './coordinator-connection';
import type { ConsumerOptions } from './options';

export interface CommittedOffset {
  readonly topic: string;
  readonly index: number;
  /** -1 for none. */
  readonly offset: number;
  readonly metadata: string | null;
}

interface PartitionLike {
  readonly topic: string;
  readonly index: number;
}

export class CommittedQuery implements AnswerHandler<OffsetFetchAnswer> {
  constructor(
    private readonly ports: ConfluentPorts,
    private readonly options: ConsumerOptions,
    private readonly coordinator: CoordinatorConnection,
    private readonly partitions: readonly PartitionLike[],
    private readonly line: number,
    /** Gets the offsets in the order of `partitions`. */
    private readonly onOffsets: (offsets: readonly CommittedOffset[]) => void,
  ) {}

  send(): void {
    const { incarnation } = this.ports;
    const message: OffsetFetchRequest = {
      api: 'OffsetFetch',
      groupId: this.options.groupId,
      requireStable: this.options.isolationLevel === 1,
      topics: Assignment.byTopic(this.partitions, ({ topic }) => topic).map(({ name, items }) => ({
        name,
        partitionIndexes: items.map(({ index }) => index),
      })),
    };
    const receiver = this.coordinator.receiver;
    const request = new Request('committed', false, incarnation, message, receiver as never, this);
    request.line = this.line;
    request.timeoutMs = this.options.requestTimeoutMs;
    this.coordinator.send(request);
  }

  /** OFS-9: while a transaction with offsets of the group is open, it is not known what is committed. */
  onAnswer(answer: OffsetFetchAnswer): void {
    const code = passingError(answer);
    if (code !== ERRORS.NONE) {
      this.coordinator.note(code);
      this.ports.incarnation.setTimer(RETRY_MS, () => this.send());
      return;
    }
    this.onOffsets(this.partitions.map(({ topic, index }) => find(answer, topic, index)));
  }

  onLost(): void {
    this.coordinator.forget();
    this.ports.incarnation.setTimer(this.options.retryBackoffMs, () => this.send());
  }
}

/** Pause before committed offsets are asked for again. */
const RETRY_MS = 500;

/** An error that goes away by itself, of any partition; NONE for none. */
function passingError({ errorCode, topics }: OffsetFetchAnswer): number {
  if (errorCode !== undefined && isAboutCoordinator(errorCode)) return errorCode;
  for (const { partitions } of topics)
    for (const part of partitions)
      if (part.errorCode === ERRORS.UNSTABLE_OFFSET_COMMIT || isAboutCoordinator(part.errorCode)) return part.errorCode;
  return ERRORS.NONE;
}

function find(answer: OffsetFetchAnswer, topic: string, index: number): CommittedOffset {
  for (const { name, partitions } of answer.topics) {
    if (name !== topic) continue;
    for (const { partitionIndex, committedOffset, metadata } of partitions) {
      if (partitionIndex === index) return { topic, index, offset: committedOffset, metadata };
    }
  }
  return { topic, index, offset: -1, metadata: null };
}
