/**
 * State of all idempotent producers of one partition replica, and of the transactions that are open there (PID-2, LOG-4;
 * Kafka: `ProducerStateManager`). It follows the replica's log: followers keep it from what they copy, and it is built
 * anew from what a truncation leaves (PID-15).
 */
import { ERRORS } from '../errors';
import {
  BATCHES_TO_RETAIN,
  incrementSequence,
  isExpired,
  type ProducerStateEntry,
  type SequencedBatch,
} from './producer-state-entry';
import type { RecordBatch } from './record-batch';
import type { TransactionMarker } from '../coordinator/coordinator-host';

/** A transaction that has ended in this partition. */
export interface CompletedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
  /** Offset of the marker. */
  readonly lastOffset: number;
}

/** A transaction's first batch waits for the coordinator's word (PID-12, TXN-6). */
export interface Verification {
  producerEpoch: number;
  lowestSequence: number;
}

export class ProducerStates {
  private readonly entries = new Map<number, ProducerStateEntry>();
  /** Ended, and their markers are not below the high watermark yet (LOG-4); in the order of the markers. */
  private unreplicated: CompletedTransaction[] = [];
  private readonly verifications = new Map<number, Verification>();

  constructor(private readonly expirationMs: number) {}

  /** PID-10: an expired state counts as none. */
  get(producerId: number, now: number): ProducerStateEntry | undefined {
    const entry = this.entries.get(producerId);
    if (entry === undefined || !isExpired(entry, now, this.expirationMs)) return entry;
    this.entries.delete(producerId);
    return undefined;
  }

  hasOngoingTransaction(producerId: number, producerEpoch: number): boolean {
    const entry = this.entries.get(producerId);
    return entry !== undefined && entry.transactionFirstOffset >= 0 && entry.producerEpoch === producerEpoch;
  }

  /** First offset of the earliest transaction that is ongoing; -1 for none. */
  get firstOngoingOffset(): number {
    let first = -1;
    for (const { transactionFirstOffset: offset } of this.entries.values())
      if (offset >= 0 && (first < 0 || offset < first)) first = offset;
    return first;
  }

  /** LOG-4: first offset of the earliest transaction that is ongoing, or whose marker is not replicated yet; -1 for none. */
  get firstUnstableOffset(): number {
    let first = this.firstOngoingOffset;
    for (const { firstOffset } of this.unreplicated) if (first < 0 || firstOffset < first) first = firstOffset;
    return first;
  }

  /** The high watermark has moved: transactions whose markers lie below it are stable (LOG-4). */
  onHighWatermark(highWatermark: number): void {
    if (this.unreplicated.length === 0) return;
    this.unreplicated = this.unreplicated.filter(({ lastOffset }) => lastOffset >= highWatermark);
  }

  /** Takes over a data batch that has been appended. */
  addData(batch: RecordBatch, now: number): void {
    const { producerId, producerEpoch, baseSequence, baseOffset, lastOffset, isTransactional } = batch;
    const entry = this.entryFor(producerId, producerEpoch);
    entry.lastTimestamp = now;
    if (isTransactional && entry.transactionFirstOffset < 0) entry.transactionFirstOffset = baseOffset;
    this.verifications.delete(producerId);
    // What a coordinator appends for a producer has no sequence numbers (OFS-6).
    if (baseSequence < 0) return;
    const lastSequence = incrementSequence(baseSequence, lastOffset - baseOffset);
    entry.batches.push({ firstSequence: baseSequence, lastSequence, baseOffset, lastOffset });
    if (entry.batches.length > BATCHES_TO_RETAIN) entry.batches.shift();
  }

  /** May a marker be appended (TXN-12)? */
  checkMarker({ producerId, producerEpoch, coordinatorEpoch }: TransactionMarker): number {
    const entry = this.entries.get(producerId);
    if (entry === undefined) return ERRORS.NONE;
    if (producerEpoch < entry.producerEpoch) return ERRORS.INVALID_PRODUCER_EPOCH;
    if (coordinatorEpoch < entry.coordinatorEpoch) return ERRORS.TRANSACTION_COORDINATOR_FENCED;
    return ERRORS.NONE;
  }

  /**
   * Takes over a marker that has been appended. A marker of the same epoch leaves window and sequence as they are, one of
   * a later epoch clears them (PID-9).
   * @returns the transaction it has ended; null when the producer had written nothing here (LOG-10)
   */
  addMarker(batch: RecordBatch, now: number): CompletedTransaction | null {
    const { producerId, producerEpoch, coordinatorEpoch, baseOffset } = batch;
    const entry = this.entryFor(producerId, producerEpoch);
    const firstOffset = entry.transactionFirstOffset;
    entry.coordinatorEpoch = coordinatorEpoch;
    entry.lastTimestamp = now;
    entry.transactionFirstOffset = -1;
    this.verifications.delete(producerId);
    if (firstOffset < 0) return null;
    const completed = { producerId, firstOffset, lastOffset: baseOffset };
    this.unreplicated.push(completed);
    return completed;
  }

  /** PID-12: notes that a batch of an unverified transaction waits. @returns what the batch has to show when it is appended */
  startVerification(producerId: number, { producerEpoch, baseSequence }: SequencedBatch): Verification {
    const known = this.verifications.get(producerId);
    if (known === undefined || known.producerEpoch < producerEpoch) {
      const verification = { producerEpoch, lowestSequence: baseSequence };
      this.verifications.set(producerId, verification);
      return verification;
    }
    if (known.producerEpoch === producerEpoch) known.lowestSequence = Math.min(known.lowestSequence, baseSequence);
    return known;
  }

  /** The one that is going on; undefined for none. */
  verification(producerId: number): Verification | undefined {
    return this.verifications.get(producerId);
  }

  clearVerifications(): void {
    this.verifications.clear();
  }

  /** PID-2: a broker that restarts knows only the last batch of each producer. */
  onRestart(): void {
    this.verifications.clear();
    for (const entry of this.entries.values()) entry.batches = entry.batches.slice(-1);
  }

  clear(): void {
    this.entries.clear();
    this.unreplicated = [];
    this.verifications.clear();
  }

  fingerprint(now: number): string {
    const texts = [...this.entries].map(([id, entry]) => {
      const age = isExpired(entry, now, this.expirationMs) ? 'x' : '';
      const window = entry.batches.map(({ firstSequence, lastSequence }) => `${firstSequence}-${lastSequence}`).join();
      return `${id}:${entry.producerEpoch}:${entry.transactionFirstOffset}:${entry.coordinatorEpoch}:${window}${age}`;
    });
    for (const [id, { lowestSequence }] of this.verifications) texts.push(`?${id}:${lowestSequence}`);
    return `${texts.join(';')}/${this.unreplicated.map(({ lastOffset }) => lastOffset).join()}`;
  }

  private entryFor(producerId: number, producerEpoch: number): ProducerStateEntry {
    let entry = this.entries.get(producerId);
    if (entry === undefined) {
      entry = { producerEpoch, batches: [], coordinatorEpoch: -1, transactionFirstOffset: -1, lastTimestamp: 0 };
      this.entries.set(producerId, entry);
    } else if (entry.producerEpoch !== producerEpoch) {
      // PID-7, PID-9.
      entry.producerEpoch = producerEpoch;
      entry.batches = [];
    }
    return entry;
  }
}
