/** Asks the coordinator for committed offsets (OFS-4), behind every commit queued before on the same connection. */
import { Request, type AnswerHandler } from '../../../../simulation/network';
import type { OffsetFetchAnswer, OffsetFetchRequest } from '../../../protocol/messages';
import type { ConfluentPorts } from '../ports';
import { Assignment } from './assigned-partition';
import type { CoordinatorConnection } from './coordinator-connection';
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
    const { incarnation, endpoint } = this.ports;
    const message: OffsetFetchRequest = {
      api: 'OffsetFetch',
      groupId: this.options.groupId,
      requireStable: this.options.isolationLevel === 1,
      topics: Assignment.byTopic(this.partitions, ({ topic }) => topic).map(({ name, items }) => ({
        name,
        partitionIndexes: items.map(({ index }) => index),
      })),
    };
    const request = new Request('committed', false, incarnation, message, endpoint as never, this);
    request.line = this.line;
    this.coordinator.send(request);
  }

  onAnswer(answer: OffsetFetchAnswer): void {
    this.onOffsets(this.partitions.map(({ topic, index }) => find(answer, topic, index)));
  }

  onLost(): void {
    this.ports.incarnation.setTimer(this.options.retryBackoffMs, () => this.send());
  }
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
