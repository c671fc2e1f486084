/**
 * Fetches from one broker: one request at a time for all partitions that it leads. A new position waits for the answer of
 * the request under way, at most `fetch.wait.max.ms`.
 */
import type { SimEvent } from '../../../../simulation/event-queue';
import { Request, type AnswerHandler } from '../../../../simulation/network';
import type { FetchAnswer, FetchRequest } from '../../../protocol/messages';
import { Assignment, type AssignedPartition } from './assigned-partition';
import type { Fetcher } from './fetcher';

export class BrokerFetcher {
  private current: FetchAttempt | null = null;
  private refetchTimer: SimEvent | null = null;

  constructor(
    private readonly fetcher: Fetcher,
    private readonly brokerId: number,
  ) {}

  /**
   * Sends a request unless one is under way. A partition that this broker leads since then joins the next one, which leaves
   * when the broker has nothing to say for `fetch.wait.max.ms`; a request of the model waits for longer.
   */
  fetch(): void {
    const wanted = this.fetcher.wantedFrom(this.brokerId);
    if (this.current !== null) {
      if (this.current.lacksAny(wanted)) this.refetch();
      return;
    }
    if (wanted.length === 0) return;
    // Without a connection nothing leaves.
    if (this.fetcher.cluster.broker(this.brokerId).isRefusing === true) {
      this.fetcher.onFetchLost(this, { partitions: wanted });
      return;
    }
    this.current = new FetchAttempt(this, wanted, this.fetcher.ports.incarnation.world.now);
    this.current.send(this.fetcher, this.brokerId);
  }

  /** Fetches from changed positions as soon as the request under way lets it. */
  refetch(): void {
    if (this.current === null) {
      this.fetch();
      return;
    }
    if (this.refetchTimer !== null) return;
    const { incarnation } = this.fetcher.ports;
    const wait = Math.max(1, this.fetcher.options.fetchWaitMs);
    const elapsed = incarnation.world.now - this.current.sentAt;
    this.refetchTimer = incarnation.setTimer(wait - (elapsed % wait), () => this.onRefetch());
  }

  /** Whatever the request under way brings is of no use any more. */
  abandon(): void {
    this.current = null;
    if (this.refetchTimer === null) return;
    this.fetcher.ports.incarnation.clearTimer(this.refetchTimer);
    this.refetchTimer = null;
  }

  onFetched(attempt: FetchAttempt, answer: FetchAnswer): void {
    if (attempt !== this.current) return;
    this.abandon();
    this.fetcher.onFetched(this, attempt, answer);
  }

  onLost(attempt: FetchAttempt): void {
    if (attempt !== this.current) return;
    this.abandon();
    this.fetcher.onFetchLost(this, attempt);
  }

  private onRefetch(): void {
    this.refetchTimer = null;
    this.current = null;
    this.fetch();
  }
}

export class FetchAttempt implements AnswerHandler<FetchAnswer> {
  readonly versions: readonly number[];

  constructor(
    private readonly owner: BrokerFetcher,
    readonly partitions: readonly AssignedPartition[],
    readonly sentAt: number,
  ) {
    this.versions = partitions.map(({ version }) => version);
  }

  send({ ports, options, cluster }: Fetcher, brokerId: number): void {
    const message: FetchRequest = {
      api: 'Fetch',
      isolationLevel: options.isolationLevel,
      maxWaitMs: options.fetchWaitMs,
      topics: Assignment.byTopic(this.partitions, ({ topic }) => topic).map(({ name, items }) => ({
        name,
        partitions: items.map(({ index, position }) => ({
          index,
          fetchOffset: position,
          currentLeaderEpoch: cluster.metadata.leaderEpoch(name, index),
        })),
      })),
    };
    const request = new Request('fetch', false, ports.incarnation, message, cluster.broker(brokerId) as never, this);
    request.timeoutMs = options.fetchWaitMs + options.requestTimeoutMs;
    request.send();
  }

  lacksAny(wanted: readonly AssignedPartition[]): boolean {
    for (const partition of wanted) if (!this.partitions.includes(partition)) return true;
    return false;
  }

  /** The partition that a part of the answer is about; undefined when its position has changed since. */
  partitionOf(name: string, index: number, likely: number): AssignedPartition | undefined {
    let place = likely;
    const expected = this.partitions[place];
    if (expected?.index !== index || expected.topic !== name)
      place = this.partitions.findIndex((partition) => partition.topic === name && partition.index === index);
    const partition = this.partitions[place];
    return partition === undefined || partition.version !== this.versions[place] ? undefined : partition;
  }

  onAnswer(answer: FetchAnswer): void {
    this.owner.onFetched(this, answer);
  }

  onLost(): void {
    this.owner.onLost(this);
  }
}
