/** Fetches ahead of `poll`, one request at a time to each leader, and finds positions (FET-1 … FET-10; Kafka: `Fetcher`). */
import { Request, type AnswerHandler } from '../../../simulation/network';
import { ERRORS } from '../../errors';
import type {
  FetchAnswer,
  FetchPartitionAnswer,
  FetchRequest,
  ListOffsetsAnswer,
  ListOffsetsRequest,
  StoredRecord,
} from '../../protocol/messages';
import { NO_LEADER } from '../cluster-metadata';
import type { ClientPorts, LeaderSeeker, MetadataClient } from '../metadata-client';
import { nextFetchOffset, readCommitted, readUncommitted } from '../read-committed';
import type { ConsumerConfig } from './consumer-config';
import { exceptionOf, JavaException } from './errors';
import { byTopic, type AssignedPartition, type SubscriptionState } from './subscription-state';

const EARLIEST = -2;
const LATEST = -1;

interface Asked {
  readonly topic: string;
  readonly partition: AssignedPartition;
  readonly version: number;
}

interface UnderWay {
  readonly asked: readonly Asked[];
  readonly sentAt: number;
  isEnding: boolean;
}

export class ConsumerFetcher implements LeaderSeeker {
  /** To be thrown by the next poll. */
  error: JavaException | null = null;
  /** Fetches under way by broker. */
  private readonly underWay = new Map<number, UnderWay>();

  constructor(
    private readonly ports: ClientPorts,
    private readonly config: ConsumerConfig,
    private readonly cluster: MetadataClient,
    private readonly subscription: SubscriptionState,
    /** A poll may have something to return. */
    private readonly wake: () => void,
  ) {
    cluster.seeker = this;
  }

  onLeaders(): void {
    this.wake();
  }

  /** Takes up to `max.poll.records`; positions move with them (CON-1, FET-9). */
  take(onRecord: (partition: AssignedPartition, record: StoredRecord) => void): number {
    let count = 0;
    for (const partition of this.subscription.assigned) {
      const { completed } = partition;
      if (completed === null || partition.isPaused) continue;
      while (count < this.config.maxPollRecords && completed.next < completed.records.length) {
        const record = completed.records[completed.next++]!;
        partition.position = record.offset + 1;
        onRecord(partition, record);
        count += 1;
      }
      if (count >= this.config.maxPollRecords && partition.position < completed.endOffset) break;
      if (completed.next < completed.records.length) break;
      partition.position = completed.endOffset;
      partition.completed = null;
    }
    return count;
  }

  /** Sends a fetch to each leader of partitions whose records have all been returned. */
  sendFetches(): void {
    const { metadata } = this.cluster;
    const byLeader = new Map<number, Asked[]>();
    for (const partition of this.subscription.assigned) {
      const { topic, index, position, isPaused, completed, version } = partition;
      if (position < 0 || isPaused || completed !== null) continue;
      const leader = metadata.leader(topic, index);
      if (leader === NO_LEADER) this.cluster.seekLeader(topic);
      else byLeader.set(leader, [...(byLeader.get(leader) ?? []), { topic, partition, version }]);
    }
    for (const [leader, asked] of byLeader) {
      const present = this.underWay.get(leader);
      if (present === undefined) this.fetch(leader, asked);
      else if (asked.some(({ partition, version }) => !isCovered(present, partition, version)))
        this.end(leader, present);
    }
  }

  /**
   * A fetch that was sent before the position changed keeps its broker busy until `fetch.max.wait.ms` is over; the model's
   * broker does not answer before it has something.
   */
  private end(leader: number, present: UnderWay): void {
    if (present.isEnding) return;
    present.isEnding = true;
    const { world } = this.ports.incarnation;
    const wait = Math.max(1, this.config.fetchMaxWaitMs);
    this.ports.incarnation.setTimer(wait - ((world.now - present.sentAt) % wait), () => {
      if (this.underWay.get(leader) !== present) return;
      this.underWay.delete(leader);
      this.wake();
    });
  }

  private fetch(leader: number, asked: readonly Asked[]): void {
    const { metadata } = this.cluster;
    const message: FetchRequest = {
      api: 'Fetch',
      isolationLevel: this.config.isolationLevel,
      maxWaitMs: this.config.fetchMaxWaitMs,
      topics: byTopic(asked, ({ topic, partition: { index, position } }) => ({
        index,
        fetchOffset: position,
        currentLeaderEpoch: metadata.leaderEpoch(topic, index),
      })).map(({ name, items }) => ({ name, partitions: items })),
    };
    const present: UnderWay = { asked, sentAt: this.ports.incarnation.world.now, isEnding: false };
    const handler: AnswerHandler<FetchAnswer> = {
      onAnswer: (answer) => {
        if (this.underWay.get(leader) !== present) return;
        this.underWay.delete(leader);
        for (const { name, partitions } of answer.topics)
          for (const part of partitions) this.keep(find(asked, name, part.index), part);
        this.wake();
      },
      onLost: () => {
        if (this.underWay.get(leader) !== present) return;
        for (const { topic, partition } of asked) this.cluster.leaderLost(topic, partition.index);
        this.later(() => {
          this.underWay.delete(leader);
          this.wake();
        });
      },
    };
    this.underWay.set(leader, present);
    const receiver = this.cluster.broker(leader);
    const request = new Request('fetch', false, this.ports.incarnation, message, receiver as never, handler);
    request.timeoutMs = this.config.requestTimeoutMs;
    request.send();
  }

