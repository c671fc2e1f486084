/**
 * The log of one partition replica: an append-only list of batches (LOG-1, LOG-3). The leader alone assigns offsets:
 * record i of a batch appended at log end offset L gets L + i.
 */
import type { RecordBatch } from './record-batch';

export class PartitionLog {
  /** In offset order; a batch never changes, so replicas share them. */
  readonly batches: RecordBatch[] = [];
  /** First offset that can still be read; retention moves it (LOG-11). */
  logStartOffset = 0;
  /** Next offset to be written (LOG-3). */
  logEndOffset = 0;

  /** The batch begins at the log end, or behind it where the leader's log has a gap (LOG-2). */
  append(batch: RecordBatch): void {
    this.batches.push(batch);
    this.logEndOffset = batch.lastOffset + 1;
  }

  /** Leader epoch of the last batch; -1 in an empty log (EPO-1). */
  get lastEpoch(): number {
    const { batches } = this;
    return batches.length === 0 ? -1 : batches[batches.length - 1]!.leaderEpoch;
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
    this.logStartOffset = Math.min(offset, this.logEndOffset);
    let dropped = 0;
    while (dropped < this.batches.length && this.batches[dropped]!.lastOffset < this.logStartOffset) dropped += 1;
    this.batches.splice(0, dropped);
  }

  /** Removes every batch that reaches `offset` or lies beyond it (EPO-2). @returns whether there was one */
  truncateTo(offset: number): boolean {
    if (offset >= this.logEndOffset) return false;
    const { batches } = this;
    while (batches.length > 0 && batches[batches.length - 1]!.lastOffset >= offset) batches.pop();
    this.logEndOffset = Math.max(
      this.logStartOffset,
      batches.length === 0 ? Math.min(offset, this.logEndOffset) : batches[batches.length - 1]!.lastOffset + 1,
    );
    return true;
  }

  /** Drops everything and begins at `offset` (EPO-3). */
  restartAt(offset: number): void {
    this.batches.length = 0;
    this.logStartOffset = offset;
    this.logEndOffset = offset;
  }
}
