/**
 * Joining, syncing, heartbeats and leaving of classic groups (GRP-2 … GRP-8).
 *
 * Join and sync are separate phases (MOD-3 h), and a member that is expelled learns of it only with its next request
 * (MOD-3 d).
 */
import { CallEvent, type SimEvent } from '../../simulation/event-queue';
import type { Request } from '../../simulation/network';
import type { World } from '../../simulation/world';
import { ERRORS } from '../errors';
import type {
  HeartbeatAnswer,
  HeartbeatRequest,
  JoinGroupAnswer,
  JoinGroupRequest,
  LeaveGroupAnswer,
  LeaveGroupRequest,
  SyncGroupAnswer,
  SyncGroupRequest,
} from '../protocol/messages';
import { ClassicGroup, type Member } from './classic-group';
import { joinedAnswer, joinFailed } from './join-answers';

export interface GroupSettings {
  /** `group.initial.rebalance.delay.ms` (GRP-4). */
  readonly initialRebalanceDelayMs: number;
  readonly minSessionTimeoutMs: number;
  readonly maxSessionTimeoutMs: number;
}

/** Defaults of Kafka 4.3 (kafka-semantics §1.1). */
export const GROUP_DEFAULTS: GroupSettings = {
  initialRebalanceDelayMs: 3000,
  minSessionTimeoutMs: 6000,
  maxSessionTimeoutMs: 1_800_000,
};

export class GroupMembership {
  readonly groups = new Map<string, ClassicGroup>();
  private nextMemberNumber = 1;

  constructor(
    private readonly world: World,
    private readonly settings: GroupSettings = GROUP_DEFAULTS,
  ) {}

  join(request: Request<JoinGroupRequest, JoinGroupAnswer>): void {
    const { message } = request;
    const refusal = this.refuseJoin(message);
    if (refusal !== ERRORS.NONE) {
      request.answer(joinFailed(refusal, message.memberId));
      return;
    }
    const group = this.groupOf(message.groupId);
    if (message.memberId === '') this.joinNewcomer(group, request);
    else this.joinAgain(group, request);
  }

  private refuseJoin(message: JoinGroupRequest): number {
    if (message.groupId === '') return ERRORS.INVALID_GROUP_ID;
    const { minSessionTimeoutMs, maxSessionTimeoutMs } = this.settings;
    if (message.sessionTimeoutMs < minSessionTimeoutMs || message.sessionTimeoutMs > maxSessionTimeoutMs) {
      return ERRORS.INVALID_SESSION_TIMEOUT;
    }
    const group = this.groups.get(message.groupId);
    if (group !== undefined && !group.members.has(message.memberId) && !group.accepts(message.protocols)) {
      return ERRORS.INCONSISTENT_GROUP_PROTOCOL;
    }
    return ERRORS.NONE;
  }

  /** GRP-2: a dynamic newcomer gets an id first; a static one takes its predecessor's place (GRP-12). */
  private joinNewcomer(group: ClassicGroup, request: Request<JoinGroupRequest, JoinGroupAnswer>): void {
    const { message } = request;
    const memberId = `member-${this.nextMemberNumber++}`;
    if (message.groupInstanceId === null) {
      const expiry = this.after(message.sessionTimeoutMs, () => {
        if (group.pendingMembers.delete(memberId)) this.maybeCompleteJoin(group);
      });
      group.pendingMembers.set(memberId, expiry);
      request.answer(joinFailed(ERRORS.MEMBER_ID_REQUIRED, memberId));
      return;
    }
    const predecessor = group.staticMember(message.groupInstanceId);
    if (predecessor === undefined) {
      this.addMember(group, memberId, request);
      return;
    }
    this.replaceStaticMember(group, group.members.get(predecessor)!, memberId, request);
  }

