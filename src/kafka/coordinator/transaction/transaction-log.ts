/**
 * The transactional ids of one partition of `__transaction_state`: every transition is a record there first, and counts
 * once it is replicated (TXN-1; Kafka: `TransactionStateManager`).
 */
import { ERRORS } from '../../errors';
import type { RecordBatch } from '../../broker/record-batch';
import { coordinatorError } from '../coordinator-errors';
import type { CoordinatorHost } from '../coordinator-host';
import { isExpired } from './timed-out-transactions';
import { TransactionEntry } from './transaction-entry';
import type { TransactionMetadata } from './transaction-metadata';

export class TransactionLog {
  readonly entries = new Map<string, TransactionEntry>();
  /** False once the broker has lost the partition: what comes back later concerns nobody here. */
  isLed = true;

  constructor(private readonly host: CoordinatorHost) {}

  /** TXN-1, TXN-20: the last record of an id is its state. */
  load(batches: readonly RecordBatch[]): void {
    for (const { state } of batches) {
      for (const { key, value } of state ?? []) {
        if (value === null) this.entries.delete(key);
        else this.entries.set(key, new TransactionEntry(value as TransactionMetadata));
      }
    }
  }

  /** The entry of an id; undefined when the coordinator does not know it, or has forgotten it (TXN-17). */
  find(transactionalId: string): TransactionEntry | undefined {
    const entry = this.entries.get(transactionalId);
    if (entry === undefined || entry.pending !== null) return entry;
    const { world, settings } = this.host;
    if (!isExpired(entry.metadata, world.now, settings.transactionalIdExpirationMs)) return entry;
    entry.prepare('dead');
    this.entries.delete(transactionalId);
    return undefined;
  }

  /**
   * Writes a transition. `done` gets NONE when it is durable, else what the client is told; the state is then the old one.
   * @param isKept a failure that passes does not end the transition: the caller tries again
   */
  append(
    entry: TransactionEntry,
    next: TransactionMetadata,
    done: (errorCode: number) => void,
    isKept: (errorCode: number) => boolean = neverKept,
  ): void {
    if (entry.pending !== next.state) entry.prepare(next.state);
    this.host.append([{ key: next.transactionalId, value: next }], null, (appendError) => {
      if (!this.isLed) {
        done(ERRORS.NOT_COORDINATOR);
        return;
      }
      const errorCode = coordinatorError(appendError);
      if (errorCode === ERRORS.NONE) entry.metadata = next;
      if (errorCode === ERRORS.NONE || !isKept(errorCode)) entry.pending = null;
      done(errorCode);
    });
  }
}

const neverKept = (): boolean => false;
