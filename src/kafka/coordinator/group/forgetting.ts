/**
 * The check for expired offsets (OFS-10). Between two requests nothing changes that it looks at, so it is made up for when
 * the next request comes: no event is planned for it.
 */
import type { CoordinatorHost, CoordinatorRecord } from '../coordinator-host';
import { ERRORS } from '../../errors';
import { ClassicGroup } from './classic-group';
import type { StoredOffset } from './committed-offsets';
import { groupKey, offsetKey } from './group-records';
import type { InLogOrder } from './in-log-order';
import type { OffsetTables } from './offset-commits';
import { isOffsetExpired, lastOffsetsCheck } from './offset-expiry';

export class Forgetting {
  private checkedAt = 0;

  constructor(
    private readonly host: CoordinatorHost,
    private readonly log: InLogOrder,
    private readonly tables: OffsetTables,
    private readonly groups: Map<string, ClassicGroup>,
  ) {}

  /** Drops what the latest check has dropped. */
  catchUp(): void {
    const { world, settings } = this.host;
    if (world.now < settings.offsetsRetentionMs) return;
    const at = lastOffsetsCheck(world.now);
    if (at <= this.checkedAt) return;
    this.checkedAt = at;
    for (const groupId of this.tables.committed.groups()) this.check(groupId, at);
  }

  private check(groupId: string, at: number): void {
    const group = this.groups.get(groupId) ?? new ClassicGroup(groupId);
    const { committed, pending } = this.tables;
    const expired = [...committed.of(groupId)].filter(
      ([place, offset]) =>
        isOffsetExpired(group, offset, at, this.host.settings.offsetsRetentionMs) &&
        !pending.isUnstable(groupId, place),
    );
    if (expired.length === 0) return;
    const records: CoordinatorRecord[] = expired.map(([place]) => ({ key: offsetKey(groupId, place), value: null }));
    for (const [place] of expired) committed.delete(groupId, place);
    const isGone = group.state === 'empty' && group.pendingMembers.size === 0 && committed.of(groupId).size === 0;
    if (isGone) {
      group.transitionTo('dead');
      this.groups.delete(groupId);
      records.push({ key: groupKey(groupId), value: null });
    }
    this.log.append(records, null, { apply: (errorCode) => this.restore(errorCode, group, isGone, expired) });
  }

  /** The deletion could not be written: nothing has been forgotten, and a later check tries again. */
  private restore(
    errorCode: number,
    group: ClassicGroup,
    wasGone: boolean,
    expired: readonly (readonly [string, StoredOffset])[],
  ): void {
    if (errorCode === ERRORS.NONE) return;
    for (const [place, offset] of expired)
      if (this.tables.committed.at(group.id, place) === undefined) this.tables.committed.store(group.id, place, offset);
    if (!wasGone || this.groups.has(group.id)) return;
    group.state = 'empty';
    this.groups.set(group.id, group);
  }
}
