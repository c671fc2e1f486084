/** States of a transactional producer in librdkafka, and its moves (`rd_kafka_txn_state_transition_is_valid`; CLI-46 … CLI-49). */

export type TransactionState =
  | 'init'
  /** The transactional id is being initialised (TXN-5). */
  | 'wait-producer-id'
  /** Initialised, but whoever asked for it has stopped waiting (CLI-52). */
  | 'ready-not-acked'
  | 'ready'
  | 'in-transaction'
  /** What is under way is waited for before the commit. */
  | 'begin-commit'
  | 'committing'
  /** Committed, but whoever asked for it has stopped waiting (CLI-52). */
  | 'commit-not-acked'
  /** What has not left is dropped, what is under way is waited for before the abort. */
  | 'begin-abort'
  | 'aborting'
  | 'abort-not-acked'
  /** Only an abort is possible (CLI-48). */
  | 'abortable-error'
  /** Nothing is possible. */
  | 'fatal-error';

/** The lesson's diagram of a transactional producer is drawn from this table. */
export const TRANSACTION_TRANSITIONS: Readonly<Record<TransactionState, readonly TransactionState[]>> = {
  init: ['wait-producer-id', 'fatal-error'],
  'wait-producer-id': ['ready-not-acked', 'fatal-error'],
  'ready-not-acked': ['ready', 'fatal-error'],
  ready: ['in-transaction', 'fatal-error'],
  'in-transaction': ['begin-commit', 'begin-abort', 'abortable-error', 'fatal-error'],
  'begin-commit': ['committing', 'commit-not-acked', 'abortable-error', 'fatal-error'],
  committing: ['commit-not-acked', 'abortable-error', 'fatal-error'],
  'commit-not-acked': ['ready', 'fatal-error'],
  'begin-abort': ['aborting', 'abort-not-acked', 'fatal-error'],
  aborting: ['begin-abort', 'abort-not-acked', 'fatal-error'],
  'abort-not-acked': ['ready', 'fatal-error'],
  'abortable-error': ['begin-abort', 'fatal-error'],
  'fatal-error': [],
};

/** States that an abortable error does not touch: the abort is under way, or it is too late for one. */
export function ignoresAbortableError(state: TransactionState): boolean {
  return state === 'begin-abort' || state === 'aborting' || state === 'fatal-error';
}

/** The way librdkafka writes a state in its messages. */
export function stateName(state: TransactionState): string {
  const words = state.split('-').map((word) => `${word[0]!.toUpperCase()}${word.slice(1)}`);
  return words.join('');
}
