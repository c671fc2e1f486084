/**
 * Whether the coordinator takes an offset commit, classic groups (OFS-5, OFS-6; Kafka: `ClassicGroup.validateOffsetCommit`).
 * The rows of the rule in its order; the first that fits decides. Only membership and generation are looked at, never
 * whether the member owns the partition (OFS-7), and never the value (OFS-3).
 */
import { ERRORS } from '../../errors';
import type { ClassicGroup } from './classic-group';
import { validateMember } from './group-rules';

export interface CommitIdentity {
  /** -1 for a commit from outside the group. */
  readonly generationId: number;
  /** Empty for a commit from outside the group. */
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}

/** First version of OffsetCommit that is told GROUP_ID_NOT_FOUND; older ones are told ILLEGAL_GENERATION. */
const GROUP_ID_NOT_FOUND_VERSION = 9;

/**
 * OFS-5.
 * @param group the group, or undefined when the coordinator does not know it
 * @param apiVersion of OffsetCommit
 * @returns an error code, `NONE` when the commit is to be stored
 */
export function validateOffsetCommit(
  group: ClassicGroup | undefined,
  by: CommitIdentity,
  apiVersion = GROUP_ID_NOT_FOUND_VERSION,
): number {
  if (group === undefined) {
    // A negative generation makes a "simple" group.
    if (by.generationId < 0) return ERRORS.NONE;
    return apiVersion >= GROUP_ID_NOT_FOUND_VERSION ? ERRORS.GROUP_ID_NOT_FOUND : ERRORS.ILLEGAL_GENERATION;
  }
  if (group.state === 'dead') return ERRORS.COORDINATOR_NOT_AVAILABLE;
  if (by.generationId < 0 && group.state === 'empty') return ERRORS.NONE;
  if (isFromOutside(by)) return ERRORS.UNKNOWN_MEMBER_ID;
  const errorCode = validateMembership(group, by);
  if (errorCode !== ERRORS.NONE) return errorCode;
  return group.state === 'completing-rebalance' ? ERRORS.REBALANCE_IN_PROGRESS : ERRORS.NONE;
}

/** OFS-6: as OFS-5, but whoever names no member is not checked, and COMPLETING_REBALANCE is allowed. */
export function validateTxnOffsetCommit(group: ClassicGroup | undefined, by: CommitIdentity): number {
  if (group === undefined) return by.generationId < 0 ? ERRORS.NONE : ERRORS.ILLEGAL_GENERATION;
  if (group.state === 'dead') return ERRORS.COORDINATOR_NOT_AVAILABLE;
  if (by.generationId < 0 && group.state === 'empty') return ERRORS.NONE;
  return isFromOutside(by) ? ERRORS.NONE : validateMembership(group, by);
}

function isFromOutside({ generationId, memberId, groupInstanceId }: CommitIdentity): boolean {
  return generationId < 0 && memberId === '' && groupInstanceId === null;
}

function validateMembership(group: ClassicGroup, by: CommitIdentity): number {
  const errorCode = validateMember(group, by);
  if (errorCode !== ERRORS.NONE) return errorCode;
  return by.generationId === group.generationId ? ERRORS.NONE : ERRORS.ILLEGAL_GENERATION;
}
