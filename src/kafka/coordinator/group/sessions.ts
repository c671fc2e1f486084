/** Signs of life of members, and what is done about those who give none (GRP-7). */
import { CallEvent, type SimEvent } from '../../../simulation/event-queue';
import type { World } from '../../../simulation/world';
import type { ClassicGroup, Member } from './classic-group';

/** How long the first join of a member may wait: its sender may have gone, and no heartbeat is expected of it. */
const NEW_MEMBER_JOIN_TIMEOUT_MS = 300_000;

/** Who is told that a session has expired: an object, because a function for each execution is dear (see `PlanChooser`). */
export interface SessionWatcher {
  onSessionExpired(group: ClassicGroup, member: Member): void;
}

export class Sessions {
  constructor(
    private readonly world: World,
    private readonly watcher: SessionWatcher,
  ) {}

  /** A member whose first join waits. */
  begin(group: ClassicGroup, member: Member): void {
    this.arm(group, member, NEW_MEMBER_JOIN_TIMEOUT_MS);
  }

  /** A sign of life: heartbeat, join, sync or commit (GRP-7, OFS-5). One timer a member looks after it. */
  heard(group: ClassicGroup, member: Member): void {
    member.lastHeardAt = this.world.now;
    if (member.sessionTimer === null) this.arm(group, member, member.sessionTimeoutMs);
  }

  /** The first join phase of a member is over: from now on it has a session. */
  joined(group: ClassicGroup, member: Member): void {
    if (member.isNew) this.stop(member);
    member.isNew = false;
    this.heard(group, member);
  }

  stop(member: Member): void {
    if (member.sessionTimer !== null) this.world.cancel(member.sessionTimer);
    member.sessionTimer = null;
  }

  private arm(group: ClassicGroup, member: Member, delayMs: number): void {
    member.sessionTimer = this.after(delayMs, () => this.check(group, member));
  }

  private check(group: ClassicGroup, member: Member): void {
    member.sessionTimer = null;
    // Whoever waits for a join or sync answer is not expected to send heartbeats (`hasSatisfiedHeartbeat`).
    const isWaiting = !member.isNew && (member.pendingJoin !== null || member.pendingSync !== null);
    const age = this.world.now - member.lastHeardAt;
    const left = isWaiting ? member.sessionTimeoutMs : member.isNew ? 0 : member.sessionTimeoutMs - age;
    if (left > 0) this.arm(group, member, left);
    else this.watcher.onSessionExpired(group, member);
  }

  /** Lets something happen in the background. */
  after(delayMs: number, work: () => void): SimEvent {
    const event = new CallEvent(work, true);
    this.world.schedule(event, delayMs);
    return event;
  }
}
