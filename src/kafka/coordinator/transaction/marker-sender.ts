/**
 * Takes a decided transaction to its end: a marker for every partition that was added, written or not, tried until it is
 * written; then the record that completes the transaction (TXN-12, TXN-20; Kafka: `TransactionMarkerChannelManager`).
 */
import { CallEvent, type SimEvent } from '../../../simulation/event-queue';
import { ERRORS } from '../../errors';
import type { CoordinatorHost } from '../coordinator-host';
import { MARKER_BUSY_MS, MARKER_RETRY_BACKOFF_MS, markerOutcome } from './marker-retries';
import type { TransactionEntry } from './transaction-entry';
import type { TransactionLog } from './transaction-log';
import { completed, type TxnPartition } from './transaction-metadata';

export class MarkerSender {
  private readonly retries = new Set<SimEvent>();

  constructor(
    private readonly host: CoordinatorHost,
    private readonly log: TransactionLog,
  ) {}

  /** The entry is in PREPARE_*: sends its markers. From here on nobody else may begin a transition. */
  begin(entry: TransactionEntry): void {
    const { metadata } = entry;
    entry.prepare(metadata.state === 'prepare-commit' ? 'complete-commit' : 'complete-abort');
    entry.unmarked = metadata.partitions;
    entry.markersSince = this.host.world.now;
    if (metadata.partitions.length === 0) this.complete(entry);
    else for (const partition of metadata.partitions) this.send(entry, partition);
  }

  /** The broker has lost the partition: nothing more is sent. */
  stop(): void {
    for (const event of this.retries) this.host.world.cancel(event);
    this.retries.clear();
  }

  private send(entry: TransactionEntry, partition: TxnPartition): void {
    const { producerId, producerEpoch, state } = entry.metadata;
    const marker = {
      producerId,
      producerEpoch,
      coordinatorEpoch: this.host.leaderEpoch,
      result: state === 'prepare-commit' ? ('COMMIT' as const) : ('ABORT' as const),
    };
    this.host.writeTxnMarkers(marker, partition.topic, partition.partition, (errorCode) => {
      if (this.log.isLed) this.answered(entry, partition, errorCode);
    });
  }

  private answered(entry: TransactionEntry, partition: TxnPartition, errorCode: number): void {
    switch (markerOutcome(errorCode)) {
      case 'again':
        this.later(entry, () => this.send(entry, partition));
        return;
      case 'give-up':
        return;
      case 'written':
        entry.unmarked = entry.unmarked.filter((other) => other !== partition);
        if (entry.unmarked.length === 0) this.complete(entry);
    }
  }

  /** All markers are written. The transition stays the only one until its record is durable. */
  private complete(entry: TransactionEntry): void {
    const next = completed(entry.metadata, this.host.world.now);
    this.log.append(
      entry,
      next,
      (errorCode) => {
        if (isPassing(errorCode)) this.later(entry, () => this.complete(entry));
      },
      isPassing,
    );
  }

  private later(entry: TransactionEntry, work: () => void): void {
    const isBackground = this.host.world.now - entry.markersSince > MARKER_BUSY_MS;
    const event = new CallEvent(() => {
      this.retries.delete(event);
      work();
    }, isBackground);
    this.retries.add(event);
    this.host.world.schedule(event, MARKER_RETRY_BACKOFF_MS);
  }
}

function isPassing(errorCode: number): boolean {
  return errorCode === ERRORS.COORDINATOR_NOT_AVAILABLE;
}
