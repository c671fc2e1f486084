/**
 * Whether the coordinator takes an offset commit, classic groups, OFS-5 (Kafka: `ClassicGroup.validateOffsetCommit`).
 * The rows of the rule in its order; the first that fits decides. Only membership and generation are looked at, never
 * whether the member owns the partition (OFS-7), and never the value (OFS-3).
 */
import { ERRORS } from '../errors';
import type { ClassicGroup } from './classic-group';

export interface CommitIdentity {
  /** -1 for a commit from outside the group. */
  readonly generationId: number;
  /** Empty for a commit from outside the group. */
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}

/**
 * @param group the group, or undefined when the coordinator does not know it
 * @returns an error code, `NONE` when the commit is to be stored
 */
export function validateOffsetCommit(group: ClassicGroup | undefined, by: CommitIdentity): number {
  if (group === undefined) {
    // A negative generation makes a "simple" group; OffsetCommit v9 names the unknown group, older versions do not.
    return by.generationId < 0 ? ERRORS.NONE : ERRORS.GROUP_ID_NOT_FOUND;
  }
  if (group.state === 'dead') return ERRORS.COORDINATOR_NOT_AVAILABLE;
  if (by.generationId < 0 && group.state === 'empty') return ERRORS.NONE;
  if (by.generationId < 0 && by.memberId === '' && by.groupInstanceId === null) return ERRORS.UNKNOWN_MEMBER_ID;
  if (by.groupInstanceId !== null) {
    const holder = group.staticMember(by.groupInstanceId);
    if (holder !== undefined && holder !== by.memberId) return ERRORS.FENCED_INSTANCE_ID;
  }
  if (!group.members.has(by.memberId)) return ERRORS.UNKNOWN_MEMBER_ID;
  if (by.generationId !== group.generationId) return ERRORS.ILLEGAL_GENERATION;
  if (group.state === 'completing-rebalance') return ERRORS.REBALANCE_IN_PROGRESS;
  return ERRORS.NONE;
}
