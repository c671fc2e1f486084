/**
 * One replica of a partition: its log and everything that follows from the log (Kafka: `UnifiedLog`). Who may append,
 * and how far it is replicated, is the business of `Leadership` and of the follower's fetches.
 */
import { ERRORS } from '../errors';
import type { CoordinatorRecord, CoordinatorShard, TransactionMarker } from '../coordinator/coordinator-host';
import type { AbortedTransaction, ProducedBatch, StoredRecord } from '../protocol/messages';
import type { PartitionRegistration } from '../controller/partition-registration';
import { AbortedTransactions } from './aborted-transactions';
import { LeaderEpochCache } from './leader-epoch-cache';
import { PartitionLog } from './partition-log';
import { ProducerStates } from './producer-states';
import type { RecordBatch } from './record-batch';
import type { Leadership } from './replication/leadership';
import type { FollowerLink } from './replication/follower-link';
import { lastStableOffset } from './watermarks';

/** Outcome of a read: an error, batches, or nothing yet. */
export interface ReadResult {
  readonly errorCode: number;
  readonly batches: readonly RecordBatch[];
}

const NOTHING: readonly RecordBatch[] = [];
const NOTHING_YET: ReadResult = { errorCode: ERRORS.NONE, batches: NOTHING };
const OUT_OF_RANGE: ReadResult = { errorCode: ERRORS.OFFSET_OUT_OF_RANGE, batches: NOTHING };
const NONE_ABORTED: readonly AbortedTransaction[] = [];

/** `replica.high.watermark.checkpoint.interval.ms`. */
const CHECKPOINT_INTERVAL_MS = 5000;

export class Replica {
  readonly log = new PartitionLog();
  readonly epochs = new LeaderEpochCache();
  /** Null until a producer with an id has written. */
  producers: ProducerStates | null = null;
  /** Null until a transaction has been aborted. */
  private aborted: AbortedTransactions | null = null;
  /** First offset not known to be replicated to the in-sync replicas (LOG-3). */
  highWatermark = 0;
  /** What was written down of the high watermark, and in which interval it last moved. */
  private checkpoint = 0;
  private checkpointInterval = 0;
  /** Set while the broker leads the partition. */
  leadership: Leadership | null = null;
  /** Set while the broker follows a leader. */
  link: FollowerLink | null = null;
  /** The coordinator of the keys of this partition, while the broker leads it and the topic is an internal one. */
  shard: CoordinatorShard | null = null;
  /** `topic-partition`. */
  readonly name: string;

  /** The partition as this broker knows it; null until the controller has told it. */
  registration: PartitionRegistration | null = null;

  constructor(
    readonly topic: string,
    readonly index: number,
    private readonly producerIdExpirationMs: number,
  ) {
    this.name = `${topic}-${index}`;
  }

  /** First offset that a read_committed reader does not get (LOG-4). */
  get lastStableOffset(): number {
    if (this.producers === null) return this.highWatermark;
    return lastStableOffset(this.log.logStartOffset, this.highWatermark, this.producers.firstUnstableOffset);
  }

  /** Epoch of the leader that this broker knows of; -1 for none. */
  get leaderEpoch(): number {
    return this.registration === null ? -1 : this.registration.leaderEpoch;
  }

  /**
   * What a consumer's fetch at `offset` gets (FET-1, FET-2): outside of the log OFFSET_OUT_OF_RANGE; never a record at or
   * above the bound of its isolation level.
   */
  read(offset: number, isolationLevel: 0 | 1): ReadResult {
    const { log } = this;
    if (offset < log.logStartOffset || offset > log.logEndOffset) return OUT_OF_RANGE;
    const bound = isolationLevel === 1 ? this.lastStableOffset : this.highWatermark;
    if (offset >= bound) return NOTHING_YET;
    return { errorCode: ERRORS.NONE, batches: log.read(offset, bound) };
  }

  /** FET-4: aborted transactions that overlap what a reader at `offset` gets. */
  abortedTransactions(offset: number): readonly AbortedTransaction[] {
    return this.aborted === null ? NONE_ABORTED : this.aborted.collect(offset, this.lastStableOffset);
  }

  /** Appends a producer's batch at the log end. @returns the batch as stored */
  appendData(batch: ProducedBatch, now: number): RecordBatch {
    const baseOffset = this.log.logEndOffset;
    const { producerId, producerEpoch, baseSequence, isTransactional } = batch;
    const records: StoredRecord[] = [];
    for (let i = 0; i < batch.records.length; i += 1) {
      const { key, value, headers, timestamp } = batch.records[i]!;
      records.push({ key, value, headers, timestamp, offset: baseOffset + i });
    }
    const stored: RecordBatch = {
      baseOffset,
      lastOffset: baseOffset + records.length - 1,
      leaderEpoch: this.leaderEpoch,
      producerId,
      producerEpoch,
      baseSequence,
      isTransactional,
      control: null,
      coordinatorEpoch: -1,
      records,
      state: null,
    };
    this.take(stored, now);
    return stored;
  }

