/**
 * Fetches records ahead of their delivery, and finds out where to begin (FET-1, FET-7, OFS-3, OFS-4).
 *
 * One fetch is under way at a time to each leader. A new position waits for its answer, at most `fetch.wait.max.ms`: that is
 * why a message whose handler failed comes again after about half a second (CLI-43).
 */
import { ERRORS } from '../../../errors';
import type { FetchAnswer, FetchPartitionAnswer, ListOffsetsAnswer, StoredRecord } from '../../../protocol/messages';
import { NO_LEADER } from '../../cluster-metadata';
import type { LeaderSeeker } from '../../metadata-client';
import { nextFetchOffset, readCommitted, readUncommitted } from '../../read-committed';
import type { ClusterConnection } from '../cluster-connection';
import type { ConfluentPorts } from '../ports';
import type { AssignedPartition, Assignment } from './assigned-partition';
import { BrokerFetcher, type FetchAttempt } from './broker-fetcher';
import { OffsetLookUp, type Sought } from './offset-look-up';
import type { ConsumerOptions } from './options';

/** `timestamp` of ListOffsets. */
const EARLIEST = -2;
const LATEST = -1;

/** Pause after a fetch that failed (`fetch.error.backoff.ms`). */
const ERROR_BACKOFF_MS = 500;

/** Records of one fetch that wait to be handed over. */
interface Chunk {
  readonly partition: AssignedPartition;
  readonly version: number;
  readonly records: readonly StoredRecord[];
  next: number;
}

export class Fetcher implements LeaderSeeker {
  private readonly buffer: Chunk[] = [];
  /** By broker id. */
  private readonly brokers: BrokerFetcher[] = [];
  /** Look-ups of partitions without a leader. */
  private leaderless: OffsetLookUp[] | null = null;
  private isSuspended = false;

  constructor(
    readonly ports: ConfluentPorts,
    readonly options: ConsumerOptions,
    readonly cluster: ClusterConnection,
    private readonly assignment: Assignment,
    private readonly onRecords: () => void,
    private readonly onError: (text: string) => void,
  ) {
    cluster.seeker = this;
  }

  /** Begins with partitions whose committed offsets are known. */
  start(committed: readonly { readonly partition: AssignedPartition; readonly offset: number }[]): void {
    const earliest: AssignedPartition[] = [];
    const byPolicy: AssignedPartition[] = [];
    for (const { partition, offset } of committed) {
      if (offset >= 0) {
        partition.moveTo(offset);
        partition.committed = offset;
        this.recordPosition(partition, 'committed');
      } else if (offset === EARLIEST) earliest.push(partition);
      else if (offset === -1) byPolicy.push(partition);
      // OFS-3: any other value below zero: nothing is ever delivered, and nobody is told.
    }
    this.lookUp(earliest, EARLIEST);
    this.lookUp(byPolicy, this.options.fromBeginning ? EARLIEST : LATEST);
    this.fetch();
  }

  /** Delivery goes on at `offset` of an assigned partition; -2 stands for its beginning. */
  seek(partition: AssignedPartition, offset: number): void {
    if (offset >= 0) {
      partition.moveTo(offset);
      this.recordPosition(partition, 'seek');
      this.refetch();
      return;
    }
    partition.moveTo(-1);
    if (offset === EARLIEST) this.lookUp([partition], EARLIEST);
  }

  pause(partition: AssignedPartition): void {
    partition.isPaused = true;
    if (partition.position >= 0) partition.moveTo(partition.handedOver);
  }

  resume(partition: AssignedPartition): void {
    partition.isPaused = false;
    this.refetch();
  }

  /** A rebalance has begun: nothing more is handed over from the present assignment. */
  suspend(): void {
    this.isSuspended = true;
    this.buffer.length = 0;
    this.leaderless = null;
    for (const partition of this.assignment.partitions) partition.version += 1;
    for (const broker of this.brokers) broker?.abandon();
  }

  /** The present assignment may be fetched. */
  resumeAll(): void {
    this.isSuspended = false;
  }

