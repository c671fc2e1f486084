/**
 * A partition on its leader. With one broker the leader is the whole ISR, so the high watermark is the log end offset
 * right after each append (ISR-7).
 */
import { ERRORS } from '../errors';
import type { ProducedBatch } from '../protocol/messages';
import { PartitionLog } from './partition-log';
import type { RecordBatch } from './record-batch';

/** Outcome of a read: an error, batches, or nothing yet. */
export interface ReadResult {
  readonly errorCode: number;
  readonly batches: readonly RecordBatch[];
}

const NOTHING_YET: ReadResult = { errorCode: ERRORS.NONE, batches: [] };
const OUT_OF_RANGE: ReadResult = { errorCode: ERRORS.OFFSET_OUT_OF_RANGE, batches: [] };

export class Partition {
  readonly log = new PartitionLog();
  highWatermark = 0;
  /** `topic-partition`, the partition's lane. */
  readonly name: string;

  constructor(
    readonly topic: string,
    readonly index: number,
  ) {
    this.name = `${topic}-${index}`;
  }

  /** No transactions in this model yet: without an unstable one LSO = HW (LOG-4). */
  get lastStableOffset(): number {
    return this.highWatermark;
  }

  append(batch: ProducedBatch): number {
    const baseOffset = this.log.append(batch, 0);
    this.highWatermark = highWatermark(this.highWatermark, [this.log.logEndOffset]);
    return baseOffset;
  }

  /**
   * What a consumer's fetch at `offset` gets (FET-1, FET-2): outside of the log OFFSET_OUT_OF_RANGE; never a record at or
   * above the bound of its isolation level.
   */
  read(offset: number, isolationLevel: 0 | 1): ReadResult {
    if (offset < this.log.logStartOffset || offset > this.log.logEndOffset) return OUT_OF_RANGE;
    const bound = isolationLevel === 1 ? this.lastStableOffset : this.highWatermark;
    if (offset >= bound) return NOTHING_YET;
    return { errorCode: ERRORS.NONE, batches: this.log.read(offset, bound) };
  }
}

/** The high watermark never steps back on a leader and is the lowest log end offset of the in-sync replicas (ISR-5, LOG-8). */
export function highWatermark(current: number, inSyncLogEndOffsets: readonly number[]): number {
  return Math.max(current, Math.min(...inSyncLogEndOffsets));
}
