/**
 * What an EndTxn is told, by the state it meets: the decision tables of both transaction protocols (TXN-8, TXN-9; Kafka:
 * `endTransactionWithTV1`, `endTransaction`). The tables are data: a lesson shows them.
 */
import { ERRORS, type ErrorName } from '../../errors';
import { LAST_CLIENT_EPOCH, type ProtocolGeneration, type TransactionMetadata } from './transaction-metadata';
import type { TransactionState } from './transaction-states';

/** `prepare`: the decision is written. `done`: it was made before, and the caller's first request did it. */
export type EndTxnOutcome = 'prepare' | 'done' | ErrorName;

/** States in which an EndTxn can meet a transactional id. */
export type EndTxnState = Exclude<TransactionState, 'prepare-epoch-fence' | 'dead'>;

/** TXN-8. The request's epoch is the current one. */
export const END_TXN_TV1: Readonly<
  Record<EndTxnState, { readonly commit: EndTxnOutcome; readonly abort: EndTxnOutcome }>
> = {
  ongoing: { commit: 'prepare', abort: 'prepare' },
  'prepare-commit': { commit: 'CONCURRENT_TRANSACTIONS', abort: 'INVALID_TXN_STATE' },
  'prepare-abort': { commit: 'INVALID_TXN_STATE', abort: 'CONCURRENT_TRANSACTIONS' },
  'complete-commit': { commit: 'done', abort: 'INVALID_TXN_STATE' },
  'complete-abort': { commit: 'INVALID_TXN_STATE', abort: 'done' },
  empty: { commit: 'INVALID_TXN_STATE', abort: 'INVALID_TXN_STATE' },
};

interface Tv2Row {
  readonly commitCurrent: EndTxnOutcome;
  readonly commitRetry: EndTxnOutcome;
  readonly abortCurrent: EndTxnOutcome;
  readonly abortRetry: EndTxnOutcome;
}

/** TXN-9. `Retry`: the request's epoch is the one before the current one, its first sending has raised the epoch. */
export const END_TXN_TV2: Readonly<Record<EndTxnState, Tv2Row>> = {
  ongoing: {
    commitCurrent: 'prepare',
    commitRetry: 'PRODUCER_FENCED',
    abortCurrent: 'prepare',
    abortRetry: 'PRODUCER_FENCED',
  },
  'prepare-commit': {
    commitCurrent: 'PRODUCER_FENCED',
    commitRetry: 'CONCURRENT_TRANSACTIONS',
    abortCurrent: 'PRODUCER_FENCED',
    abortRetry: 'INVALID_TXN_STATE',
  },
  'prepare-abort': {
    commitCurrent: 'PRODUCER_FENCED',
    commitRetry: 'INVALID_TXN_STATE',
    abortCurrent: 'PRODUCER_FENCED',
    abortRetry: 'CONCURRENT_TRANSACTIONS',
  },
  'complete-commit': {
    commitCurrent: 'INVALID_TXN_STATE',
    commitRetry: 'done',
    abortCurrent: 'prepare',
    abortRetry: 'INVALID_TXN_STATE',
  },
  'complete-abort': {
    commitCurrent: 'INVALID_TXN_STATE',
    commitRetry: 'INVALID_TXN_STATE',
    abortCurrent: 'prepare',
    abortRetry: 'done',
  },
  empty: {
    commitCurrent: 'INVALID_TXN_STATE',
    commitRetry: 'PRODUCER_FENCED',
    abortCurrent: 'prepare',
    abortRetry: 'PRODUCER_FENCED',
  },
};

export interface EndTxnCaller {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly committed: boolean;
  readonly generation: ProtocolGeneration;
}

/**
 * @param current undefined when the coordinator does not know the transactional id
 * @param pending the state that a transition under way leads to; a transition may have changed the producer id already,
 *   so it is looked at first
 */
export function endTxnTransition(
  current: TransactionMetadata | undefined,
  pending: TransactionState | null,
  caller: EndTxnCaller,
): EndTxnOutcome {
  if (current === undefined) return 'INVALID_PRODUCER_ID_MAPPING';
  if (pending !== null) return 'CONCURRENT_TRANSACTIONS';
  const state = current.state as EndTxnState;
  if (caller.generation === 1) {
    if (caller.producerId !== current.producerId) return 'INVALID_PRODUCER_ID_MAPPING';
    if (caller.producerEpoch !== current.producerEpoch) return 'PRODUCER_FENCED';
    return caller.committed ? END_TXN_TV1[state].commit : END_TXN_TV1[state].abort;
  }
  const isRotationRetry = isRetryAfterRotation(current, caller);
  if (caller.producerId !== current.producerId && !isRotationRetry) return 'INVALID_PRODUCER_ID_MAPPING';
  const row = END_TXN_TV2[state];
  if (isRotationRetry || caller.producerEpoch === current.producerEpoch - 1)
    return caller.committed ? row.commitRetry : row.abortRetry;
  if (caller.producerEpoch !== current.producerEpoch) return 'PRODUCER_FENCED';
  return caller.committed ? row.commitCurrent : row.abortCurrent;
}

/** The first sending has used up the epochs: the coordinator holds the next producer id with epoch 0 by now. */
function isRetryAfterRotation(current: TransactionMetadata, { producerId, producerEpoch }: EndTxnCaller): boolean {
  return (
    producerId === current.previousProducerId && producerEpoch === LAST_CLIENT_EPOCH && current.producerEpoch === 0
  );
}

/** Error code of an outcome; NONE when the transaction is, or has been, decided as asked. */
export function endTxnErrorCode(outcome: EndTxnOutcome): number {
  return outcome === 'prepare' || outcome === 'done' ? ERRORS.NONE : ERRORS[outcome];
}
