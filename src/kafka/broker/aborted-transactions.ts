/**
 * Aborted transactions of one partition replica, in the order of their markers (LOG-9, FET-4; Kafka: `TransactionIndex`).
 * The records themselves stay in the log.
 */
import type { AbortedTransaction } from '../protocol/messages';
import type { CompletedTransaction } from './producer-states';

interface IndexEntry extends CompletedTransaction {
  /** Last stable offset just after the abort: nothing behind it can belong to an earlier entry. */
  readonly lastStableOffset: number;
}

export class AbortedTransactions {
  private entries: IndexEntry[] = [];

  add(transaction: CompletedTransaction, lastStableOffset: number): void {
    this.entries.push({ ...transaction, lastStableOffset });
  }

  /** Transactions that overlap `from ≤ offset < to`, in the order of their markers and not of their beginnings (FET-4). */
  collect(from: number, to: number): readonly AbortedTransaction[] {
    const found: AbortedTransaction[] = [];
    for (const { producerId, firstOffset, lastOffset, lastStableOffset } of this.entries) {
      if (lastOffset >= from && firstOffset < to) found.push({ producerId, firstOffset });
      if (lastStableOffset >= to) break;
    }
    return found;
  }

  /** The log has been cut at `offset` (EPO-2). */
  truncateTo(offset: number): void {
    this.entries = this.entries.filter(({ lastOffset }) => lastOffset < offset);
  }

  clear(): void {
    this.entries = [];
  }
}
