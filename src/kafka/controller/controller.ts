/**
 * The controller: who leads which partition, who is in which ISR, and which brokers live (REP, ISR-4; Kafka:
 * `ReplicationControlManager`, `ClusterControlManager`). It never fails here. Brokers learn of its decisions one event
 * later.
 */
import { CallEvent, type SimEvent } from '../../simulation/event-queue';
import { LATENCY_MS } from '../../simulation/network';
import type { World } from '../../simulation/world';
import type { ImageDelta } from '../broker/broker-ports';
import type { ClusterSettings } from '../settings';
import { changePartition, handOver, type ElectionKind } from './election';
import { NO_LEADER, type PartitionRegistration } from './partition-registration';

/** What the controller knows of a broker. */
interface BrokerRegistration {
  /** It is counted as gone: no sign of life within its session, or it has not come up yet. */
  isFenced: boolean;
  isShuttingDown: boolean;
  /** Ends its session, while it is silent. */
  sessionEnd: SimEvent | null;
  /** Its process has been stopped without warning since it last registered (REP-6). */
  isUncleanlyStopped: boolean;
}

/** Who hears of changes. */
export interface ControllerListener {
  /** An image for all brokers; to be delivered one event later, to a paused broker when it runs again. */
  publish(delta: ImageDelta): void;
  /** @param isUnclean records may have been lost by it (REP-5) */
  onChanged(before: PartitionRegistration, after: PartitionRegistration, isUnclean: boolean): void;
  onFenced(brokerId: number): void;
}

export class Controller {
  private readonly topics = new Map<string, PartitionRegistration[]>();
  /** By broker id - 1. */
  private readonly brokers: BrokerRegistration[] = [];
  /** Registered, unfenced and not shutting down. */
  private active: readonly number[] = [];
  /** Registered and unfenced. */
  private unfenced: readonly number[] = [];

  constructor(
    private readonly world: World,
    private readonly settings: ClusterSettings,
    private readonly listener: ControllerListener,
  ) {
    for (let id = 1; id <= settings.brokers; id += 1)
      this.brokers.push({ isFenced: false, isShuttingDown: false, sessionEnd: null, isUncleanlyStopped: false });
    this.noteStates();
  }

  partition(topic: string, index: number): PartitionRegistration | undefined {
    return this.topics.get(topic)?.[index];
  }

  hasTopic(topic: string): boolean {
    return this.topics.has(topic);
  }

  partitions(): readonly PartitionRegistration[] {
    return [...this.topics.values()].flat();
  }

  /** Registered, unfenced and not shutting down. */
  isActive(brokerId: number): boolean {
    return this.active.includes(brokerId);
  }

  get activeCount(): number {
    return this.active.length;
  }

  /** To be called when the state of a broker has changed. */
  private noteStates(): void {
    const active: number[] = [];
    const unfenced: number[] = [];
    for (const [i, { isFenced, isShuttingDown }] of this.brokers.entries()) {
      if (isFenced) continue;
      unfenced.push(i + 1);
      if (!isShuttingDown) active.push(i + 1);
    }
    this.active = active;
    this.unfenced = unfenced;
  }

  /** All that a broker has to know when it begins. */
  image(): ImageDelta {
    return this.delta(this.partitions());
  }

  delta(partitions: readonly PartitionRegistration[]): ImageDelta {
    return { partitions, active: this.active, unfenced: this.unfenced };
  }

  /** A new topic; its partitions are led by the first active replica of each list. */
  addTopic(partitions: readonly Pick<PartitionRegistration, 'topic' | 'index' | 'replicas' | 'config'>[]): ImageDelta {
    const made = partitions.map((partition): PartitionRegistration => {
      const { topic, index, replicas, config } = partition;
      const isr = replicas.filter((id) => this.isActive(id));
      return {
        topic,
        index,
        replicas,
        config,
        isr,
        eligibleLeaderReplicas: [],
        lastKnownLeader: NO_LEADER,
        leader: isr[0] ?? NO_LEADER,
        leaderEpoch: 0,
        partitionEpoch: 0,
      };
    });
    if (made.length > 0) this.topics.set(made[0]!.topic, made);
    return this.delta(made);
  }

  /** A broker has fallen silent, for good or for a while: its session runs out (REP-7). */
  onSilent(brokerId: number): void {
    const broker = this.brokers[brokerId - 1]!;
    if (broker.isFenced || broker.sessionEnd !== null) return;
    broker.sessionEnd = new CallEvent(() => {
      broker.sessionEnd = null;
      this.fence(brokerId);
    }, true);
    this.world.schedule(broker.sessionEnd, this.settings.brokerSessionTimeoutMs);
  }

  /** A process has been stopped without warning. */
  onKilled(brokerId: number): void {
    this.brokers[brokerId - 1]!.isUncleanlyStopped = true;
    this.onSilent(brokerId);
  }

  /** A paused broker gives a sign of life again. It stays what it was: pause is not kill (REP-8). */
  onHeard(brokerId: number): void {
    const broker = this.brokers[brokerId - 1]!;
    if (broker.sessionEnd !== null) {
      this.world.cancel(broker.sessionEnd);
      broker.sessionEnd = null;
    }
    if (broker.isFenced) this.unfence(brokerId);
  }

  /** When a new process of a broker may register: not while its former session lasts. Absolute virtual time. */
  earliestRegistration(brokerId: number): number {
    return this.brokers[brokerId - 1]!.sessionEnd?.time ?? this.world.now;
  }

