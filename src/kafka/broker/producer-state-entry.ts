/**
 * What a partition remembers of one idempotent producer (PID-2; Kafka: `ProducerStateEntry`, `ProducerAppendInfo`), and
 * the rules that its batches are held to. Only numbers are compared, never contents (PID-4).
 */
import { ERRORS } from '../errors';

/** Batches that can still be recognised as duplicates (PID-2, PID-11). */
export const BATCHES_TO_RETAIN = 5;

/** A sequence number is an int32 that wraps to 0 (PID-3). */
const MAX_SEQUENCE = 0x7fffffff;

const NO_SEQUENCE = -1;

export interface BatchMetadata {
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly baseOffset: number;
  readonly lastOffset: number;
}

export interface ProducerStateEntry {
  producerEpoch: number;
  /** Latest batches of this epoch, oldest first, at most `BATCHES_TO_RETAIN`. */
  batches: BatchMetadata[];
  /** Epoch of the coordinator that wrote the last marker; -1 before the first. */
  coordinatorEpoch: number;
  /** First offset of the open transaction; -1 when none is open. */
  transactionFirstOffset: number;
  /** Virtual time of the last append. */
  lastTimestamp: number;
}

/** What of a batch the rules look at. */
export interface SequencedBatch {
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly count: number;
  readonly isTransactional: boolean;
}

/** `DefaultRecordBatch.incrementSequence` (PID-3): the batch may straddle the wrap. */
export function incrementSequence(sequence: number, increment: number): number {
  if (sequence > MAX_SEQUENCE - increment) return increment - (MAX_SEQUENCE - sequence) - 1;
  return sequence + increment;
}

/** PID-3: the next number, and 0 after the largest. */
export function isInSequence(lastSequence: number, nextSequence: number): boolean {
  return nextSequence === lastSequence + 1 || (nextSequence === 0 && lastSequence === MAX_SEQUENCE);
}

/** PID-5: same epoch and exactly the same first and last sequence number as one of the latest batches; that one or null. */
export function duplicateOf(entry: ProducerStateEntry | undefined, batch: SequencedBatch): BatchMetadata | null {
  if (entry?.producerEpoch !== batch.producerEpoch) return null;
  const lastSequence = incrementSequence(batch.baseSequence, batch.count - 1);
  for (const known of entry.batches) {
    if (known.firstSequence === batch.baseSequence && known.lastSequence === lastSequence) return known;
  }
  return null;
}

/**
 * ACK-1 (9), (10), (11) for a batch that is no duplicate.
 * @param lowestPending lowest sequence number of batches whose transaction is being verified, -1 for none (PID-12)
 * @param mustBeginAtZero the producer follows the second transaction protocol (PID-8)
 */
export function checkBatch(
  entry: ProducerStateEntry | undefined,
  batch: SequencedBatch,
  lowestPending: number,
  mustBeginAtZero: boolean,
): number {
  if (entry !== undefined && batch.producerEpoch < entry.producerEpoch) return ERRORS.INVALID_PRODUCER_EPOCH;
  if (!isNextSequence(entry, batch, lowestPending, mustBeginAtZero)) return ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER;
  const isTransactionOpen = entry !== undefined && entry.transactionFirstOffset >= 0;
  return isTransactionOpen && !batch.isTransactional ? ERRORS.INVALID_TXN_STATE : ERRORS.NONE;
}

function isNextSequence(
  entry: ProducerStateEntry | undefined,
  batch: SequencedBatch,
  lowestPending: number,
  mustBeginAtZero: boolean,
): boolean {
  // PID-12: an earlier batch may still fail; taking this one would leave a gap.
  if (lowestPending >= 0 && batch.baseSequence > lowestPending) return false;
  // PID-8: nothing to compare with.
  if (entry === undefined) return !mustBeginAtZero || batch.baseSequence === 0;
  // PID-7: a new epoch begins with 0.
  if (batch.producerEpoch !== entry.producerEpoch) return batch.baseSequence === 0;
  const last = entry.batches[entry.batches.length - 1];
  return isInSequence(last === undefined ? NO_SEQUENCE : last.lastSequence, batch.baseSequence);
}

/** Whether a state counts no longer (PID-10). An open transaction keeps it. */
export function isExpired(entry: ProducerStateEntry, now: number, expirationMs: number): boolean {
  return entry.transactionFirstOffset < 0 && now - entry.lastTimestamp >= expirationMs;
}