  private joinAgain(group: ClassicGroup, request: Request<JoinGroupRequest, JoinGroupAnswer>): void {
    const { message } = request;
    const member = group.members.get(message.memberId);
    if (member === undefined) {
      const expiry = group.pendingMembers.get(message.memberId);
      if (expiry !== undefined) {
        this.stop(expiry);
        group.pendingMembers.delete(message.memberId);
        this.addMember(group, message.memberId, request);
      } else request.answer(joinFailed(ERRORS.UNKNOWN_MEMBER_ID, message.memberId));
      return;
    }
    if (message.groupInstanceId !== null && group.staticMember(message.groupInstanceId) !== message.memberId) {
      request.answer(joinFailed(ERRORS.FENCED_INSTANCE_ID, message.memberId));
      return;
    }
    const isUnchanged = JSON.stringify(member.protocols) === JSON.stringify(message.protocols);
    const isLeader = group.leader === member.id;
    member.protocols = message.protocols;
    if (group.state === 'stable' && isUnchanged && !isLeader) {
      // GRP-8: nothing has changed for a follower.
      this.heard(group, member);
      request.answer(joinedAnswer(group, member));
      return;
    }
    if (group.state === 'completing-rebalance' && isUnchanged) {
      // Its answer got lost: the same generation once more.
      request.answer(joinedAnswer(group, member));
      return;
    }
    member.pendingJoin = request;
    this.prepareRebalance(group);
    this.maybeCompleteJoin(group);
  }

  private addMember(group: ClassicGroup, memberId: string, request: Request<JoinGroupRequest, JoinGroupAnswer>): void {
    const { message } = request;
    const member: Member = {
      id: memberId,
      groupInstanceId: message.groupInstanceId,
      sessionTimeoutMs: message.sessionTimeoutMs,
      rebalanceTimeoutMs: message.rebalanceTimeoutMs,
      protocols: message.protocols,
      pendingJoin: request,
      pendingSync: null,
      assignment: [],
      lastHeardAt: this.world.now,
      sessionTimer: null,
    };
    group.members.set(memberId, member);
    if (group.leader === '') group.leader = memberId;
    this.prepareRebalance(group);
    this.maybeCompleteJoin(group);
  }

  /** GRP-12: new member id, same generation, same partitions, no rebalance while the group is stable. */
  private replaceStaticMember(
    group: ClassicGroup,
    old: Member,
    memberId: string,
    request: Request<JoinGroupRequest, JoinGroupAnswer>,
  ): void {
    const isSameAssignor = request.message.protocols.some(({ name }) => name === group.protocolName);
    group.members.delete(old.id);
    this.stopSession(old);
    old.pendingJoin?.answer(joinFailed(ERRORS.FENCED_INSTANCE_ID, old.id));
    old.pendingSync?.answer({ api: 'SyncGroup', errorCode: ERRORS.FENCED_INSTANCE_ID, assignment: [] });
    const member: Member = {
      ...old,
      id: memberId,
      protocols: request.message.protocols,
      pendingJoin: null,
      pendingSync: null,
      sessionTimer: null,
    };
    group.members.set(memberId, member);
    if (group.leader === old.id) group.leader = memberId;
    if (group.state === 'stable' && isSameAssignor) {
      this.heard(group, member);
      request.answer({
        ...joinedAnswer(group, member),
        leader: group.leader === memberId ? old.id : group.leader,
        members: [],
      });
      return;
    }
    member.pendingJoin = request;
    this.prepareRebalance(group);
    this.maybeCompleteJoin(group);
  }

  /** Begins a join phase; the first one of an empty group waits for newcomers (GRP-4). */
  private prepareRebalance(group: ClassicGroup): void {
    if (group.state === 'preparing-rebalance') return;
    group.isInitialJoin = group.state === 'empty';
    if (group.state === 'completing-rebalance') this.failSyncs(group);
    this.stop(group.syncTimer);
    group.syncTimer = null;
    group.transitionTo('preparing-rebalance');
    const longest = Math.max(0, ...[...group.members.values()].map((member) => member.rebalanceTimeoutMs));
    const delay = group.isInitialJoin ? Math.min(this.settings.initialRebalanceDelayMs, longest) : longest;
    group.joinTimer = this.after(delay, () => this.completeJoin(group));
  }

  /** GRP-3: the join phase ends early when every known member has re-joined, the initial delay excepted. */
  private maybeCompleteJoin(group: ClassicGroup): void {
    if (group.state !== 'preparing-rebalance' || group.pendingMembers.size > 0) return;
    if (group.isInitialJoin && this.settings.initialRebalanceDelayMs > 0 && group.members.size > 0) return;
    for (const member of group.members.values()) if (member.pendingJoin === null) return;
    this.completeJoin(group);
  }

