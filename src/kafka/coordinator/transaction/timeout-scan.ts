/** The scan for timed-out transactions (TXN-14): it is planned only while a transaction is open. */
import { CallEvent, type SimEvent } from '../../../simulation/event-queue';
import type { CoordinatorHost } from '../coordinator-host';
import { isTimedOut, timeoutScanAt } from './timed-out-transactions';
import type { TransactionEntry } from './transaction-entry';
import type { TransactionMetadata } from './transaction-metadata';

export class TimeoutScan {
  private event: SimEvent | null = null;

  constructor(
    private readonly host: CoordinatorHost,
    private readonly entries: ReadonlyMap<string, TransactionEntry>,
    private readonly abort: (entry: TransactionEntry) => void,
  ) {}

  /** A transaction is open: the scan that may find it timed out takes place. */
  watch(metadata: TransactionMetadata): void {
    const { world, settings } = this.host;
    const at = timeoutScanAt(metadata, settings.transactionAbortTimedOutTransactionCleanupIntervalMs, world.now);
    if (this.event !== null && this.event.time <= at) return;
    this.stop();
    this.event = new CallEvent(() => this.scan(), true);
    world.schedule(this.event, at - world.now);
  }

  stop(): void {
    if (this.event !== null) this.host.world.cancel(this.event);
    this.event = null;
  }

  private scan(): void {
    this.event = null;
    const { world, settings } = this.host;
    const interval = settings.transactionAbortTimedOutTransactionCleanupIntervalMs;
    for (const entry of this.entries.values()) {
      if (entry.pending === null && isTimedOut(entry.metadata, world.now)) this.abort(entry);
    }
    for (const { metadata } of this.entries.values()) {
      if (metadata.state !== 'ongoing') continue;
      if (isTimedOut(metadata, world.now)) this.again(interval);
      else this.watch(metadata);
    }
  }

  /** The abort has failed, or another transition is under way: the next scan looks again. */
  private again(intervalMs: number): void {
    if (this.event !== null) return;
    this.event = new CallEvent(() => this.scan(), true);
    this.host.world.schedule(this.event, intervalMs);
  }
}
