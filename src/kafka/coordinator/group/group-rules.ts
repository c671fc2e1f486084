/** Who may join a group, and who is a member of it: pure rules (GRP-2, GRP-6, GRP-12, GRP-16). */
import { ERRORS } from '../../errors';
import type { JoinGroupRequest } from '../../protocol/messages';
import type { ClusterSettings } from '../../settings';
import type { ClassicGroup, Member, Protocols } from './classic-group';

/** Whether every member supports an assignor. */
function isCommon(members: readonly Member[], name: string): boolean {
  return members.every(({ protocols }) => protocols.some((protocol) => protocol.name === name));
}

/**
 * GRP-16: the assignor of the next generation. Every member votes for the first one of its list that all share; the most
 * votes win, and among equals the one that the leader prefers. Null when there is none.
 */
export function selectProtocol(group: ClassicGroup): string | null {
  const members = [...group.members.values()];
  const leader = group.members.get(group.leader) ?? members[0];
  if (leader === undefined) return null;
  const votes = new Map<string, number>();
  // The leader's order decides among equals: a later one needs more votes.
  for (const { name } of leader.protocols) if (isCommon(members, name)) votes.set(name, 0);
  for (const { protocols } of members) {
    const vote = protocols.find(({ name }) => votes.has(name));
    if (vote !== undefined) votes.set(vote.name, votes.get(vote.name)! + 1);
  }
  let best: string | null = null;
  for (const [name, count] of votes) if (best === null || count > votes.get(best)!) best = name;
  return best;
}

/** GRP-16: whether somebody with these assignors can be in the group with the present members. */
export function supportsProtocols(group: ClassicGroup, protocolType: string, protocols: Protocols): boolean {
  if (group.members.size === 0) return protocolType !== '' && protocols.length > 0;
  const members = [...group.members.values()];
  return protocolType === group.protocolType && protocols.some(({ name }) => isCommon(members, name));
}

/** `group.max.size`: whether there is a place. Who has one keeps it. */
function hasPlace(group: ClassicGroup, memberId: string, maxSize: number): boolean {
  const member = group.members.get(memberId);
  if (group.state === 'preparing-rebalance') {
    if (member !== undefined && member.pendingJoin !== null) return true;
    let joined = 0;
    for (const { pendingJoin } of group.members.values()) if (pendingJoin !== null) joined += 1;
    return joined < maxSize;
  }
  return group.state === 'empty' || member !== undefined || group.members.size < maxSize;
}

/** Why a JoinGroup is refused before anything else; NONE when it is not. */
export function validateJoin(
  group: ClassicGroup | undefined,
  message: JoinGroupRequest,
  settings: ClusterSettings,
): number {
  if (message.groupId === '') return ERRORS.INVALID_GROUP_ID;
  const { groupMinSessionTimeoutMs, groupMaxSessionTimeoutMs } = settings;
  if (message.sessionTimeoutMs < groupMinSessionTimeoutMs || message.sessionTimeoutMs > groupMaxSessionTimeoutMs)
    return ERRORS.INVALID_SESSION_TIMEOUT;
  if (group === undefined) return message.memberId === '' ? validateFirst(message) : ERRORS.UNKNOWN_MEMBER_ID;
  if (group.state === 'dead') return ERRORS.COORDINATOR_NOT_AVAILABLE;
  if (!hasPlace(group, message.memberId, settings.groupMaxSize)) return ERRORS.GROUP_MAX_SIZE_REACHED;
  return supportsProtocols(group, message.protocolType, message.protocols)
    ? ERRORS.NONE
    : ERRORS.INCONSISTENT_GROUP_PROTOCOL;
}

function validateFirst({ protocolType, protocols }: JoinGroupRequest): number {
  return protocolType !== '' && protocols.length > 0 ? ERRORS.NONE : ERRORS.INCONSISTENT_GROUP_PROTOCOL;
}

export interface MemberIdentity {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}

/** GRP-6, GRP-12: whether the caller is a member, and the present holder of its instance id. */
export function validateMember(group: ClassicGroup, { memberId, groupInstanceId }: MemberIdentity): number {
  if (groupInstanceId !== null) {
    const holder = group.staticMember(groupInstanceId);
    if (holder === undefined) return ERRORS.UNKNOWN_MEMBER_ID;
    if (holder !== memberId) return ERRORS.FENCED_INSTANCE_ID;
  }
  return group.members.has(memberId) ? ERRORS.NONE : ERRORS.UNKNOWN_MEMBER_ID;
}

/** GRP-6: the same with the generation, for heartbeats and syncs. */
export function validateGeneration(
  group: ClassicGroup | undefined,
  by: MemberIdentity & { readonly generationId: number },
): number {
  if (group === undefined) return ERRORS.UNKNOWN_MEMBER_ID;
  if (group.state === 'dead') return ERRORS.COORDINATOR_NOT_AVAILABLE;
  const errorCode = validateMember(group, by);
  if (errorCode !== ERRORS.NONE) return errorCode;
  if (by.generationId !== group.generationId) return ERRORS.ILLEGAL_GENERATION;
  return group.state === 'empty' ? ERRORS.UNKNOWN_MEMBER_ID : ERRORS.NONE;
}

/** Whether a member's list of assignors and topics is what it was. */
export function sameProtocols(a: Protocols, b: Protocols): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
