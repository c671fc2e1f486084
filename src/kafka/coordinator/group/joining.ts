/** JoinGroup (GRP-2, GRP-8, GRP-12; Kafka: `classicGroupJoinNewMember`, `classicGroupJoinExistingMember`). */
import type { Request } from '../../../simulation/network';
import { ERRORS } from '../../errors';
import type { JoinGroupAnswer, JoinGroupRequest } from '../../protocol/messages';
import type { CoordinatorHost } from '../coordinator-host';
import { ClassicGroup, type Member } from './classic-group';
import { groupKey, groupRecord } from './group-records';
import { sameProtocols, selectProtocol, validateJoin, validateMember } from './group-rules';
import type { InLogOrder } from './in-log-order';
import { failJoin, failSync, joinedAnswer, joinFailed } from './join-answers';
import type { Rebalance } from './rebalance';

type Join = Request<JoinGroupRequest, JoinGroupAnswer>;

export class Joining {
  private nextMemberNumber = 1;

  constructor(
    private readonly host: CoordinatorHost,
    private readonly log: InLogOrder,
    private readonly groups: Map<string, ClassicGroup>,
    private readonly rebalance: Rebalance,
  ) {}

  join(request: Join): void {
    const { message } = request;
    const known = this.groups.get(message.groupId);
    const refusal = validateJoin(known, message, this.host.settings);
    if (refusal !== ERRORS.NONE) {
      request.answer(joinFailed(refusal, message.memberId));
      return;
    }
    const group = known ?? this.create(message.groupId);
    if (message.memberId === '') this.joinNewcomer(group, request);
    else this.joinAgain(group, request);
  }

  private create(groupId: string): ClassicGroup {
    const group = new ClassicGroup(groupId);
    group.emptySince = this.host.world.now;
    this.groups.set(groupId, group);
    return group;
  }

  /** Ids are unique over all coordinators that a group ever has. */
  private newMemberId(): string {
    const { leaderEpoch } = this.host;
    return `member-${leaderEpoch === 0 ? '' : `${leaderEpoch}-`}${this.nextMemberNumber++}`;
  }

  /** GRP-2: a dynamic newcomer gets an id first; a static one takes its predecessor's place (GRP-12). */
  private joinNewcomer(group: ClassicGroup, request: Join): void {
    const { groupInstanceId, sessionTimeoutMs } = request.message;
    const memberId = this.newMemberId();
    if (groupInstanceId === null) {
      const expiry = this.rebalance.sessions.after(sessionTimeoutMs, () => {
        group.pendingMembers.delete(memberId);
        this.rebalance.maybeCompleteJoin(group);
      });
      group.pendingMembers.set(memberId, expiry);
      request.answer(joinFailed(ERRORS.MEMBER_ID_REQUIRED, memberId));
      return;
    }
    const predecessor = group.staticMember(groupInstanceId);
    if (predecessor === undefined) this.addMember(group, memberId, request);
    else this.replaceStaticMember(group, group.members.get(predecessor)!, memberId, request);
  }

  private joinAgain(group: ClassicGroup, request: Join): void {
    const { memberId, protocols } = request.message;
    if (this.rebalance.dropPending(group, memberId)) {
      this.addMember(group, memberId, request);
      return;
    }
    const errorCode = validateMember(group, request.message);
    if (errorCode !== ERRORS.NONE) {
      request.answer(joinFailed(errorCode, memberId));
      return;
    }
    const member = group.members.get(memberId)!;
    const isUnchanged = sameProtocols(member.protocols, protocols);
    // GRP-8: nothing has changed for a follower; or the answer got lost, and the same generation is told once more.
    const isFollower = group.state === 'stable' && group.leader !== memberId;
    if (isUnchanged && (isFollower || group.state === 'completing-rebalance')) {
      this.rebalance.sessions.heard(group, member);
      request.answer(joinedAnswer(group, member));
      return;
    }
    this.update(member, request);
    this.rebalance.prepareOrComplete(group);
  }

  private update(member: Member, request: Join): void {
    const { protocols, sessionTimeoutMs, rebalanceTimeoutMs } = request.message;
    member.protocols = protocols;
    member.sessionTimeoutMs = sessionTimeoutMs;
    member.rebalanceTimeoutMs = rebalanceTimeoutMs;
    // A join that is repeated leaves its predecessor without an answer: the sender has given that one up.
    member.pendingJoin = request;
  }

  private addMember(group: ClassicGroup, memberId: string, request: Join): void {
    const { groupInstanceId, sessionTimeoutMs, rebalanceTimeoutMs, protocols, protocolType } = request.message;
    if (group.members.size === 0) group.protocolType = protocolType;
    const member: Member = {
      id: memberId,
      groupInstanceId,
      sessionTimeoutMs,
      rebalanceTimeoutMs,
      protocols,
      pendingJoin: request,
      pendingSync: null,
      assignment: [],
      lastHeardAt: this.host.world.now,
      sessionTimer: null,
      isNew: true,
    };
    group.members.set(memberId, member);
    if (group.leader === '') group.leader = memberId;
    if (group.isInitialJoin && group.state === 'preparing-rebalance') group.hasNewcomer = true;
    this.rebalance.sessions.begin(group, member);
    this.rebalance.prepareOrComplete(group);
  }

  /**
   * GRP-12: the newest holder of an instance id gets a new member id; whoever had it is fenced. In a stable group whose
   * assignor stays the same it keeps generation and partitions, and nobody else is disturbed.
   */
  private replaceStaticMember(group: ClassicGroup, old: Member, memberId: string, request: Join): void {
    const member = this.takePlace(group, old, memberId);
    const before = { ...old };
    const wasLeader = group.leader === memberId;
    this.update(member, request);
    if (group.state !== 'stable' || selectProtocol(group) !== group.protocolName) {
      this.rebalance.prepareOrComplete(group);
      return;
    }
    member.pendingJoin = null;
    const value = groupRecord(group, ({ assignment }) => assignment, this.host.world.now);
    const apply = (errorCode: number): void => {
      if (errorCode !== ERRORS.NONE) {
        // The new id is not durable: the old one holds the place again.
        if (group.members.get(memberId) === member)
          Object.assign(this.takePlace(group, member, old.id), timeoutsOf(before));
        request.answer(joinFailed(errorCode, ''));
        return;
      }
      // The old leader's id tells the new holder that it is not to divide the partitions again.
      const leader = wasLeader ? old.id : group.leader;
      request.answer({ ...joinedAnswer(group, member), leader, members: [] });
    };
    this.log.append([{ key: groupKey(group.id), value }], null, { apply });
  }

  /** Puts a member under another id into the place of `old`. */
  private takePlace(group: ClassicGroup, old: Member, memberId: string): Member {
    this.rebalance.sessions.stop(old);
    failJoin(old, ERRORS.FENCED_INSTANCE_ID);
    failSync(old, ERRORS.FENCED_INSTANCE_ID);
    group.members.delete(old.id);
    if (group.awaitedSyncs.delete(old.id)) group.awaitedSyncs.add(memberId);
    const member: Member = { ...old, id: memberId, isNew: false };
    group.members.set(memberId, member);
    if (group.leader === old.id) group.leader = memberId;
    this.rebalance.sessions.heard(group, member);
    return member;
  }
}

function timeoutsOf({ protocols, sessionTimeoutMs, rebalanceTimeoutMs }: Member): Partial<Member> {
  return { protocols, sessionTimeoutMs, rebalanceTimeoutMs };
}
