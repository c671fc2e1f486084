/** What an InitProducerId does to a transactional id (TXN-4, TXN-5; Kafka: `prepareInitProducerIdTransit`). */
import { ERRORS } from '../../errors';
import { initialised, isEpochExhausted, LAST_CLIENT_EPOCH, type TransactionMetadata } from './transaction-metadata';
import { isPrepared, type TransactionState } from './transaction-states';

export interface InitRequest {
  readonly timeoutMs: number;
  /** Producer id and epoch that the caller holds; null for a new incarnation. */
  readonly expected: { readonly producerId: number; readonly producerEpoch: number } | null;
}

export type InitDecision =
  | { readonly kind: 'refuse'; readonly errorCode: number }
  /** Abort the open transaction with a raised epoch, and answer CONCURRENT_TRANSACTIONS. */
  | { readonly kind: 'fence' }
  | { readonly kind: 'grant'; readonly next: TransactionMetadata };

/**
 * @param pending the state that a transition under way leads to
 * @param nextProducerId called only when the epochs of the present producer id are used up
 */
export function initProducerIdTransition(
  current: TransactionMetadata,
  pending: TransactionState | null,
  request: InitRequest,
  now: number,
  nextProducerId: () => number,
): InitDecision {
  if (pending !== null) return refuse(ERRORS.CONCURRENT_TRANSACTIONS);
  if (!holdsProducerId(current, request.expected)) return refuse(ERRORS.PRODUCER_FENCED);
  if (isPrepared(current.state)) return refuse(ERRORS.CONCURRENT_TRANSACTIONS);
  if (current.state === 'ongoing') return { kind: 'fence' };
  const { timeoutMs, expected } = request;
  const isCurrent = expected === null || expected.producerEpoch === current.producerEpoch;
  if (isEpochExhausted(current.producerEpoch) && isCurrent) {
    const owner = {
      producerId: nextProducerId(),
      producerEpoch: 0,
      lastProducerEpoch: expected === null ? -1 : current.producerEpoch,
    };
    return { kind: 'grant', next: initialised(current, owner, timeoutMs, now) };
  }
  const owner = nextEpoch(current, expected === null ? null : expected.producerEpoch);
  if (owner === null) return refuse(ERRORS.PRODUCER_FENCED);
  return { kind: 'grant', next: initialised(current, owner, timeoutMs, now) };
}

function refuse(errorCode: number): InitDecision {
  return { kind: 'refuse', errorCode };
}

/** Whether the caller's producer id is the present one, or the one before a rotation whose answer it never got. */
function holdsProducerId(current: TransactionMetadata, expected: InitRequest['expected']): boolean {
  if (expected === null || current.producerEpoch === -1 || expected.producerId === current.producerId) return true;
  return expected.producerId === current.previousProducerId && expected.producerEpoch >= LAST_CLIENT_EPOCH;
}

/**
 * The epoch to answer with: one higher; the same once more for the retry of a request whose answer got lost; null for
 * whoever has been replaced.
 */
function nextEpoch(
  { producerEpoch, lastProducerEpoch }: TransactionMetadata,
  expectedEpoch: number | null,
): { readonly producerEpoch: number; readonly lastProducerEpoch: number } | null {
  if (expectedEpoch === null) return { producerEpoch: producerEpoch + 1, lastProducerEpoch: -1 };
  if (producerEpoch === -1 || expectedEpoch === producerEpoch)
    return { producerEpoch: producerEpoch + 1, lastProducerEpoch: producerEpoch };
  if (expectedEpoch === lastProducerEpoch) return { producerEpoch, lastProducerEpoch };
  return null;
}
