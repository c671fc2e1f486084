/**
 * What a coordinator remembers of its groups, as text: equal texts, equal futures (exploration.md c.4).
 *
 * Member ids and generations are left out: they are names that no program gets to see, and what depends on them is
 * whether a request carries the present one, which a process that is gone never will. The time left to a timer counts in
 * steps: how long exactly a dead member's session still lasts shifts what follows in time and changes nothing in it.
 */
import type { SimEvent } from '../../../simulation/event-queue';
import type { ClassicGroup, Member } from './classic-group';

/** Shorter than any session time-out that a broker accepts (`group.min.session.timeout.ms`). */
const TIMER_STEP_MS = 5000;

const steps = (ms: number): number => Math.ceil(ms / TIMER_STEP_MS);

/** @param now present virtual time */
export function groupsFingerprint(groups: Iterable<ClassicGroup>, now: number): string {
  const left = (timer: SimEvent | null): string => (timer === null ? '-' : String(steps(timer.time - now)));
  const texts: string[] = [];
  for (const group of groups) {
    const members = [...group.members.values()].map((member) => memberFingerprint(group, member, now));
    const pending = [...group.pendingMembers.values()].map(left);
    const initial = group.state === 'preparing-rebalance' && group.isInitialJoin ? (group.hasNewcomer ? 'n' : 'i') : '';
    texts.push(
      `${group.id}:${group.state}:${initial}:${left(group.joinTimer)}:${left(group.syncTimer)}:${members.join(';')}:${pending.join()}`,
    );
  }
  return texts.join('/');
}

function memberFingerprint(group: ClassicGroup, member: Member, now: number): string {
  const session = steps(member.lastHeardAt + member.sessionTimeoutMs - now);
  const waiting = `${member.pendingJoin === null ? '' : 'j'}${member.pendingSync === null ? '' : 's'}`;
  const role = `${group.leader === member.id ? 'l' : ''}${group.awaitedSyncs.has(member.id) ? 'a' : ''}${member.isNew ? 'n' : ''}`;
  const { groupInstanceId, sessionTimeoutMs, rebalanceTimeoutMs, protocols, assignment } = member;
  return [
    groupInstanceId ?? '',
    session,
    sessionTimeoutMs,
    rebalanceTimeoutMs,
    waiting,
    role,
    JSON.stringify(protocols),
    // A static member gets it back when it returns (GRP-12).
    groupInstanceId === null ? '' : JSON.stringify(assignment),
  ].join(':');
}
