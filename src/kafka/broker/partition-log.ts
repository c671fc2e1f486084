/**
 * The log of one partition replica: an append-only list of records with offsets (LOG-1, LOG-3). The leader alone assigns
 * offsets: record i of a batch appended at log end offset L gets L + i.
 */
import type { StoredRecord, WireRecord } from '../protocol/messages';

export class PartitionLog {
  private readonly records: StoredRecord[] = [];
  /** First offset that can still be read; retention moves it (LOG-11). */
  logStartOffset = 0;

  /** Next offset to be written (LOG-3). */
  get logEndOffset(): number {
    return this.logStartOffset + this.records.length;
  }

  /** @returns offset of the first record of the batch. */
  append(batch: readonly WireRecord[]): number {
    const baseOffset = this.logEndOffset;
    for (let i = 0; i < batch.length; i += 1) {
      const { key, value, headers, timestamp } = batch[i]!;
      this.records.push({ key, value, headers, timestamp, offset: baseOffset + i });
    }
    return baseOffset;
  }

  /** Records with `from ≤ offset < to`, in offset order (FET-10). */
  read(from: number, to: number): readonly StoredRecord[] {
    return this.records.slice(from - this.logStartOffset, to - this.logStartOffset);
  }
}
