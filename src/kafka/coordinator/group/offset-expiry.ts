/** When committed offsets are forgotten (OFS-10; Kafka: `ClassicGroup.offsetExpirationCondition`). */
import type { ClassicGroup } from './classic-group';
import type { StoredOffset } from './committed-offsets';

/** `offsets.retention.check.interval.ms`. */
export const OFFSETS_CHECK_INTERVAL_MS = 600_000;

/** The latest check of a coordinator at `now`; nothing changes between a check and the next request. */
export function lastOffsetsCheck(now: number): number {
  return Math.floor(now / OFFSETS_CHECK_INTERVAL_MS) * OFFSETS_CHECK_INTERVAL_MS;
}

/**
 * OFS-10: an empty group loses everything at once, a stable one what it no longer subscribes to, and a group that only
 * holds offsets each one by its own age.
 * @param checkedAt time of the check
 */
export function isOffsetExpired(
  group: ClassicGroup,
  offset: StoredOffset,
  checkedAt: number,
  retentionMs: number,
): boolean {
  if (group.protocolType === '') return checkedAt - offset.committedAt >= retentionMs;
  if (group.state === 'empty') return checkedAt - group.emptySince >= retentionMs;
  if (group.state !== 'stable' || isSubscribed(group, offset.topic)) return false;
  return checkedAt - offset.committedAt >= retentionMs;
}

function isSubscribed(group: ClassicGroup, topic: string): boolean {
  for (const { protocols } of group.members.values())
    if (protocols.some(({ topics }) => topics.includes(topic))) return true;
  return false;
}