  get hasRecords(): boolean {
    const { buffer } = this;
    while (buffer.length > 0 && buffer[0]!.version !== buffer[0]!.partition.version) buffer.shift();
    return buffer.length > 0;
  }

  /** Hands over up to `size` records, in the order of their arrival. @returns how many */
  take(size: number, add: (partition: AssignedPartition, record: StoredRecord) => void): number {
    let count = 0;
    while (count < size && this.hasRecords) {
      const chunk = this.buffer[0]!;
      const record = chunk.records[chunk.next]!;
      chunk.next += 1;
      chunk.partition.handedOver = record.offset + 1;
      add(chunk.partition, record);
      count += 1;
      if (chunk.next === chunk.records.length) this.buffer.shift();
    }
    return count;
  }

  /** Partitions to be fetched from a broker now. */
  wantedFrom(brokerId: number): readonly AssignedPartition[] {
    if (this.isSuspended) return [];
    const { metadata } = this.cluster;
    return this.assignment.partitions.filter(
      ({ topic, index, position, isPaused }) =>
        position >= 0 && !isPaused && metadata.leader(topic, index) === brokerId,
    );
  }

  onFetched(from: BrokerFetcher, attempt: FetchAttempt, answer: FetchAnswer): void {
    let next = 0;
    let isFailed = false;
    let isMoved = false;
    for (const { name, partitions } of answer.topics) {
      for (const part of partitions) {
        const partition = attempt.partitionOf(name, part.index, next++);
        if (partition === undefined) continue;
        if (part.errorCode === ERRORS.NONE) this.keep(partition, part);
        else if (part.errorCode === ERRORS.OFFSET_OUT_OF_RANGE) this.reset(partition);
        else if (isAboutLeader(part.errorCode)) {
          isMoved = true;
          this.cluster.leaderMoved(name, part.index);
        } else isFailed = true;
      }
    }
    if (isFailed) this.ports.incarnation.setTimer(ERROR_BACKOFF_MS, () => from.fetch(), true);
    else if (isMoved) this.ports.incarnation.setTimer(ERROR_BACKOFF_MS, () => this.fetch());
    else from.fetch();
    if (this.buffer.length > 0) this.onRecords();
  }

  onFetchLost(from: BrokerFetcher, { partitions }: Pick<FetchAttempt, 'partitions'>): void {
    for (const { topic, index } of partitions) this.cluster.leaderLost(topic, index);
    this.ports.incarnation.setTimer(ERROR_BACKOFF_MS, () => from.fetch());
  }

  /** A look-up of offsets has its answer. */
  onFound({ sought, timestamp }: OffsetLookUp, answer: ListOffsetsAnswer): void {
    let again: Sought[] | null = null;
    for (const { name, partitions } of answer.topics) {
      for (const { index, errorCode, offset } of partitions) {
        const match = sought.find(({ partition }) => partition.index === index && partition.topic === name);
        if (match === undefined || match.version !== match.partition.version) continue;
        if (errorCode === ERRORS.NONE) {
          match.partition.moveTo(offset);
          this.recordPosition(match.partition, 'reset');
          continue;
        }
        if (isAboutLeader(errorCode)) this.cluster.leaderMoved(name, index);
        else if (errorCode !== ERRORS.OFFSET_NOT_AVAILABLE)
          this.onError(`Failed to query logical offset for ${name} [${index}]: error ${errorCode}`);
        if (isAboutLeader(errorCode) || errorCode === ERRORS.OFFSET_NOT_AVAILABLE) (again ??= []).push(match);
      }
    }
    if (again !== null) this.lookUpLater(again, timestamp);
    this.refetch();
  }

  onLookUpLost({ sought, timestamp }: OffsetLookUp): void {
    for (const { partition } of sought) this.cluster.leaderLost(partition.topic, partition.index);
    this.lookUpLater(sought, timestamp);
  }

  /** FET-3, FET-4, FET-9: the position passes markers and records that are dropped. */
  private keep(
    partition: AssignedPartition,
    { batches, abortedTransactions, highWatermark }: FetchPartitionAnswer,
  ): void {
    partition.highWatermark = highWatermark;
    if (batches.length === 0) return;
    const from = partition.position;
    const records =
      this.options.isolationLevel === 1
        ? readCommitted(batches, abortedTransactions, from)
        : readUncommitted(batches, from);
    partition.position = nextFetchOffset(batches, from);
    if (records.length === 0) return;
    this.buffer.push({ partition, version: partition.version, records, next: 0 });
  }

