/** Reads a partition of `__consumer_offsets` from its beginning (GRP-15, OFS-11). */
import type { RecordBatch } from '../../broker/record-batch';
import type { CoordinatorRecord } from '../coordinator-host';
import { placeOf } from './committed-offsets';
import type { GroupMembership } from './group-membership';
import type { OffsetRecord } from './group-records';
import { GroupRecord } from './group-records';
import type { InLogOrder } from './in-log-order';
import { noteLoaded, pendingOf, type OffsetTables } from './offset-commits';
import { isNewer, type PendingOffset } from './pending-offsets';

export class OffsetsLoader {
  /** What each key seen so far is about: a record that deletes a key does not say. */
  private readonly seen = new Map<string, OffsetRecord | GroupRecord>();
  /** What is stored in the end, and the producer whose transaction has stored it, by group and `topic-partition`. */
  private readonly stored = new Map<string, { value: PendingOffset; producerId: number | null }>();

  constructor(
    private readonly tables: OffsetTables,
    private readonly membership: GroupMembership,
    private readonly log: InLogOrder,
  ) {}

  load(batches: readonly RecordBatch[]): void {
    for (const batch of batches) {
      const position = this.log.loaded();
      if (batch.control !== null) this.end(batch);
      for (const record of batch.state ?? []) this.replay(record, batch, position);
    }
    for (const group of this.tables.committed.groups())
      if (!this.membership.groups.has(group)) this.membership.simpleGroup(group);
    this.membership.loaded();
    for (const { value, producerId } of this.stored.values()) noteLoaded(this.tables, value, producerId);
  }

  private replay({ key, value }: CoordinatorRecord, batch: RecordBatch, position: number): void {
    if (value === null) {
      this.delete(key);
      return;
    }
    const record = value as OffsetRecord | GroupRecord;
    this.seen.set(key, record);
    if (record instanceof GroupRecord) this.membership.load(record.group, record);
    else {
      const place = placeOf(record.topic, record.partition);
      const offset = pendingOf(record, position);
      if (batch.isTransactional) this.tables.pending.add(batch.producerId, batch.producerEpoch, place, offset);
      else this.store(place, offset, null);
    }
  }

  private delete(key: string): void {
    const record = this.seen.get(key);
    if (record instanceof GroupRecord) this.membership.load(record.group, null);
    else if (record !== undefined) this.tables.committed.delete(record.group, placeOf(record.topic, record.partition));
  }

  /** OFS-9, as when it happened. */
  private end({ producerId, control }: RecordBatch): void {
    for (const pending of this.tables.pending.take(producerId)) {
      const place = placeOf(pending.topic, pending.partition);
      if (control === 'COMMIT' && isNewer(pending, this.tables.committed.at(pending.group, place)))
        this.store(place, pending, producerId);
    }
  }

  private store(place: string, value: PendingOffset, producerId: number | null): void {
    this.tables.committed.store(value.group, place, value);
    this.stored.set(`${value.group}/${place}`, { value, producerId });
  }
}
