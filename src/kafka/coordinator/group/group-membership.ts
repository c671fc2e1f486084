/**
 * Membership of classic groups: joins, syncs, heartbeats, leaving (GRP-2 … GRP-8, GRP-12).
 *
 * Join and sync are separate phases (MOD-3 h), and a member that is expelled learns of it only with its next request
 * (MOD-3 d).
 */
import type { Request, SentRequest } from '../../../simulation/network';
import { ERRORS } from '../../errors';
import type {
  AssignedTopic,
  HeartbeatAnswer,
  HeartbeatRequest,
  JoinGroupAnswer,
  JoinGroupRequest,
  LeaveGroupAnswer,
  LeaveGroupRequest,
  SyncGroupAnswer,
  SyncGroupRequest,
} from '../../protocol/messages';
import type { CoordinatorHost } from '../coordinator-host';
import { ClassicGroup, type Member } from './classic-group';
import { placeOf } from './committed-offsets';
import { groupKey, groupRecord, restoreGroup, type GroupRecord } from './group-records';
import { validateGeneration } from './group-rules';
import type { InLogOrder } from './in-log-order';
import { Joining } from './joining';
import { Rebalance } from './rebalance';

const NO_ASSIGNMENT: readonly AssignedTopic[] = [];

export class GroupMembership {
  readonly groups = new Map<string, ClassicGroup>();
  private readonly rebalance: Rebalance;
  private readonly joining: Joining;

  constructor(
    private readonly host: CoordinatorHost,
    private readonly log: InLogOrder,
  ) {
    this.rebalance = new Rebalance(host, log);
    this.joining = new Joining(host, log, this.groups, this.rebalance);
  }

  /** GRP-15: a group as the log has it; null when it has been deleted. */
  load(groupId: string, record: GroupRecord | null): void {
    if (record === null) this.groups.delete(groupId);
    else this.groups.set(groupId, restoreGroup(record, this.host.world.now));
  }

  /** GRP-15: the log has been read: everybody's session begins. */
  loaded(): void {
    for (const group of this.groups.values())
      for (const member of group.members.values()) this.rebalance.sessions.heard(group, member);
  }

  unload(): void {
    for (const group of this.groups.values()) this.rebalance.abandon(group);
  }

  /** OFS-5: a commit from outside of a group that nobody knows makes one that only holds offsets. */
  simpleGroup(groupId: string): ClassicGroup {
    const group = new ClassicGroup(groupId);
    group.emptySince = this.host.world.now;
    this.groups.set(groupId, group);
    return group;
  }

  join(request: Request<JoinGroupRequest, JoinGroupAnswer>): void {
    this.joining.join(request);
  }

  /** GRP-5. */
  sync(request: Request<SyncGroupRequest, SyncGroupAnswer>): void {
    const { message } = request;
    const group = this.groups.get(message.groupId);
    let errorCode = validateGeneration(group, message);
    if (errorCode === ERRORS.NONE && group!.state === 'preparing-rebalance') errorCode = ERRORS.REBALANCE_IN_PROGRESS;
    if (group === undefined || errorCode !== ERRORS.NONE) {
      request.answer({ api: 'SyncGroup', errorCode, assignment: [] });
      return;
    }
    const member = group.members.get(message.memberId)!;
    this.rebalance.sessions.heard(group, member);
    this.rebalance.synced(group, member.id);
    if (group.state === 'stable') {
      this.noteOwner(group, member, request.sender);
      request.answer({ api: 'SyncGroup', errorCode: ERRORS.NONE, assignment: member.assignment });
      return;
    }
    member.pendingSync = request;
    if (group.leader === member.id) this.persistAssignment(group, message.assignments);
  }

  /** GRP-5: the leader's assignment counts once it is replicated. */
  private persistAssignment(group: ClassicGroup, assignments: SyncGroupRequest['assignments']): void {
    const { generationId } = group;
    const assigned = new Map(assignments.map(({ memberId, assignment }) => [memberId, assignment]));
    const assignmentOf = ({ id }: Member): readonly AssignedTopic[] => assigned.get(id) ?? NO_ASSIGNMENT;
    const value = groupRecord(group, assignmentOf, this.host.world.now);
    const apply = (errorCode: number): void => {
      if (group.state !== 'completing-rebalance' || group.generationId !== generationId) return;
      if (errorCode === ERRORS.NONE) this.becomeStable(group, assignmentOf);
      else {
        this.rebalance.failSyncs(group, errorCode);
        if (errorCode !== ERRORS.NOT_COORDINATOR) this.rebalance.prepare(group);
      }
    };
    this.log.append([{ key: groupKey(group.id), value }], null, { apply });
  }

  private becomeStable(group: ClassicGroup, assignmentOf: (member: Member) => readonly AssignedTopic[]): void {
    group.transitionTo('stable');
    for (const member of group.members.values()) {
      member.assignment = assignmentOf(member);
      const request = member.pendingSync;
      if (request === null) continue;
      member.pendingSync = null;
      this.heard(group, member);
      this.noteOwner(group, member, request.sender);
      request.answer({ api: 'SyncGroup', errorCode: ERRORS.NONE, assignment: member.assignment });
    }
  }

  /** For the history: whose partitions are whose, by generation (GRP-9). */
  private noteOwner({ id }: ClassicGroup, { assignment }: Member, { number }: SentRequest['sender']): void {
    const { history } = this.host.world;
    for (const { name, partitions } of assignment)
      for (const partition of partitions) history.own(id, placeOf(name, partition), number);
  }

  /** GRP-6. */
  heartbeat(request: Request<HeartbeatRequest, HeartbeatAnswer>): void {
    const { message } = request;
    const group = this.groups.get(message.groupId);
    let errorCode = validateGeneration(group, message);
    if (group !== undefined && errorCode === ERRORS.NONE) {
      this.heard(group, group.members.get(message.memberId)!);
      if (group.state === 'preparing-rebalance') errorCode = ERRORS.REBALANCE_IN_PROGRESS;
    }
    request.applied();
    request.answer({ api: 'Heartbeat', errorCode });
  }

  /** GRP-7. Whoever has only been given an id gives it back (GRP-2). */
  leave(request: Request<LeaveGroupRequest, LeaveGroupAnswer>): void {
    const { groupId, memberId } = request.message;
    const group = this.groups.get(groupId);
    const member = group?.members.get(memberId);
    if (group !== undefined && this.rebalance.dropPending(group, memberId)) this.rebalance.maybeCompleteJoin(group);
    else if (group === undefined || member === undefined) {
      request.answer({ api: 'LeaveGroup', errorCode: ERRORS.UNKNOWN_MEMBER_ID });
      return;
    } else {
      this.rebalance.recordLeaving(group, 'left');
      this.rebalance.removeAndRebalance(group, member);
    }
    request.applied();
    request.answer({ api: 'LeaveGroup', errorCode: ERRORS.NONE });
  }

  /** A sign of life (GRP-7, OFS-5). */
  heard(group: ClassicGroup, member: Member): void {
    this.rebalance.sessions.heard(group, member);
  }
}
