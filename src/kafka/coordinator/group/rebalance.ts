/**
 * The join phase of a classic group and the changes of membership that begin it (GRP-1, GRP-3, GRP-4, GRP-7; Kafka:
 * `GroupMetadataManager.prepareRebalance`, `completeClassicGroupJoin`).
 */
import { ERRORS } from '../../errors';
import type { CoordinatorHost } from '../coordinator-host';
import type { ClassicGroup, Member } from './classic-group';
import { groupKey, groupRecord } from './group-records';
import { selectProtocol } from './group-rules';
import type { InLogOrder } from './in-log-order';
import { failJoin, failSync, joinedAnswer } from './join-answers';
import { Sessions, type SessionWatcher } from './sessions';

export class Rebalance implements SessionWatcher {
  readonly sessions: Sessions;

  constructor(
    private readonly host: CoordinatorHost,
    private readonly log: InLogOrder,
  ) {
    this.sessions = new Sessions(host.world, this);
  }

  /** GRP-7. */
  onSessionExpired(group: ClassicGroup, member: Member): void {
    this.recordLeaving(group, 'session-expired');
    this.removeAndRebalance(group, member);
  }

  /** Membership or metadata has changed: a join phase begins, or the present one takes note. */
  prepareOrComplete(group: ClassicGroup): void {
    if (group.state === 'preparing-rebalance') this.maybeCompleteJoin(group);
    else this.prepare(group);
  }

  /** Begins a join phase; the first one of an empty group waits for newcomers (GRP-4). */
  prepare(group: ClassicGroup): void {
    if (group.state === 'completing-rebalance') this.failSyncs(group, ERRORS.REBALANCE_IN_PROGRESS);
    this.stopSyncTimer(group);
    group.isInitialJoin = group.state === 'empty';
    group.transitionTo('preparing-rebalance');
    if (!group.isInitialJoin) {
      if (group.haveAllJoined) this.completeJoin(group);
      else group.joinTimer = this.sessions.after(group.rebalanceTimeoutMs, () => this.completeJoin(group));
      return;
    }
    group.hasNewcomer = false;
    const delay = this.host.settings.groupInitialRebalanceDelayMs;
    this.planInitial(group, delay, Math.max(0, group.rebalanceTimeoutMs - delay));
  }

  /** GRP-4: the initial delay begins anew as long as newcomers arrive, at most for the rebalance time-out. */
  private planInitial(group: ClassicGroup, delayMs: number, remainingMs: number): void {
    group.joinTimer = this.sessions.after(delayMs, () => {
      if (!group.hasNewcomer || remainingMs === 0) {
        this.completeJoin(group);
        return;
      }
      group.hasNewcomer = false;
      const next = Math.min(this.host.settings.groupInitialRebalanceDelayMs, remainingMs);
      this.planInitial(group, next, Math.max(0, remainingMs - delayMs));
    });
  }

  /** GRP-3: the join phase ends early when every known member has re-joined, the initial one excepted. */
  maybeCompleteJoin(group: ClassicGroup): void {
    if (group.state === 'preparing-rebalance' && !group.isInitialJoin && group.haveAllJoined) this.completeJoin(group);
  }

  /** GRP-3: who has not re-joined is removed, static members are kept; then the generation begins. */
  private completeJoin(group: ClassicGroup): void {
    this.stopJoinTimer(group);
    for (const member of [...group.members.values()])
      if (member.pendingJoin === null && member.groupInstanceId === null) this.remove(group, member);
    const joined = [...group.members.values()].filter((member) => member.pendingJoin !== null);
    if (joined.length === 0 && group.members.size > 0) {
      // Static members only, none of them back: their sessions decide.
      group.joinTimer = this.sessions.after(group.rebalanceTimeoutMs, () => this.completeJoin(group));
      return;
    }
    group.generationId += 1;
    group.awaitedSyncs.clear();
    if (joined.length === 0) this.becomeEmpty(group);
    else this.beginGeneration(group, joined);
  }

  private becomeEmpty(group: ClassicGroup): void {
    group.protocolName = null;
    group.leader = '';
    group.emptySince = this.host.world.now;
    group.transitionTo('empty');
    const value = groupRecord(group, () => [], this.host.world.now);
    // Nobody waits for it. If it fails, a later coordinator loads the last generation and sees its sessions expire.
    this.log.append([{ key: groupKey(group.id), value }], null, NOTHING);
  }

