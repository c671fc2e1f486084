/**
 * What the coordinator keeps for a transactional id, and the values that each transition gives it (TXN-1, TXN-4, TXN-8,
 * TXN-9; Kafka: `TransactionMetadata`). A value is never changed: it is what stands in the log.
 */
import { END_TXN_TV2_VERSION, type TransactionResult } from '../../protocol/transaction-messages';
import { assertTransition, isIdle, type TransactionState } from './transaction-states';

/** Transaction protocol (TXN-2): 1 keeps the epoch over transactions, 2 raises it with each. */
export type ProtocolGeneration = 1 | 2;

/** Epochs end here: the one above is kept for fencing (TXN-4). */
export const LAST_CLIENT_EPOCH = 32_766;
const MAX_EPOCH = 32_767;

export interface TxnPartition {
  readonly topic: string;
  readonly partition: number;
}

export interface TransactionMetadata {
  readonly transactionalId: string;
  readonly producerId: number;
  /** The producer id before the last transition; -1 for none. */
  readonly previousProducerId: number;
  /** The id that takes over when the markers are written, because the epochs of the present one are used up; -1 for none. */
  readonly nextProducerId: number;
  /** -1 only before the first InitProducerId is durable. */
  readonly producerEpoch: number;
  /** The epoch before the last bump that its owner asked for; -1 when it was taken away. */
  readonly lastProducerEpoch: number;
  readonly timeoutMs: number;
  readonly state: TransactionState;
  readonly partitions: readonly TxnPartition[];
  /** When the first partition was added (TXN-14); -1 while nothing is open. */
  readonly startedAt: number;
  readonly updatedAt: number;
}

/** TXN-2: the protocol generation that an EndTxn of this version follows. */
export function endTxnGeneration(apiVersion: number): ProtocolGeneration {
  return apiVersion >= END_TXN_TV2_VERSION ? 2 : 1;
}

/** TXN-4: no more epochs can be given out for the producer id. */
export function isEpochExhausted(epoch: number): boolean {
  return epoch >= LAST_CLIENT_EPOCH;
}

export function includesPartition(partitions: readonly TxnPartition[], { topic, partition }: TxnPartition): boolean {
  return partitions.some((other) => other.topic === topic && other.partition === partition);
}

/** A transactional id that nobody has used yet: its first epoch will be 0. */
export function unknownTransactionalId(
  transactionalId: string,
  producerId: number,
  timeoutMs: number,
  now: number,
): TransactionMetadata {
  return {
    transactionalId,
    producerId,
    previousProducerId: -1,
    nextProducerId: -1,
    producerEpoch: -1,
    lastProducerEpoch: -1,
    timeoutMs,
    state: 'empty',
    partitions: [],
    startedAt: -1,
    updatedAt: now,
  };
}

function moveTo(from: TransactionMetadata, change: Partial<TransactionMetadata>): TransactionMetadata {
  const next = { ...from, previousProducerId: from.producerId, ...change };
  assertTransition(from.transactionalId, from.state, next.state);
  return next;
}

/** TXN-4: the answer to an InitProducerId with this epoch; `lastProducerEpoch` allows the owner's retry. */
export function initialised(
  from: TransactionMetadata,
  owner: { readonly producerEpoch: number; readonly lastProducerEpoch: number; readonly producerId?: number },
  timeoutMs: number,
  now: number,
): TransactionMetadata {
  return moveTo(from, { ...owner, state: 'empty', timeoutMs, partitions: [], startedAt: -1, updatedAt: now });
}

/** TXN-7, TXN-14: the clock of the time-out starts with the first partition and is not set back by later ones. */
export function withPartitions(
  from: TransactionMetadata,
  added: readonly TxnPartition[],
  now: number,
): TransactionMetadata {
  const known = isIdle(from.state) ? [] : from.partitions;
  return moveTo(from, {
    state: 'ongoing',
    partitions: [...known, ...added.filter((partition) => !includesPartition(known, partition))],
    startedAt: isIdle(from.state) ? now : from.startedAt,
    updatedAt: now,
  });
}

/**
 * The decision (TXN-8, TXN-9). Generation 2 raises the epoch by one: that is the epoch of the markers (TXN-12).
 * @param nextProducerId the id to go on with when the epochs are used up, -1 for none
 */
export function prepared(
  from: TransactionMetadata,
  result: TransactionResult,
  generation: ProtocolGeneration,
  nextProducerId: number,
  now: number,
): TransactionMetadata {
  const { producerEpoch, lastProducerEpoch } = from;
  return moveTo(from, {
    state: result === 'COMMIT' ? 'prepare-commit' : 'prepare-abort',
    producerEpoch: generation === 2 ? Math.min(producerEpoch + 1, MAX_EPOCH) : producerEpoch,
    lastProducerEpoch: generation === 2 ? producerEpoch : lastProducerEpoch,
    nextProducerId,
    startedAt: isIdle(from.state) ? now : from.startedAt,
    updatedAt: now,
  });
}

/** All markers are written. A producer id whose epochs are used up gives way to the next one, which begins with epoch 0. */
export function completed(from: TransactionMetadata, now: number): TransactionMetadata {
  const isRotated = from.nextProducerId !== -1;
  return moveTo(from, {
    state: from.state === 'prepare-commit' ? 'complete-commit' : 'complete-abort',
    producerId: isRotated ? from.nextProducerId : from.producerId,
    producerEpoch: isRotated ? 0 : from.producerEpoch,
    nextProducerId: -1,
    partitions: [],
    updatedAt: now,
  });
}
