/** Asks the leader of partitions for their first or last offset (FET-6, FET-7). */
import { Request, type AnswerHandler } from '../../../../simulation/network';
import type { ListOffsetsAnswer, ListOffsetsRequest } from '../../../protocol/messages';
import { Assignment, type AssignedPartition } from './assigned-partition';
import type { Fetcher } from './fetcher';

/** A partition whose offset is looked up; of no interest any more when its version has changed. */
export interface Sought {
  readonly partition: AssignedPartition;
  readonly version: number;
}

export class OffsetLookUp implements AnswerHandler<ListOffsetsAnswer> {
  constructor(
    private readonly fetcher: Fetcher,
    readonly sought: readonly Sought[],
    readonly timestamp: number,
  ) {}

  send(brokerId: number): void {
    const { ports, options, cluster } = this.fetcher;
    const message: ListOffsetsRequest = {
      api: 'ListOffsets',
      isolationLevel: options.isolationLevel,
      topics: Assignment.byTopic(this.sought, ({ partition }) => partition.topic).map(({ name, items }) => ({
        name,
        partitions: items.map(({ partition: { index } }) => ({
          index,
          timestamp: this.timestamp,
          currentLeaderEpoch: cluster.metadata.leaderEpoch(name, index),
        })),
      })),
    };
    const receiver = cluster.broker(brokerId);
    const request = new Request('list-offsets', false, ports.incarnation, message, receiver as never, this);
    request.timeoutMs = options.requestTimeoutMs;
    request.send();
  }

  onAnswer(answer: ListOffsetsAnswer): void {
    this.fetcher.onFound(this, answer);
  }

  onLost(): void {
    this.fetcher.onLookUpLost(this);
  }
}
