/**
 * Batches: what a log is made of (LOG-1). A batch has its offsets, who produced it under which sequence numbers, and the
 * epoch of the leader that took it. A transaction marker is a control batch with exactly one record (LOG-2).
 */
import type { CoordinatorRecord } from '../coordinator/coordinator-host';
import type { ProducedBatch, StoredRecord, WireRecord } from '../protocol/messages';

export type ControlType = 'COMMIT' | 'ABORT';

export interface RecordBatch {
  readonly baseOffset: number;
  readonly lastOffset: number;
  /** Epoch of the leader that appended it (LOG-1, EPO-1). */
  readonly leaderEpoch: number;
  /** -1 for a producer without idempotence. */
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly isTransactional: boolean;
  /** A marker, and which; null for data. */
  readonly control: ControlType | null;
  /** Epoch of the coordinator that wrote the marker; -1 for data. */
  readonly coordinatorEpoch: number;
  /** Empty for control batches and in internal topics. */
  readonly records: readonly StoredRecord[];
  /** What a coordinator wrote, in an internal topic; null elsewhere. */
  readonly state: readonly CoordinatorRecord[] | null;
}

/** A batch of a producer without idempotence. */
export function plainBatch(records: readonly WireRecord[]): ProducedBatch {
  return { producerId: -1, producerEpoch: -1, baseSequence: -1, isTransactional: false, records };
}

/** Data records of batches from `offset` on; control batches have none. The first batch may begin before it. */
export function recordsFrom(batches: readonly RecordBatch[], offset: number): readonly StoredRecord[] {
  if (batches.length === 1 && batches[0]!.baseOffset >= offset) return batches[0]!.records;
  const found: StoredRecord[] = [];
  for (const batch of batches) {
    for (const record of batch.records) if (record.offset >= offset) found.push(record);
  }
  return found;
}
