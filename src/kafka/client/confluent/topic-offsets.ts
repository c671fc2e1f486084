/** First or last offsets of all partitions of a topic, asked of their leaders (FET-6; `admin.fetchTopicOffsets`). */
import { Request, type AnswerHandler } from '../../../simulation/network';
import { ERRORS } from '../../errors';
import type { ListOffsetsAnswer, ListOffsetsRequest } from '../../protocol/messages';
import { NO_LEADER } from '../cluster-metadata';
import type { ClusterConnection } from './cluster-connection';
import { RETRY_BACKOFF_MS, type ConfluentPorts } from './ports';

export class TopicOffsetsQuery {
  /** By partition; undefined while it is not known. */
  private readonly offsets: (number | undefined)[];
  private requests = 0;

  constructor(
    private readonly ports: ConfluentPorts,
    private readonly cluster: ClusterConnection,
    private readonly topic: string,
    private readonly isolationLevel: 0 | 1,
    /** -1 for the last offset, -2 for the first. */
    private readonly timestamp: -1 | -2,
    private readonly line: number,
    private readonly onFound: (offsets: readonly number[]) => void,
  ) {
    this.offsets = new Array<number | undefined>(cluster.partitions.get(topic) ?? 0).fill(undefined);
  }

  /** Asks each leader for what is still missing. */
  readonly send = (): void => {
    const byLeader = new Map<number, number[]>();
    this.offsets.forEach((offset, index) => {
      if (offset !== undefined) return;
      const leader = this.cluster.metadata.leader(this.topic, index);
      byLeader.set(leader, [...(byLeader.get(leader) ?? []), index]);
    });
    if (byLeader.size === 0) {
      this.onFound(this.offsets as number[]);
      return;
    }
    if (byLeader.has(NO_LEADER)) {
      this.cluster.refresh([this.topic], () => this.ports.incarnation.setTimer(RETRY_BACKOFF_MS, this.send), this.line);
      return;
    }
    this.requests = byLeader.size;
    for (const [leader, indexes] of byLeader) this.ask(leader, indexes);
  };

  private ask(leader: number, indexes: readonly number[]): void {
    const message: ListOffsetsRequest = {
      api: 'ListOffsets',
      isolationLevel: this.isolationLevel,
      topics: [
        {
          name: this.topic,
          partitions: indexes.map((index) => ({
            index,
            timestamp: this.timestamp,
            currentLeaderEpoch: this.cluster.metadata.leaderEpoch(this.topic, index),
          })),
        },
      ],
    };
    const handler: AnswerHandler<ListOffsetsAnswer> = {
      onAnswer: (answer) => this.take(answer),
      onLost: () => {
        for (const index of indexes) this.cluster.leaderLost(this.topic, index);
        this.answered();
      },
    };
    const receiver = this.cluster.broker(leader);
    const request = new Request('list-offsets', false, this.ports.incarnation, message, receiver as never, handler);
    request.line = this.line;
    request.send();
  }

  private take(answer: ListOffsetsAnswer): void {
    for (const { index, errorCode, offset } of answer.topics[0]!.partitions) {
      if (errorCode === ERRORS.NONE) this.offsets[index] = offset;
      else if (errorCode !== ERRORS.OFFSET_NOT_AVAILABLE) this.cluster.metadata.forgetLeader(this.topic, index);
    }
    this.answered();
  }

  private answered(): void {
    this.requests -= 1;
    if (this.requests > 0) return;
    if (this.offsets.every((offset) => offset !== undefined)) this.send();
    else this.ports.incarnation.setTimer(RETRY_BACKOFF_MS, this.send);
  }
}
