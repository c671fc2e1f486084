/**
 * Which partitions belong to a transaction: added by the client (protocol 1), by the partition's leader (protocol 2), and
 * verified by the leader before the first batch (TXN-6, TXN-7; Kafka: `handleAddPartitionsToTransaction`,
 * `handleVerifyPartitionsInTransaction`).
 */
import { ERRORS } from '../../errors';
import { includesPartition, type TransactionMetadata, type TxnPartition } from './transaction-metadata';
import { isPrepared, type TransactionState } from './transaction-states';

export interface TransactionalProducer {
  readonly producerId: number;
  readonly producerEpoch: number;
}

/** Why partitions cannot be added, TXN-7 in its order; NONE when they can. */
export function validateAddPartitions(
  current: TransactionMetadata | undefined,
  pending: TransactionState | null,
  by: TransactionalProducer,
): number {
  if (current === undefined) return ERRORS.INVALID_PRODUCER_ID_MAPPING;
  // First: a transition under way may be giving the caller the producer id and epoch that it already uses.
  if (pending !== null) return ERRORS.CONCURRENT_TRANSACTIONS;
  if (current.producerId !== by.producerId) return ERRORS.INVALID_PRODUCER_ID_MAPPING;
  if (current.producerEpoch !== by.producerEpoch) return ERRORS.PRODUCER_FENCED;
  return isPrepared(current.state) ? ERRORS.CONCURRENT_TRANSACTIONS : ERRORS.NONE;
}

/** TXN-7: all of them are in the transaction already, nothing has to be written. */
export function areAdded(current: TransactionMetadata, partitions: readonly TxnPartition[]): boolean {
  return (
    current.state === 'ongoing' && partitions.every((partition) => includesPartition(current.partitions, partition))
  );
}

/** TXN-6: whether a leader may take the first batch of a transaction for its partition. */
export function verifyPartitionInTxn(
  current: TransactionMetadata | undefined,
  by: TransactionalProducer,
  partition: TxnPartition,
): number {
  if (current === undefined || current.producerId !== by.producerId) return ERRORS.INVALID_PRODUCER_ID_MAPPING;
  if (current.producerEpoch !== by.producerEpoch) return ERRORS.PRODUCER_FENCED;
  if (isPrepared(current.state)) return ERRORS.CONCURRENT_TRANSACTIONS;
  return includesPartition(current.partitions, partition) ? ERRORS.NONE : ERRORS.TRANSACTION_ABORTABLE;
}

/** How a leader gets to know that a partition is in a transaction, by the version of the client's request (TXN-2, TXN-6). */
export type VerificationMode = 'verify' | 'add';

/** First version of Produce whose leader adds the partition by itself. */
const PRODUCE_ADDS_VERSION = 12;
/** First version of Produce that knows TRANSACTION_ABORTABLE. */
const PRODUCE_ABORTABLE_VERSION = 11;

export function produceVerificationMode(apiVersion: number): VerificationMode {
  return apiVersion >= PRODUCE_ADDS_VERSION ? 'add' : 'verify';
}

/** What the producer is told when verification or adding failed with `errorCode` (TXN-6). */
export function produceVerificationError(errorCode: number, apiVersion: number): number {
  switch (errorCode) {
    case ERRORS.PRODUCER_FENCED:
      return ERRORS.INVALID_PRODUCER_EPOCH;
    case ERRORS.TRANSACTION_ABORTABLE:
      return apiVersion >= PRODUCE_ABORTABLE_VERSION ? errorCode : ERRORS.INVALID_TXN_STATE;
    case ERRORS.CONCURRENT_TRANSACTIONS:
      return apiVersion >= PRODUCE_ADDS_VERSION ? errorCode : ERRORS.NOT_ENOUGH_REPLICAS;
    case ERRORS.NETWORK_EXCEPTION:
    case ERRORS.COORDINATOR_LOAD_IN_PROGRESS:
    case ERRORS.COORDINATOR_NOT_AVAILABLE:
    case ERRORS.NOT_COORDINATOR:
      return ERRORS.NOT_ENOUGH_REPLICAS;
    default:
      return errorCode;
  }
}
