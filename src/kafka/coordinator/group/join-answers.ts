/** What a JoinGroup request is answered. */
import { ERRORS } from '../../errors';
import type { JoinGroupAnswer } from '../../protocol/messages';
import type { ClassicGroup, Member } from './classic-group';

/** The join phase is over for `member`; the leader gets the list of members (GRP-3). */
export function joinedAnswer(group: ClassicGroup, member: Member): JoinGroupAnswer {
  const isLeader = group.leader === member.id;
  return {
    api: 'JoinGroup',
    errorCode: ERRORS.NONE,
    generationId: group.generationId,
    protocolName: group.protocolName,
    leader: group.leader,
    memberId: member.id,
    members: isLeader
      ? [...group.members.values()].map(({ id, groupInstanceId, protocols }) => ({
          memberId: id,
          groupInstanceId,
          topics: protocols.find(({ name }) => name === group.protocolName)?.topics ?? [],
        }))
      : [],
  };
}

/** A join that is refused, or that gets its member id first (GRP-2). */
export function joinFailed(errorCode: number, memberId: string): JoinGroupAnswer {
  return { api: 'JoinGroup', errorCode, generationId: -1, protocolName: null, leader: '', memberId, members: [] };
}

/** Answers the join that a member waits with, if it does. */
export function failJoin(member: Member, errorCode: number): void {
  member.pendingJoin?.answer(joinFailed(errorCode, member.id));
  member.pendingJoin = null;
}

/** Answers the sync that a member waits with, if it does. */
export function failSync(member: Member, errorCode: number): void {
  member.pendingSync?.answer({ api: 'SyncGroup', errorCode, assignment: [] });
  member.pendingSync = null;
}
