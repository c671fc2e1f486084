/**
 * The log of one partition replica: an append-only list of batches (LOG-1, LOG-3). The leader alone assigns offsets:
 * record i of a batch appended at log end offset L gets L + i.
 */
import type { ProducedBatch, StoredRecord } from '../protocol/messages';
import type { RecordBatch } from './record-batch';

export class PartitionLog {
  readonly batches: RecordBatch[] = [];
  /** First offset that can still be read; retention moves it (LOG-11). */
  logStartOffset = 0;

  /** Next offset to be written (LOG-3). */
  get logEndOffset(): number {
    const { batches } = this;
    return batches.length === 0 ? this.logStartOffset : batches[batches.length - 1]!.lastOffset + 1;
  }

  /** @returns offset of the first record of the batch. */
  append(batch: ProducedBatch, leaderEpoch: number): number {
    const baseOffset = this.logEndOffset;
    const { producerId, producerEpoch, baseSequence, isTransactional } = batch;
    const records: StoredRecord[] = [];
    for (let i = 0; i < batch.records.length; i += 1) {
      const { key, value, headers, timestamp } = batch.records[i]!;
      records.push({ key, value, headers, timestamp, offset: baseOffset + i });
    }
    this.batches.push({
      baseOffset,
      lastOffset: baseOffset + records.length - 1,
      leaderEpoch,
      producerId,
      producerEpoch,
      baseSequence,
      isTransactional,
      control: null,
      coordinatorEpoch: -1,
      records,
      state: null,
    });
    return baseOffset;
  }

  /** Whole batches that hold offsets with `from ≤ offset < to`, in offset order (FET-10). */
  read(from: number, to: number): readonly RecordBatch[] {
    const { batches } = this;
    let first = batches.length;
    while (first > 0 && batches[first - 1]!.lastOffset >= from) first -= 1;
    let end = batches.length;
    while (end > first && batches[end - 1]!.baseOffset >= to) end -= 1;
    return batches.slice(first, end);
  }

  /** Forgets what lies before `offset`, at most up to the log end; a batch that reaches across it is kept (LOG-11). */
  advanceLogStart(offset: number): void {
    if (offset <= this.logStartOffset) return;
    const { batches, logEndOffset } = this;
    this.logStartOffset = Math.min(offset, logEndOffset);
    let dropped = 0;
    while (dropped < batches.length && batches[dropped]!.lastOffset < this.logStartOffset) dropped += 1;
    batches.splice(0, dropped);
  }
}
