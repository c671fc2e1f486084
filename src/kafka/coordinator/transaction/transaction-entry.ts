/** A transactional id in the memory of its coordinator: what is durable, and what is under way. */
import { assertTransition, type TransactionState } from './transaction-states';
import type { TransactionMetadata, TxnPartition } from './transaction-metadata';

export class TransactionEntry {
  /** The state that a transition under way leads to; null when there is none. Nobody else may begin one (TXN-4, TXN-7). */
  pending: TransactionState | null = null;
  /** Partitions that have not got their marker yet. */
  unmarked: readonly TxnPartition[] = [];
  /** When the markers were sent for the first time. */
  markersSince = 0;

  constructor(public metadata: TransactionMetadata) {}

  /** Begins a transition: from now on it is the only one. */
  prepare(next: TransactionState): void {
    assertTransition(this.metadata.transactionalId, this.metadata.state, next);
    this.pending = next;
  }
}
