/**
 * Fetches records ahead of their delivery, and finds out where to begin (FET-1, FET-7, OFS-3, OFS-4).
 *
 * One fetch is under way at a time. A new position waits for its answer, at most `fetch.wait.max.ms`: that is why a
 * message whose handler failed comes again after about half a second (CLI-43).
 */
import type { SimEvent } from '../../../../simulation/event-queue';
import { Request, type AnswerHandler } from '../../../../simulation/network';
import { ERRORS } from '../../../errors';
import type {
  FetchAnswer,
  FetchPartitionAnswer,
  FetchRequest,
  ListOffsetsAnswer,
  ListOffsetsRequest,
  StoredRecord,
} from '../../../protocol/messages';
import { nextFetchOffset, readCommitted, readUncommitted } from '../../read-committed';
import type { ConfluentPorts } from '../ports';
import { Assignment, type AssignedPartition } from './assigned-partition';
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

export class Fetcher {
  private readonly buffer: Chunk[] = [];
  private current: FetchAttempt | null = null;
  private refetchTimer: SimEvent | null = null;
  private isSuspended = false;

  constructor(
    readonly ports: ConfluentPorts,
    readonly options: ConsumerOptions,
    private readonly assignment: Assignment,
    private readonly onRecords: () => void,
    private readonly onError: (text: string) => void,
  ) {}

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
    for (const partition of this.assignment.partitions) partition.version += 1;
    this.abandon();
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

  /** @internal */
  onFetched(attempt: FetchAttempt, answer: FetchAnswer): void {
    if (attempt !== this.current) return;
    this.endAttempt();
    let next = 0;
    let isFailed = false;
    for (const { name, partitions } of answer.topics) {
      for (const part of partitions) {
        let place = next++;
        const expected = attempt.partitions[place];
        if (expected?.index !== part.index || expected.topic !== name) {
          place = attempt.partitions.findIndex(({ topic, index }) => topic === name && index === part.index);
        }
        const partition = attempt.partitions[place];
        if (partition === undefined || partition.version !== attempt.versions[place]) continue;
        if (part.errorCode === ERRORS.NONE) this.keep(partition, part);
        else if (part.errorCode === ERRORS.OFFSET_OUT_OF_RANGE) this.reset(partition);
        else isFailed = true;
      }
    }
    if (isFailed) this.ports.incarnation.setTimer(ERROR_BACKOFF_MS, () => this.fetch(), true);
    else this.fetch();
    if (this.buffer.length > 0) this.onRecords();
  }

  /** @internal */
  onFetchLost(attempt: FetchAttempt): void {
    if (attempt !== this.current) return;
    this.endAttempt();
    this.ports.incarnation.setTimer(ERROR_BACKOFF_MS, () => this.fetch());
  }

  /** @internal A look-up of offsets has its answer. */
  onFound(
    found: readonly { readonly partition: AssignedPartition; readonly version: number }[],
    answer: ListOffsetsAnswer,
  ): void {
    for (const { name, partitions } of answer.topics) {
      for (const { index, errorCode, offset } of partitions) {
        const match = found.find(({ partition }) => partition.index === index && partition.topic === name);
        if (match === undefined || match.version !== match.partition.version) continue;
        if (errorCode !== ERRORS.NONE) {
          this.onError(`Failed to query logical offset for ${name} [${index}]: error ${errorCode}`);
          continue;
        }
        match.partition.moveTo(offset);
        this.recordPosition(match.partition, 'reset');
      }
    }
    this.refetch();
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
    new OffsetLookUp(
      this,
      partitions.map((partition) => ({ partition, version: partition.version })),
      timestamp,
    ).send();
  }

  private fetch(): void {
    if (this.current !== null || this.isSuspended) return;
    const wanted = this.assignment.partitions.filter(({ position, isPaused }) => position >= 0 && !isPaused);
    if (wanted.length === 0) return;
    this.current = new FetchAttempt(this, wanted);
    this.current.send();
  }

  /** Fetches from changed positions as soon as the fetch under way lets it. */
  private refetch(): void {
    if (this.current === null) {
      this.fetch();
      return;
    }
    if (this.refetchTimer !== null) return;
    const { incarnation } = this.ports;
    const wait = Math.max(1, this.options.fetchWaitMs);
    const elapsed = incarnation.world.now - this.current.sentAt;
    this.refetchTimer = incarnation.setTimer(wait - (elapsed % wait), this.onRefetch);
  }

  private readonly onRefetch = (): void => {
    this.refetchTimer = null;
    this.current = null;
    this.fetch();
  };

  private endAttempt(): void {
    this.current = null;
    if (this.refetchTimer === null) return;
    this.ports.incarnation.clearTimer(this.refetchTimer);
    this.refetchTimer = null;
  }

  private abandon(): void {
    this.endAttempt();
  }

  private recordPosition(partition: AssignedPartition, from: 'committed' | 'reset' | 'seek'): void {
    const { incarnation } = this.ports;
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

class FetchAttempt implements AnswerHandler<FetchAnswer> {
  readonly versions: readonly number[];
  readonly sentAt: number;

  constructor(
    private readonly fetcher: Fetcher,
    readonly partitions: readonly AssignedPartition[],
  ) {
    this.versions = partitions.map(({ version }) => version);
    this.sentAt = fetcher.ports.incarnation.world.now;
  }

  send(): void {
    const { ports, options } = this.fetcher;
    const message: FetchRequest = {
      api: 'Fetch',
      isolationLevel: options.isolationLevel,
      maxWaitMs: options.fetchWaitMs,
      topics: Assignment.byTopic(this.partitions, ({ topic }) => topic).map(({ name, items }) => ({
        name,
        partitions: items.map(({ index, position }) => ({ index, fetchOffset: position, currentLeaderEpoch: -1 })),
      })),
    };
    new Request('fetch', false, ports.incarnation, message, ports.endpoint as never, this).send();
  }

  onAnswer(answer: FetchAnswer): void {
    this.fetcher.onFetched(this, answer);
  }

  onLost(): void {
    this.fetcher.onFetchLost(this);
  }
}

class OffsetLookUp implements AnswerHandler<ListOffsetsAnswer> {
  constructor(
    private readonly fetcher: Fetcher,
    private readonly sought: readonly { readonly partition: AssignedPartition; readonly version: number }[],
    private readonly timestamp: number,
  ) {}

  send(): void {
    const { ports, options } = this.fetcher;
    const message: ListOffsetsRequest = {
      api: 'ListOffsets',
      isolationLevel: options.isolationLevel,
      topics: Assignment.byTopic(this.sought, ({ partition }) => partition.topic).map(({ name, items }) => ({
        name,
        partitions: items.map(({ partition }) => ({
          index: partition.index,
          timestamp: this.timestamp,
          currentLeaderEpoch: -1,
        })),
      })),
    };
    new Request('list-offsets', false, ports.incarnation, message, ports.endpoint as never, this).send();
  }

  onAnswer(answer: ListOffsetsAnswer): void {
    this.fetcher.onFound(this.sought, answer);
  }

  onLost(): void {
    this.fetcher.ports.incarnation.setTimer(ERROR_BACKOFF_MS, () => this.send());
  }
}
