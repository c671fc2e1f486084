/** What INV-1 and INV-8 say, straight from a log: readers of their own, that share nothing with the model's. */
import type { RecordBatch } from '../../../../src/kafka/broker/record-batch';

/** INV-1: plain records and those of committed transactions, in offset order, below `limit`. */
export function committedValues(batches: readonly RecordBatch[], limit = Number.POSITIVE_INFINITY): string[] {
  const found: { readonly offset: number; readonly value: string }[] = [];
  batches.forEach((batch, i) => {
    if (batch.control !== null || batch.baseOffset >= limit) return;
    const marker = batches.slice(i).find((later) => later.control !== null && later.producerId === batch.producerId);
    if (batch.isTransactional && marker?.control !== 'COMMIT') return;
    for (const { offset, value } of batch.records) if (offset < limit) found.push({ offset, value: value! });
  });
  return found.sort((a, b) => a.offset - b.offset).map(({ value }) => value);
}

interface OffsetLike {
  readonly group?: string;
  readonly topic?: string;
  readonly partition?: number;
  readonly offset?: number;
}

/**
 * INV-8: the last commit by log position that does not belong to an undecided or aborted transaction; 'unstable' while an
 * undecided one has left an offset; undefined for none.
 */
export function committedOffset(
  batches: readonly RecordBatch[],
  group: string,
  place: string,
): number | 'unstable' | undefined {
  let last: number | undefined;
  let isUnstable = false;
  batches.forEach((batch, i) => {
    const marker = batches.slice(i).find((later) => later.control !== null && later.producerId === batch.producerId);
    for (const { value } of batch.state ?? []) {
      const record = value as OffsetLike;
      if (record.offset === undefined || record.group !== group || `${record.topic}-${record.partition}` !== place)
        continue;
      if (!batch.isTransactional || marker?.control === 'COMMIT') last = record.offset;
      else if (marker === undefined) isUnstable = true;
    }
  });
  return isUnstable ? 'unstable' : last;
}
