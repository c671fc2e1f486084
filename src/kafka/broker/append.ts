/**
 * A produced batch on the leader: the checks of ACK-1 in their order, then the append. Whatever is refused has changed
 * nothing (LOG-5, INV-10).
 */
import { ERRORS } from '../errors';
import type { ProducedBatch, WireRecord } from '../protocol/messages';
import { checkBatch, duplicateOf, type SequencedBatch } from './producer-state-entry';
import type { Verification } from './producer-states';
import type { Replica } from './replica';

export interface AppendResult {
  readonly errorCode: number;
  /** -1 when nothing is stored; of the original batch for a duplicate (LOG-6). */
  readonly baseOffset: number;
  readonly lastOffset: number;
  /** It has been stored by this call. */
  readonly isAppended: boolean;
}

/** How a batch comes. */
export interface AppendContext {
  readonly acks: number;
  readonly now: number;
  /** The producer follows the second transaction protocol (TXN-2). */
  readonly isSecondProtocol: boolean;
  /** What the coordinator's word about the transaction was given for; null when nobody asked (TXN-6). */
  readonly verification: Verification | null;
  readonly isVerificationNeeded: boolean;
}

export function refused(errorCode: number): AppendResult {
  return { errorCode, baseOffset: -1, lastOffset: -1, isAppended: false };
}

/** ACK-1 (1); the rest comes partition by partition. */
export function isValidAcks(acks: number): boolean {
  return acks === 0 || acks === 1 || acks === -1;
}

/**
 * ACK-1 (3) … (11) and the append.
 * @param replica undefined when the broker does not have the partition
 */
export function appendToLeader(
  replica: Replica | undefined,
  batch: ProducedBatch,
  context: AppendContext,
): AppendResult {
  if (replica === undefined) return refused(ERRORS.UNKNOWN_TOPIC_OR_PARTITION);
  const { leadership } = replica;
  if (leadership === null) return refused(ERRORS.NOT_LEADER_OR_FOLLOWER);
  if (context.acks === -1 && leadership.isUnderMinIsr) return refused(ERRORS.NOT_ENOUGH_REPLICAS);
  if (batchSize(batch.records) > leadership.registration.config.maxMessageBytes)
    return refused(ERRORS.MESSAGE_TOO_LARGE);
  if (batch.producerId >= 0) {
    const sequenced = sequencedBatch(batch);
    const duplicate = duplicateOf(replica.producers?.get(batch.producerId, context.now), sequenced);
    if (duplicate !== null) {
      const { baseOffset, lastOffset } = duplicate;
      return { errorCode: ERRORS.NONE, baseOffset, lastOffset, isAppended: false };
    }
    const errorCode = checkProducer(replica, batch.producerId, sequenced, context);
    if (errorCode !== ERRORS.NONE) return refused(errorCode);
  }
  const { baseOffset, lastOffset } = replica.appendData(batch, context.now);
  return { errorCode: ERRORS.NONE, baseOffset, lastOffset, isAppended: true };
}

/** ACK-1 (8) … (11). */
function checkProducer(replica: Replica, producerId: number, batch: SequencedBatch, context: AppendContext): number {
  const states = replica.producers;
  const entry = states?.get(producerId, context.now);
  const pending = states?.verification(producerId);
  if (batch.isTransactional && states?.hasOngoingTransaction(producerId, batch.producerEpoch) !== true) {
    if (entry !== undefined && batch.producerEpoch < entry.producerEpoch) return ERRORS.INVALID_PRODUCER_EPOCH;
    // The word that was given counts as long as it is still the one that is waited for.
    const isVerified = context.verification !== null && pending === context.verification;
    if (context.isVerificationNeeded && !isVerified) return ERRORS.INVALID_TXN_STATE;
  }
  const lowestPending = batch.isTransactional && pending !== undefined ? pending.lowestSequence : -1;
  const mustBeginAtZero = context.isSecondProtocol && batch.isTransactional;
  return checkBatch(entry, batch, lowestPending, mustBeginAtZero);
}

export function sequencedBatch(batch: ProducedBatch): SequencedBatch {
  const { producerEpoch, baseSequence, isTransactional, records } = batch;
  return { producerEpoch, baseSequence, count: records.length, isTransactional };
}

/** Bytes of a batch header, and of a record beside key and value, uncompressed (record format 2). */
const BATCH_OVERHEAD_BYTES = 61;
const RECORD_OVERHEAD_BYTES = 7;

/** Size of a batch as `max.message.bytes` sees it. Texts count as ASCII; the limit is far from any record of a lab. */
function batchSize(records: readonly WireRecord[]): number {
  let size = BATCH_OVERHEAD_BYTES;
  for (const { key, value, headers } of records) {
    size += RECORD_OVERHEAD_BYTES + (key?.length ?? 0) + (value?.length ?? 0);
    for (const name in headers) size += name.length + headers[name]!.length;
  }
  return size;
}