  private keep(asked: Asked | undefined, part: FetchPartitionAnswer): void {
    if (asked === undefined) return;
    const { partition } = asked;
    if (part.errorCode === ERRORS.NONE) {
      if (part.batches.length === 0) return;
      const from = partition.position;
      const records =
        this.config.isolationLevel === 1
          ? readCommitted(part.batches, part.abortedTransactions, from)
          : readUncommitted(part.batches, from);
      partition.completed = { records, next: 0, endOffset: nextFetchOffset(part.batches, from) };
    } else if (part.errorCode === ERRORS.OFFSET_OUT_OF_RANGE) this.reset([partition]);
    else if (isAboutLeader(part.errorCode)) this.cluster.leaderMoved(partition.topic, partition.index);
  }

  /** FET-7, FET-8: the policy decides; without one the next poll throws. */
  reset(partitions: readonly AssignedPartition[]): void {
    const wanted = partitions.filter(({ isResetting }) => !isResetting);
    if (wanted.length === 0) return;
    if (this.config.autoOffsetReset === 'none') {
      const isOutOfRange = wanted.some(({ position }) => position >= 0);
      this.error = isOutOfRange
        ? exceptionOf(ERRORS.OFFSET_OUT_OF_RANGE)
        : new JavaException('NoOffsetForPartitionException');
      this.wake();
      return;
    }
    for (const partition of wanted) {
      partition.moveTo(-1);
      partition.isResetting = true;
    }
    this.lookUp(wanted.map((partition) => ({ topic: partition.topic, partition, version: partition.version })));
  }

  private lookUp(asked: readonly Asked[]): void {
    const current = asked.filter(({ partition, version }) => partition.version === version);
    const byLeader = new Map<number, Asked[]>();
    for (const one of current) {
      const leader = this.cluster.metadata.leader(one.topic, one.partition.index);
      byLeader.set(leader, [...(byLeader.get(leader) ?? []), one]);
    }
    for (const [leader, group] of byLeader) {
      if (leader === NO_LEADER) {
        for (const { topic } of group) this.cluster.seekLeader(topic);
        this.later(() => this.lookUp(group));
      } else this.listOffsets(leader, group);
    }
  }

  private listOffsets(leader: number, asked: readonly Asked[]): void {
    const timestamp = this.config.autoOffsetReset === 'earliest' ? EARLIEST : LATEST;
    const message: ListOffsetsRequest = {
      api: 'ListOffsets',
      isolationLevel: this.config.isolationLevel,
      topics: byTopic(asked, ({ partition: { index } }) => ({ index, timestamp, currentLeaderEpoch: -1 })).map(
        ({ name, items }) => ({ name, partitions: items }),
      ),
    };
    const handler: AnswerHandler<ListOffsetsAnswer> = {
      onAnswer: (answer) => this.found(asked, answer),
      onLost: () => {
        for (const { topic, partition } of asked) this.cluster.leaderLost(topic, partition.index);
        this.later(() => this.lookUp(asked));
      },
    };
    const receiver = this.cluster.broker(leader);
    const request = new Request('list-offsets', false, this.ports.incarnation, message, receiver as never, handler);
    request.timeoutMs = this.config.requestTimeoutMs;
    request.send();
  }

  private found(asked: readonly Asked[], { topics }: ListOffsetsAnswer): void {
    const again: Asked[] = [];
    for (const { name, partitions } of topics) {
      for (const { index, errorCode, offset } of partitions) {
        const one = find(asked, name, index);
        if (one === undefined) continue;
        if (errorCode === ERRORS.NONE) {
          one.partition.moveTo(offset);
          this.notePosition(one.partition, 'reset');
        } else {
          if (isAboutLeader(errorCode)) this.cluster.leaderMoved(name, index);
          again.push(one);
        }
      }
    }
    if (again.length > 0) this.later(() => this.lookUp(again));
    this.wake();
  }

  notePosition({ name, position }: AssignedPartition, from: 'committed' | 'reset' | 'seek'): void {
    const { incarnation } = this.ports;
    const { history } = incarnation.world;
    history.positionings.push({
      group: this.config.groupId,
      partition: name,
      offset: position,
      incarnation: incarnation.number,
      from,
      deliveries: history.deliveries.length,
      commits: history.commits.length,
      decided: history.decided.length,
    });
  }

  private later(work: () => void): void {
    this.ports.incarnation.setTimer(this.config.retryBackoffMs, work);
  }
}

function isCovered({ asked }: UnderWay, partition: AssignedPartition, version: number): boolean {
  return asked.some((one) => one.partition === partition && one.version === version);
}

function find(asked: readonly Asked[], topic: string, index: number): Asked | undefined {
  return asked.find(
    ({ partition, version }) => partition.index === index && partition.topic === topic && partition.version === version,
  );
}

function isAboutLeader(code: number): boolean {
  return (
    code === ERRORS.NOT_LEADER_OR_FOLLOWER ||
    code === ERRORS.LEADER_NOT_AVAILABLE ||
    code === ERRORS.FENCED_LEADER_EPOCH ||
    code === ERRORS.UNKNOWN_LEADER_EPOCH
  );
}