  private beginGeneration(group: ClassicGroup, joined: readonly Member[]): void {
    if (!joined.some(({ id }) => id === group.leader)) group.leader = joined[0]!.id;
    group.protocolName = selectProtocol(group);
    group.transitionTo('completing-rebalance');
    for (const member of group.members.values()) {
      group.awaitedSyncs.add(member.id);
      this.sessions.joined(group, member);
      const request = member.pendingJoin;
      member.pendingJoin = null;
      request?.answer(joinedAnswer(group, member));
    }
    group.syncTimer = this.sessions.after(group.rebalanceTimeoutMs, () => this.expireSyncs(group));
  }

  /** GRP-5: who did not sync in time is removed, and the group starts over. */
  private expireSyncs(group: ClassicGroup): void {
    group.syncTimer = null;
    for (const id of [...group.awaitedSyncs]) this.remove(group, group.members.get(id)!);
    this.prepare(group);
  }

  /** The assignment will not come. Whoever has waited for it could not send heartbeats meanwhile. */
  failSyncs(group: ClassicGroup, errorCode: number): void {
    for (const member of group.members.values()) {
      if (member.pendingSync !== null) this.sessions.heard(group, member);
      failSync(member, errorCode);
    }
  }

  /** A member has synced, or left; the sync phase is over with the last one. */
  synced(group: ClassicGroup, memberId: string): void {
    if (group.awaitedSyncs.delete(memberId) && group.awaitedSyncs.size === 0) this.stopSyncTimer(group);
  }

  /** GRP-7: the same for a session that has expired and for a LeaveGroup. */
  removeAndRebalance(group: ClassicGroup, member: Member): void {
    this.remove(group, member);
    this.afterRemoval(group);
  }

  afterRemoval(group: ClassicGroup): void {
    if (group.state === 'stable' || group.state === 'completing-rebalance') this.prepare(group);
    else this.maybeCompleteJoin(group);
  }

  private remove(group: ClassicGroup, member: Member): void {
    this.sessions.stop(member);
    group.members.delete(member.id);
    group.awaitedSyncs.delete(member.id);
    failJoin(member, ERRORS.UNKNOWN_MEMBER_ID);
    failSync(member, ERRORS.UNKNOWN_MEMBER_ID);
    if (group.leader === member.id) group.leader = group.members.keys().next().value ?? '';
  }

  /** An id that was given out will not be used (GRP-2). */
  dropPending(group: ClassicGroup, memberId: string): boolean {
    const expiry = group.pendingMembers.get(memberId);
    if (expiry === undefined) return false;
    this.host.world.cancel(expiry);
    group.pendingMembers.delete(memberId);
    return true;
  }

  /** The broker has lost the partition: nothing of the group happens here any more. */
  abandon(group: ClassicGroup): void {
    this.stopJoinTimer(group);
    this.stopSyncTimer(group);
    for (const id of [...group.pendingMembers.keys()]) this.dropPending(group, id);
    for (const member of group.members.values()) {
      this.sessions.stop(member);
      failJoin(member, ERRORS.NOT_COORDINATOR);
      failSync(member, ERRORS.NOT_COORDINATOR);
    }
  }

  recordLeaving(group: ClassicGroup, reason: 'left' | 'session-expired'): void {
    // The coordinator has no lane of its own: the broker's first one stands for it.
    const { world } = this.host;
    const lane = world.recorder?.lanes.find(({ kind }) => kind === 'partition');
    if (lane !== undefined) world.record({ lane: lane.id }, { kind: 'group-leave', group: group.id, reason });
  }

  private stopJoinTimer(group: ClassicGroup): void {
    if (group.joinTimer !== null) this.host.world.cancel(group.joinTimer);
    group.joinTimer = null;
  }

  private stopSyncTimer(group: ClassicGroup): void {
    if (group.syncTimer !== null) this.host.world.cancel(group.syncTimer);
    group.syncTimer = null;
  }
}

const NOTHING = { apply: (): void => undefined };