  /** GRP-3: who has not re-joined is removed, static members are kept; then the generation begins. */
  private completeJoin(group: ClassicGroup): void {
    this.stop(group.joinTimer);
    group.joinTimer = null;
    for (const member of [...group.members.values()]) {
      if (member.pendingJoin === null && member.groupInstanceId === null) this.removeMember(group, member);
    }
    group.generationId += 1;
    const joined = [...group.members.values()].filter((member) => member.pendingJoin !== null);
    if (joined.length === 0) {
      group.protocolName = null;
      group.leader = '';
      group.transitionTo('empty');
      return;
    }
    if (!joined.some(({ id }) => id === group.leader)) group.leader = joined[0]!.id;
    group.protocolName = group.commonProtocol();
    group.transitionTo('completing-rebalance');
    for (const member of joined) {
      const request = member.pendingJoin!;
      member.pendingJoin = null;
      this.heard(group, member);
      request.answer(joinedAnswer(group, member));
    }
    const longest = Math.max(...joined.map((member) => member.rebalanceTimeoutMs));
    group.syncTimer = this.after(longest, () => this.expireSync(group));
  }

  /** GRP-5. */
  sync(request: Request<SyncGroupRequest, SyncGroupAnswer>): void {
    const { message } = request;
    const group = this.groups.get(message.groupId);
    const errorCode = this.checkMember(group, message);
    const fail = (code: number): void => request.answer({ api: 'SyncGroup', errorCode: code, assignment: [] });
    if (group === undefined || errorCode !== ERRORS.NONE) {
      fail(errorCode);
      return;
    }
    const member = group.members.get(message.memberId)!;
    if (group.state === 'preparing-rebalance') fail(ERRORS.REBALANCE_IN_PROGRESS);
    else if (group.state === 'stable')
      request.answer({ api: 'SyncGroup', errorCode: ERRORS.NONE, assignment: member.assignment });
    else {
      member.pendingSync = request;
      this.heard(group, member);
      if (group.leader === member.id) this.completeSync(group, message.assignments);
    }
  }

  private completeSync(group: ClassicGroup, assignments: SyncGroupRequest['assignments']): void {
    group.transitionTo('stable');
    this.stop(group.syncTimer);
    group.syncTimer = null;
    for (const member of group.members.values()) {
      member.assignment = assignments.find(({ memberId }) => memberId === member.id)?.assignment ?? [];
      const request = member.pendingSync;
      member.pendingSync = null;
      request?.answer({ api: 'SyncGroup', errorCode: ERRORS.NONE, assignment: member.assignment });
    }
  }

  /** GRP-5: who did not sync in time is removed, and the group starts over. */
  private expireSync(group: ClassicGroup): void {
    if (group.state !== 'completing-rebalance') return;
    for (const member of [...group.members.values()]) if (member.pendingSync === null) this.removeMember(group, member);
    this.prepareRebalance(group);
    this.maybeCompleteJoin(group);
  }

  private failSyncs(group: ClassicGroup): void {
    for (const member of group.members.values()) {
      const request = member.pendingSync;
      member.pendingSync = null;
      request?.answer({ api: 'SyncGroup', errorCode: ERRORS.REBALANCE_IN_PROGRESS, assignment: [] });
    }
  }

  /** GRP-6. */
  heartbeat(request: Request<HeartbeatRequest, HeartbeatAnswer>): void {
    const { message } = request;
    const group = this.groups.get(message.groupId);
    let errorCode = this.checkMember(group, message);
    if (group !== undefined && errorCode === ERRORS.NONE) {
      this.heard(group, group.members.get(message.memberId)!);
      if (group.state === 'preparing-rebalance') errorCode = ERRORS.REBALANCE_IN_PROGRESS;
    }
    request.applied();
    request.answer({ api: 'Heartbeat', errorCode });
  }