  /** FET-7 (b), FET-8. */
  private reset(partition: AssignedPartition): void {
    partition.moveTo(-1);
    this.lookUp([partition], this.options.fromBeginning ? EARLIEST : LATEST);
  }

  private lookUp(partitions: readonly AssignedPartition[], timestamp: number): void {
    if (partitions.length === 0) return;
    this.lookUpSought(
      partitions.map((partition) => ({ partition, version: partition.version })),
      timestamp,
    );
  }

  private lookUpLater(sought: readonly Sought[], timestamp: number): void {
    this.ports.incarnation.setTimer(ERROR_BACKOFF_MS, () => {
      this.lookUpSought(
        sought.filter(({ partition, version }) => partition.version === version),
        timestamp,
      );
    });
  }

  /** One request to each leader; whoever has none waits for one. */
  private lookUpSought(sought: readonly Sought[], timestamp: number): void {
    const { metadata } = this.cluster;
    let rest = sought;
    while (rest.length > 0) {
      const { topic, index } = rest[0]!.partition;
      const leader = metadata.leader(topic, index);
      const isHere = ({ partition }: Sought): boolean => metadata.leader(partition.topic, partition.index) === leader;
      const group = rest.length === 1 ? rest : rest.filter(isHere);
      rest = group.length === rest.length ? [] : rest.filter((one) => !isHere(one));
      const lookUp = new OffsetLookUp(this, group, timestamp);
      if (leader !== NO_LEADER) lookUp.send(leader);
      else {
        (this.leaderless ??= []).push(lookUp);
        for (const { partition } of group) this.cluster.seekLeader(partition.topic);
      }
    }
  }

  /** Whoever waited for a leader may have one now. */
  onLeaders(): void {
    const waiting = this.leaderless ?? [];
    this.leaderless = null;
    for (const { sought, timestamp } of waiting) this.lookUpSought(sought, timestamp);
    this.fetch();
  }

  /** Sends a fetch to every leader that has none under way; looks for leaders where there is none. */
  private fetch(): void {
    if (this.isSuspended) return;
    const { metadata } = this.cluster;
    for (const { topic, index, position, isPaused } of this.assignment.partitions) {
      if (position < 0 || isPaused) continue;
      const leader = metadata.leader(topic, index);
      if (leader === NO_LEADER) this.cluster.seekLeader(topic);
      else this.brokerFetcher(leader).fetch();
    }
  }

  private refetch(): void {
    for (const broker of this.brokers) broker?.refetch();
    this.fetch();
  }

  private brokerFetcher(id: number): BrokerFetcher {
    return (this.brokers[id] ??= new BrokerFetcher(this, id));
  }

  private recordPosition(partition: AssignedPartition, from: 'committed' | 'reset' | 'seek'): void {
    const { incarnation } = this.ports;
    const { history } = incarnation.world;
    history.positionings.push({
      group: this.options.groupId,
      partition: partition.name,
      offset: partition.position,
      incarnation: incarnation.number,
      from,
      deliveries: history.deliveries.length,
      commits: history.commits.length,
      decided: history.decided.length,
    });
    if (incarnation.world.recorder === null) return;
    incarnation.world.record(
      { lane: partition.name, peer: incarnation.name, incarnation: incarnation.number },
      {
        kind: 'position',
        group: this.options.groupId,
        topic: partition.topic,
        partition: partition.index,
        offset: partition.position,
        from,
      },
    );
  }
}

/** The partition has another leader, or this one knows better who it is. */
function isAboutLeader(code: number): boolean {
  return (
    code === ERRORS.NOT_LEADER_OR_FOLLOWER ||
    code === ERRORS.LEADER_NOT_AVAILABLE ||
    code === ERRORS.FENCED_LEADER_EPOCH ||
    code === ERRORS.UNKNOWN_LEADER_EPOCH
  );
}
