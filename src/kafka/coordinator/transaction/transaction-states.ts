/** The states of a transactional id and the moves between them (TXN-3; Kafka: `TransactionState`). */

export type TransactionState =
  /** Initialised, nothing open. */
  | 'empty'
  /** At least one partition has been added. */
  | 'ongoing'
  /** The decision is durable and irrevocable. */
  | 'prepare-commit'
  | 'prepare-abort'
  /** All markers are written and acknowledged. */
  | 'complete-commit'
  | 'complete-abort'
  /** In memory only: the epoch is being raised to fence the owner. */
  | 'prepare-epoch-fence'
  /** Expired. */
  | 'dead';

/** The states from which each state may be entered (TXN-3). A lesson's diagram is drawn from this table. */
export const VALID_PREVIOUS_STATES: Readonly<Record<TransactionState, readonly TransactionState[]>> = {
  empty: ['empty', 'complete-commit', 'complete-abort'],
  ongoing: ['ongoing', 'empty', 'complete-commit', 'complete-abort'],
  'prepare-commit': ['ongoing'],
  // From `empty` and `complete-*` in the second protocol only: the abort of a transaction without partitions (TXN-9).
  'prepare-abort': ['ongoing', 'prepare-epoch-fence', 'empty', 'complete-commit', 'complete-abort'],
  'complete-commit': ['prepare-commit'],
  'complete-abort': ['prepare-abort'],
  'prepare-epoch-fence': ['ongoing'],
  dead: ['empty', 'complete-commit', 'complete-abort'],
};

/** @throws Error when the table has no such move: a bug of the model. */
export function assertTransition(transactionalId: string, from: TransactionState, to: TransactionState): void {
  if (!VALID_PREVIOUS_STATES[to].includes(from))
    throw new Error(`transactional id ${transactionalId}: no move from ${from} to ${to}`);
}

/** The decision is durable and the markers are under way. */
export function isPrepared(state: TransactionState): boolean {
  return state === 'prepare-commit' || state === 'prepare-abort';
}

/** Nothing is open and nothing is under way: a new epoch may be given out, and the id may expire (TXN-4, TXN-17). */
export function isIdle(state: TransactionState): boolean {
  return state === 'empty' || state === 'complete-commit' || state === 'complete-abort';
}