  /** A new process registers; after an unclean stop it is nobody's in-sync or eligible replica any more (REP-6). */
  register(brokerId: number): void {
    const broker = this.brokers[brokerId - 1]!;
    if (broker.isUncleanlyStopped)
      this.change('clean', (partition) => {
        const isConcerned = partition.isr.includes(brokerId) || partition.eligibleLeaderReplicas.includes(brokerId);
        if (!isConcerned) return null;
        return { isr: without(partition.isr, brokerId), uncleanlyStopped: [brokerId] };
      });
    broker.isUncleanlyStopped = false;
    broker.isShuttingDown = false;
    this.noteStates();
  }

  /** The broker is up to date and may lead again. */
  unfence(brokerId: number): void {
    this.brokers[brokerId - 1]!.isFenced = false;
    this.noteStates();
    this.change('clean', (partition) => (partition.leader === NO_LEADER ? {} : null), true);
  }

  /** REP-7: leadership moves before the broker stops. */
  beginShutdown(brokerId: number): void {
    this.brokers[brokerId - 1]!.isShuttingDown = true;
    this.noteStates();
    this.leaveIsrs(brokerId);
  }

  /** The broker has stopped in order. */
  finishShutdown(brokerId: number): void {
    const broker = this.brokers[brokerId - 1]!;
    if (broker.sessionEnd !== null) this.world.cancel(broker.sessionEnd);
    broker.sessionEnd = null;
    broker.isFenced = true;
    this.noteStates();
    this.listener.publish(this.delta([]));
  }

  private fence(brokerId: number): void {
    const broker = this.brokers[brokerId - 1]!;
    broker.isFenced = true;
    this.noteStates();
    this.listener.onFenced(brokerId);
    this.leaveIsrs(brokerId);
  }

  /** ISR-4. */
  private leaveIsrs(brokerId: number): void {
    this.change(
      'clean',
      (partition) => {
        const isConcerned = partition.isr.includes(brokerId) || partition.leader === brokerId;
        return isConcerned ? { isr: without(partition.isr, brokerId) } : null;
      },
      true,
    );
  }

  /**
   * ISR-1: a leader asks for another ISR.
   * @returns whether it gets it: not when it knows an old state, or wants a member that is fenced or stopping (ISR-2)
   */
  alterPartition(before: PartitionRegistration, isr: readonly number[]): boolean {
    const present = this.partition(before.topic, before.index)!;
    const isStale = present.leaderEpoch !== before.leaderEpoch || present.partitionEpoch !== before.partitionEpoch;
    const newcomers = isr.filter((id) => !present.isr.includes(id));
    if (isStale || !newcomers.every((id) => this.isActive(id))) return false;
    this.change('clean', (partition) => (partition === present ? { isr } : null));
    return true;
  }

  /** `kafka-leader-election`; @returns what has become of each partition that was asked for */
  elect(kind: ElectionKind, isWanted: (partition: PartitionRegistration) => boolean): void {
    this.change(kind, (partition) => (isWanted(partition) ? {} : null));
  }

  /** Another member of the ISR is to lead a partition. @returns whether there is one that can */
  handOver(topic: string, index: number): boolean {
    const list = this.topics.get(topic);
    const before = list?.[index];
    if (list === undefined || before === undefined) return false;
    const after = handOver(before, this);
    if (after === before) return false;
    list[index] = after;
    this.listener.onChanged(before, after, false);
    this.listener.publish(this.delta([after]));
    return true;
  }

  /**
   * Applies a change to all partitions that it concerns, elects where that is needed, and tells the brokers.
   * @param isAnnounced tells them even when no partition has changed: the set of brokers has
   */
  private change(
    kind: ElectionKind,
    changeOf: (
      partition: PartitionRegistration,
    ) => { readonly isr?: readonly number[]; readonly uncleanlyStopped?: readonly number[] } | null,
    isAnnounced = false,
  ): void {
    const changed: PartitionRegistration[] = [];
    for (const list of this.topics.values()) {
      for (const [index, before] of list.entries()) {
        const change = changeOf(before);
        if (change === null) continue;
        const isUncleanAllowed = kind === 'clean' && before.config.uncleanLeaderElectionEnable;
        const after = changePartition(before, {
          ...change,
          kind: isUncleanAllowed ? 'unclean' : kind,
          brokers: this,
          hasElr: this.settings.eligibleLeaderReplicasEnable,
        });
        if (after === before) continue;
        list[index] = after;
        changed.push(after);
        this.listener.onChanged(before, after, isLossy(before, after));
      }
    }
    if (changed.length > 0 || isAnnounced) this.listener.publish(this.delta(changed));
  }

  /** Sessions that run out, by the time they have left; the rest is in the partitions. */
  fingerprint(): string {
    const brokers = this.brokers.map(({ isFenced, isShuttingDown, sessionEnd, isUncleanlyStopped }) => {
      const left = sessionEnd === null ? '' : sessionEnd.time - this.world.now;
      return `${isFenced ? 'f' : ''}${isShuttingDown ? 's' : ''}${isUncleanlyStopped ? 'u' : ''}${left}`;
    });
    const partitions = this.partitions().map(({ leader, isr, eligibleLeaderReplicas, lastKnownLeader }) =>
      [leader, isr.join('.'), eligibleLeaderReplicas.join('.'), lastKnownLeader].join('|'),
    );
    return `${brokers.join()};${partitions.join()}`;
  }
}

/** REP-5: somebody leads who was neither in sync nor eligible, nor the last to lead. */
function isLossy(before: PartitionRegistration, after: PartitionRegistration): boolean {
  const { leader } = after;
  if (leader === NO_LEADER || leader === before.leader) return false;
  const wasCandidate = before.isr.includes(leader) || before.eligibleLeaderReplicas.includes(leader);
  return !wasCandidate && leader !== before.lastKnownLeader;
}

function without(ids: readonly number[], id: number): readonly number[] {
  return ids.filter((other) => other !== id);
}

/** How long a decision takes to the brokers. */
export const IMAGE_DELAY_MS = LATENCY_MS;
