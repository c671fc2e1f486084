/**
 * What a reader at read_committed keeps of a fetch (FET-4). The broker sends every batch below the last stable offset,
 * the aborted ones among them, with the list of aborted transactions; dropping them is the client's work. Both profiles
 * do it the same way (KafkaJS does not: CLI-30).
 *
 *     readCommitted([{ …, producerId: 7, baseOffset: 0 }, …ABORT marker at 1…], [{ producerId: 7, firstOffset: 0 }], 0)
 *     // → []
 */
import type { RecordBatch } from '../broker/record-batch';
import type { AbortedTransaction, StoredRecord } from '../protocol/messages';

/**
 * Records of committed transactions and of producers without one, in offset order.
 *
 * The walk goes over the batches in offset order. A producer counts as aborted from the first offset of an aborted
 * transaction of its to that transaction's marker; its transactional batches in between are dropped. Markers are known by
 * the batch's control flag, never by what a key looks like.
 *
 * @param aborted as the broker sends it: those that reach into the batches, in the order of their markers
 * @param from offset that was asked for; the first batch may begin before it
 */
export function readCommitted(
  batches: readonly RecordBatch[],
  aborted: readonly AbortedTransaction[],
  from: number,
): readonly StoredRecord[] {
  if (aborted.length === 0) return recordsOf(batches, from);
  const upcoming = [...aborted].sort((a, b) => a.firstOffset - b.firstOffset);
  const ignored = new Set<number>();
  const kept: StoredRecord[] = [];
  let next = 0;
  for (const batch of batches) {
    while (next < upcoming.length && upcoming[next]!.firstOffset <= batch.lastOffset)
      ignored.add(upcoming[next++]!.producerId);
    if (batch.control === 'ABORT') ignored.delete(batch.producerId);
    if (batch.control !== null || (batch.isTransactional && ignored.has(batch.producerId))) continue;
    for (const record of batch.records) if (record.offset >= from) kept.push(record);
  }
  return kept;
}

/** What a reader at read_uncommitted keeps: every record, of whatever transaction; never a marker (FET-3). */
export function readUncommitted(batches: readonly RecordBatch[], from: number): readonly StoredRecord[] {
  return recordsOf(batches, from);
}

/**
 * Where a fetch from `from` goes on: behind the last batch, markers and dropped records included (FET-9). A batch has no
 * record left that is at or above its end.
 */
export function nextFetchOffset(batches: readonly RecordBatch[], from: number): number {
  return batches.length === 0 ? from : Math.max(from, batches[batches.length - 1]!.lastOffset + 1);
}

/** Nothing is copied in the common case: one batch, asked for from its beginning. */
function recordsOf(batches: readonly RecordBatch[], from: number): readonly StoredRecord[] {
  if (batches.length === 1 && batches[0]!.baseOffset >= from) return batches[0]!.records;
  const found: StoredRecord[] = [];
  for (const { records } of batches) for (const record of records) if (record.offset >= from) found.push(record);
  return found;
}