  leave(request: Request<LeaveGroupRequest, LeaveGroupAnswer>): void {
    const group = this.groups.get(request.message.groupId);
    const member = group?.members.get(request.message.memberId);
    if (group === undefined || member === undefined) {
      group?.pendingMembers.delete(request.message.memberId);
      request.answer({ api: 'LeaveGroup', errorCode: ERRORS.UNKNOWN_MEMBER_ID });
      return;
    }
    this.recordLeaving(group, 'left');
    this.removeAndRebalance(group, member);
    request.applied();
    request.answer({ api: 'LeaveGroup', errorCode: ERRORS.NONE });
  }

  /** A sign of life: heartbeat, join, sync or commit (GRP-7, OFS-5). One timer a member looks after it. */
  heard(group: ClassicGroup, member: Member): void {
    member.lastHeardAt = this.world.now;
    member.sessionTimer ??= this.after(member.sessionTimeoutMs, () => this.checkSession(group, member));
  }

  private checkSession(group: ClassicGroup, member: Member): void {
    // Whoever waits for a join or sync answer is not expected to send heartbeats (`hasSatisfiedHeartbeat`).
    const isWaiting = member.pendingJoin !== null || member.pendingSync !== null;
    const left = isWaiting ? member.sessionTimeoutMs : member.lastHeardAt + member.sessionTimeoutMs - this.world.now;
    if (left > 0) {
      member.sessionTimer = this.after(left, () => this.checkSession(group, member));
      return;
    }
    member.sessionTimer = null;
    this.recordLeaving(group, 'session-expired');
    this.removeAndRebalance(group, member);
  }

  private checkMember(
    group: ClassicGroup | undefined,
    by: { readonly memberId: string; readonly generationId: number; readonly groupInstanceId: string | null },
  ): number {
    if (group === undefined || group.state === 'dead') return ERRORS.UNKNOWN_MEMBER_ID;
    if (by.groupInstanceId !== null) {
      const holder = group.staticMember(by.groupInstanceId);
      if (holder !== undefined && holder !== by.memberId) return ERRORS.FENCED_INSTANCE_ID;
    }
    if (!group.members.has(by.memberId)) return ERRORS.UNKNOWN_MEMBER_ID;
    return by.generationId === group.generationId ? ERRORS.NONE : ERRORS.ILLEGAL_GENERATION;
  }

  private removeAndRebalance(group: ClassicGroup, member: Member): void {
    this.removeMember(group, member);
    if (group.state === 'stable' || group.state === 'completing-rebalance') {
      this.prepareRebalance(group);
      if (group.members.size === 0) this.completeJoin(group);
      else this.maybeCompleteJoin(group);
    } else if (group.members.size === 0 && group.state === 'preparing-rebalance') this.completeJoin(group);
    else this.maybeCompleteJoin(group);
  }

  private removeMember(group: ClassicGroup, member: Member): void {
    this.stopSession(member);
    group.members.delete(member.id);
    member.pendingJoin?.answer(joinFailed(ERRORS.UNKNOWN_MEMBER_ID, member.id));
    member.pendingSync?.answer({ api: 'SyncGroup', errorCode: ERRORS.UNKNOWN_MEMBER_ID, assignment: [] });
    member.pendingJoin = null;
    member.pendingSync = null;
    if (group.leader === member.id) group.leader = group.members.keys().next().value ?? '';
  }

  private groupOf(groupId: string): ClassicGroup {
    let group = this.groups.get(groupId);
    if (group === undefined) {
      group = new ClassicGroup(groupId);
      this.groups.set(groupId, group);
    }
    return group;
  }

  private recordLeaving(group: ClassicGroup, reason: 'left' | 'session-expired'): void {
    // The coordinator has no lane of its own: the broker's first one stands for it.
    const lane = this.world.recorder?.lanes.find(({ kind }) => kind === 'partition');
    if (lane !== undefined) this.world.record({ lane: lane.id }, { kind: 'group-leave', group: group.id, reason });
  }

  private after(delayMs: number, work: () => void): SimEvent {
    const event = new CallEvent(work, true);
    this.world.schedule(event, delayMs);
    return event;
  }

  private stop(event: SimEvent | null): void {
    if (event !== null) this.world.cancel(event);
  }

  private stopSession(member: Member): void {
    this.stop(member.sessionTimer);
    member.sessionTimer = null;
  }
}