  /** Appends what a coordinator writes into its internal topic; `producer` -1/-1 outside of transactions (OFS-9). */
  appendState(
    state: readonly CoordinatorRecord[],
    producer: { readonly producerId: number; readonly producerEpoch: number } | null,
    now: number,
  ): RecordBatch {
    const baseOffset = this.log.logEndOffset;
    const stored: RecordBatch = {
      baseOffset,
      lastOffset: baseOffset + state.length - 1,
      leaderEpoch: this.leaderEpoch,
      producerId: producer === null ? -1 : producer.producerId,
      producerEpoch: producer === null ? -1 : producer.producerEpoch,
      baseSequence: -1,
      isTransactional: producer !== null,
      control: null,
      coordinatorEpoch: -1,
      records: [],
      state,
    };
    this.take(stored, now);
    return stored;
  }

  /** Appends a transaction marker: a control batch that takes one offset, written to or not (LOG-2, LOG-10). */
  appendMarker(marker: TransactionMarker, now: number): RecordBatch {
    const offset = this.log.logEndOffset;
    const stored: RecordBatch = {
      baseOffset: offset,
      lastOffset: offset,
      leaderEpoch: this.leaderEpoch,
      producerId: marker.producerId,
      producerEpoch: marker.producerEpoch,
      baseSequence: -1,
      isTransactional: true,
      control: marker.result,
      coordinatorEpoch: marker.coordinatorEpoch,
      records: [],
      state: null,
    };
    this.take(stored, now);
    return stored;
  }

  /** Appends a batch that has its offsets already: the follower's side, and the last step of the leader's. */
  take(batch: RecordBatch, now: number): void {
    if (batch.leaderEpoch > this.epochs.latest) this.epochs.assign(batch.leaderEpoch, batch.baseOffset);
    this.log.append(batch);
    if (batch.producerId >= 0) this.note(batch, now);
  }

  /** State of producers, made when it is first needed. */
  get producerStates(): ProducerStates {
    this.producers ??= new ProducerStates(this.producerIdExpirationMs);
    return this.producers;
  }

  private note(batch: RecordBatch, now: number): void {
    const states = this.producerStates;
    if (batch.control === null) {
      states.addData(batch, now);
      return;
    }
    const completed = states.addMarker(batch, now);
    if (completed === null || batch.control === 'COMMIT') return;
    this.aborted ??= new AbortedTransactions();
    const open = states.firstOngoingOffset;
    this.aborted.add(completed, open < 0 ? completed.lastOffset + 1 : open);
  }

  /** @returns whether it has moved */
  setHighWatermark(offset: number, now: number): boolean {
    if (offset === this.highWatermark) return false;
    const interval = Math.floor(now / CHECKPOINT_INTERVAL_MS);
    if (interval !== this.checkpointInterval) {
      this.checkpointInterval = interval;
      this.checkpoint = this.highWatermark;
    }
    this.highWatermark = offset;
    this.producers?.onHighWatermark(offset);
    return true;
  }

  /** EPO-2: what lies at or behind `offset` is gone for good; producers' state follows the log (PID-15). */
  truncateTo(offset: number, now: number): boolean {
    if (!this.log.truncateTo(offset)) return false;
    const { logEndOffset } = this.log;
    this.epochs.truncateFromEnd(logEndOffset);
    this.highWatermark = Math.min(this.highWatermark, logEndOffset);
    this.checkpoint = Math.min(this.checkpoint, logEndOffset);
    this.rebuild(now);
    return true;
  }

  /** EPO-3. */
  restartAt(offset: number): void {
    this.log.restartAt(offset);
    this.epochs.clear();
    this.producers?.clear();
    this.aborted?.clear();
    this.highWatermark = offset;
    this.checkpoint = offset;
  }

  private rebuild(now: number): void {
    if (this.producers === null) return;
    this.producers.clear();
    this.aborted?.clear();
    for (const batch of this.log.batches) if (batch.producerId >= 0) this.note(batch, now);
    this.producers.onHighWatermark(this.highWatermark);
  }

  /**
   * The broker's process is gone: what it kept in memory only is lost. The log is not, it lies in the operating system's
   * page cache (ACK-12).
   */
  stop(isClean: boolean, now: number): void {
    const isWritten = isClean || Math.floor(now / CHECKPOINT_INTERVAL_MS) !== this.checkpointInterval;
    this.highWatermark = isWritten ? this.highWatermark : this.checkpoint;
    this.checkpoint = this.highWatermark;
    this.registration = null;
    this.leadership = null;
    this.link?.end();
    this.link = null;
    this.producers?.onRestart();
  }

  /** Everything of it that the future can depend on. */
  fingerprint(now: number): string {
    const { log, highWatermark, producers } = this;
    const states = producers === null ? '' : producers.fingerprint(now);
    return `${log.logStartOffset}<${highWatermark}<${log.logEndOffset}:${this.epochs.fingerprint()}:${states}`;
  }
}
