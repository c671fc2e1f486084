/**
 * Who leads a partition (REP-4 … REP-6; Kafka: `PartitionChangeBuilder`). Pure: the state before and what has happened in,
 * the state after out.
 */
import { effectiveMinIsr, NO_LEADER, type PartitionRegistration } from './partition-registration';

export interface ElectionResult {
  readonly leader: number;
  /** Records that only the old in-sync replicas had are lost (REP-5). */
  readonly isUnclean: boolean;
}

/** The part of a registration that an election looks at. */
export interface Candidates {
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly eligibleLeaderReplicas: readonly number[];
  readonly lastKnownLeader: number;
  /** Present leader, `NO_LEADER` for none. */
  readonly leader: number;
}

export type ElectionKind = 'clean' | 'preferred' | 'unclean';

/** Knows whether a broker is registered, unfenced and not shutting down. */
export interface ActiveBrokers {
  isActive(brokerId: number): boolean;
}

/**
 * REP-4: the present leader while it may stay; otherwise the first broker of the replica list that is active and in the ISR
 * or eligible. REP-6: when both sets are empty, the last known leader. REP-5: without any of them nobody, or the first
 * active replica where unclean elections are allowed.
 */
export function electLeader(candidates: Candidates, kind: ElectionKind, brokers: ActiveBrokers): ElectionResult {
  const { replicas, isr, eligibleLeaderReplicas, lastKnownLeader, leader } = candidates;
  const isValid = (id: number): boolean =>
    brokers.isActive(id) && (isr.includes(id) || eligibleLeaderReplicas.includes(id));
  const clean = (id: number): ElectionResult => ({ leader: id, isUnclean: false });
  if (kind === 'preferred' && isValid(replicas[0]!)) return clean(replicas[0]!);
  if (leader !== NO_LEADER && isValid(leader)) return clean(leader);
  const inOrder = replicas.find(isValid);
  if (inOrder !== undefined) return clean(inOrder);
  const isLastLeaderNeeded = isr.length === 0 && eligibleLeaderReplicas.length === 0 && lastKnownLeader !== NO_LEADER;
  if (isLastLeaderNeeded && brokers.isActive(lastKnownLeader)) return { leader: lastKnownLeader, isUnclean: true };
  const anyActive = kind === 'unclean' ? replicas.find((id) => brokers.isActive(id)) : undefined;
  return anyActive === undefined ? clean(NO_LEADER) : { leader: anyActive, isUnclean: true };
}

export interface PartitionChange {
  /** In-sync replicas as they are to be; the present ones when undefined. */
  readonly isr?: readonly number[];
  readonly kind: ElectionKind;
  readonly brokers: ActiveBrokers;
  /** Brokers that have come back from an unclean stop: neither in sync nor eligible any more (REP-6). */
  readonly uncleanlyStopped?: readonly number[];
  readonly hasElr: boolean;
}

/** The partition after an event; the same object when nothing changes. */
export function changePartition(before: PartitionRegistration, change: PartitionChange): PartitionRegistration {
  const { brokers, hasElr, uncleanlyStopped = [] } = change;
  let isr: readonly number[] = change.isr ?? before.isr;
  let eligible: readonly number[] = before.eligibleLeaderReplicas.filter((id) => !uncleanlyStopped.includes(id));
  const result = electLeader({ ...before, isr, eligibleLeaderReplicas: eligible }, change.kind, brokers);
  if (result.leader !== NO_LEADER && (result.isUnclean || !isr.includes(result.leader))) {
    // REP-5, REP-6: whoever is elected from outside of the ISR begins with an ISR of its own.
    isr = [result.leader];
    eligible = eligible.filter((id) => id !== result.leader);
  }
  // Without eligible leader replicas the ISR keeps its last member (REP-5).
  if (!hasElr && isr.length === 0) isr = before.isr;
  if (hasElr) eligible = nextEligible(before, isr, eligible, uncleanlyStopped);
  return withChanges(before, {
    isr,
    eligibleLeaderReplicas: eligible,
    leader: result.leader,
    lastKnownLeader: hasElr ? nextLastKnownLeader(before, isr, result.leader) : NO_LEADER,
  });
}

/** REP-6: those whose leaving made, or found, the ISR smaller than its minimum; none while it is large enough. */
function nextEligible(
  before: PartitionRegistration,
  isr: readonly number[],
  eligible: readonly number[],
  uncleanlyStopped: readonly number[],
): readonly number[] {
  if (isr.length >= effectiveMinIsr(before)) return [];
  const candidates = [...eligible, ...before.isr.filter((id) => !eligible.includes(id))];
  return candidates.filter((id) => !isr.includes(id) && !uncleanlyStopped.includes(id));
}

function nextLastKnownLeader(before: PartitionRegistration, isr: readonly number[], leader: number): number {
  if (leader !== NO_LEADER) return NO_LEADER;
  return isr.length === 0 && before.leader !== NO_LEADER ? before.leader : before.lastKnownLeader;
}

/**
 * Leadership is handed over to another member of the ISR while the present leader lives, as before a planned stop or by a
 * reassignment: the next one in the replica list, from its end to its beginning.
 * @returns the same object where nobody can take over
 */
export function handOver(before: PartitionRegistration, brokers: ActiveBrokers): PartitionRegistration {
  const { replicas, isr, leader } = before;
  const place = replicas.indexOf(leader);
  const inTurn = [...replicas.slice(place + 1), ...replicas.slice(0, Math.max(0, place))];
  const successor = inTurn.find((id) => brokers.isActive(id) && isr.includes(id));
  return successor === undefined ? before : withChanges(before, { ...before, leader: successor });
}

type Changing = Pick<PartitionRegistration, 'isr' | 'eligibleLeaderReplicas' | 'leader' | 'lastKnownLeader'>;

function withChanges(before: PartitionRegistration, after: Changing): PartitionRegistration {
  const isSame =
    before.leader === after.leader &&
    before.lastKnownLeader === after.lastKnownLeader &&
    sameMembers(before.isr, after.isr) &&
    sameMembers(before.eligibleLeaderReplicas, after.eligibleLeaderReplicas);
  if (isSame) return before;
  return {
    ...before,
    ...after,
    // REP-3.
    leaderEpoch: before.leader === after.leader ? before.leaderEpoch : before.leaderEpoch + 1,
    partitionEpoch: before.partitionEpoch + 1,
  };
}

function sameMembers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}
