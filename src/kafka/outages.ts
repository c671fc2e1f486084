/**
 * What can happen to the brokers of a cluster while clients use it, and how it is healed: for whoever lets faults happen.
 * `Cluster` has the single steps (`kill`, `pause` …); here they are aimed at the broker that a request goes to.
 */
import { LATENCY_MS, type SentRequest } from '../simulation/network';
import type { LaneId } from '../simulation/trace';
import type { World } from '../simulation/world';
import { Broker } from './broker/broker';
import type { Cluster } from './cluster';
import { ClusterStep } from './cluster-event';
import { NO_LEADER, type PartitionRegistration } from './controller/partition-registration';
import { coordinatorPartition, OFFSETS_TOPIC, TRANSACTION_STATE_TOPIC } from './coordinator/coordinator-host';
import type { KafkaRequest } from './protocol/messages';

/** How much longer than its session a broker stands still: time for its successors to begin. */
const REPLACEMENT_MS = 3000;

/** So long after the last one all of them end: longer than any session, and than `replica.lag.time.max.ms` and a half. */
const LONGEST_MS = 60_000;

export class Outages {
  private end: ClusterStep | null = null;

  /** @param lane whose trace says that the faults are over */
  constructor(
    private readonly world: World,
    private readonly cluster: Cluster,
    private readonly lane: LaneId,
  ) {}

  /** The broker that a request goes to; null for other receivers, and for one that does not run. */
  brokerOf({ endpoint }: SentRequest): Broker | null {
    return endpoint instanceof Broker && endpoint.isRunning ? endpoint : null;
  }

  /** How many brokers run, the given one left out. */
  othersRunning(broker: Broker): number {
    return this.cluster.brokers.filter((other) => other !== broker && other.isRunning).length;
  }

  /**
   * The partition that a request is about: what it writes to, or where its coordinator keeps its state (GRP-15, TXN-1).
   * Null for requests that have none, or several.
   */
  partitionOf({ message }: SentRequest): PartitionRegistration | null {
    const place = placeOf(message as KafkaRequest, this.cluster);
    return place === null ? null : (this.cluster.controller.partition(...place) ?? null);
  }

  /** The same for a request to a coordinator, and null for any other. */
  coordinatorOf(request: SentRequest): PartitionRegistration | null {
    const message = request.message as KafkaRequest;
    return message.api === 'Produce' ? null : this.partitionOf(request);
  }

  /** Brokers that could take over a partition from its leader; 0 for no partition. */
  successorsOf(partition: PartitionRegistration | null): number {
    if (partition === null) return 0;
    const { isr, leader } = partition;
    return isr.filter((id) => id !== leader && this.cluster.controller.isActive(id)).length;
  }

  /** Brokers that copy a partition from its leader and keep up with it, in the order of its replica list. */
  followersOf(partition: PartitionRegistration | null): readonly Broker[] {
    if (partition === null) return [];
    const { replicas, isr, leader } = partition;
    return replicas
      .filter((id) => id !== leader && isr.includes(id))
      .map((id) => this.cluster.peer(id)!)
      .filter(({ isRunning, isHanging }) => isRunning && !isHanging);
  }

  /** `kill -9`. It stays away until `heal`. */
  kill({ id }: Broker): void {
    this.endLater();
    this.cluster.kill(id);
  }

  /** SIGSTOP, for longer than its session. */
  pause({ id }: Broker): void {
    this.endLater();
    this.cluster.pause(id);
    const { brokerSessionTimeoutMs } = this.cluster.settings;
    this.later(`resume ${id}`, brokerSessionTimeoutMs + REPLACEMENT_MS, () => this.cluster.resume(id), true);
  }

  /** A broker that is about to die is started again, as soon as that is so. */
  startSoon({ id }: Broker): void {
    this.later(`restart ${id}`, 0, () => this.cluster.restart(id));
  }

  /** It copies nothing until `heal`. */
  hang({ id }: Broker): void {
    this.endLater();
    this.cluster.hang(id);
  }

  /** Another in-sync replica leads the partition. */
  handOver({ topic, index }: PartitionRegistration): void {
    this.cluster.controller.handOver(topic, index);
  }

  /**
   * A leader has lost its followers long ago: nobody has what it has just stored, it is the only member of the ISR, answers
   * for itself, and dies.
   */
  leaveAlone(partition: PartitionRegistration): void {
    const leader = this.cluster.peer(partition.leader)!;
    this.cutOff(leader.id);
    const { leadership } = leader.replica(partition.topic, partition.index)!;
    for (const follower of leadership?.followers ?? []) follower.lastCaughtUpAt = Number.NEGATIVE_INFINITY;
    this.cluster.controller.alterPartition(partition, [leader.id]);
    // The news has to reach it, and its answer has to leave.
    this.killSoon(leader, true, 2 * LATENCY_MS);
  }

  /**
   * Kills a broker when what it does at this instant is done: an answer that it gives now still leaves.
   * @param isCutOff what it has just told its followers does not leave any more
   */
  killSoon({ id }: Broker, isCutOff: boolean, delayMs = 0): void {
    // Losing is what may follow (N4).
    if (isCutOff) this.world.history.losses += 1;
    this.endLater();
    this.later(`kill ${id}${isCutOff ? '!' : ''}`, delayMs, () => {
      if (isCutOff) this.cutOff(id);
      this.cluster.kill(id);
    });
  }

  /** No follower gets what this broker has on its way to it. */
  private cutOff(leader: number): void {
    for (const broker of this.cluster.brokers)
      for (const { link } of broker.allReplicas()) if (link?.leader.id === leader) link.cutOff();
  }

  private later(label: string, delayMs: number, work: () => void, isBackground = false): void {
    this.world.schedule(new ClusterStep(label, work, isBackground), delayMs);
  }

  /** Some broker is not as it should be. */
  get isAny(): boolean {
    for (const { isRunning, isHanging } of this.cluster.brokers) if (!isRunning || isHanging) return true;
    return false;
  }

  /** Whatever happens, an outage does not last for ever; a world that comes to rest earlier heals earlier. */
  private endLater(): void {
    if (this.end !== null) this.world.cancel(this.end);
    this.end = new ClusterStep('heal', () => this.heal(), true);
    this.world.schedule(this.end, LONGEST_MS);
  }

  /** Ends all of them: the dead start again, the paused go on, who hangs copies again. */
  heal(): void {
    if (this.end !== null) this.world.cancel(this.end);
    this.end = null;
    if (!this.isAny) return;
    if (this.world.recorder !== null) this.world.record({ lane: this.lane }, { kind: 'phase', phase: 'heal' });
    for (const broker of this.cluster.brokers) {
      if (broker.isDead) this.cluster.restart(broker.id, false);
      else if (broker.pausedSince !== null) this.cluster.resume(broker.id);
      this.cluster.unhang(broker.id);
    }
  }

  /** Whether a partition could be written to by somebody outside. */
  hasLeader(topic: string, index: number): boolean {
    const leader = this.cluster.controller.partition(topic, index)?.leader ?? NO_LEADER;
    const broker = leader === NO_LEADER ? undefined : this.cluster.peer(leader);
    return broker !== undefined && broker.isRunning && (broker.replica(topic, index)?.leadership ?? null) !== null;
  }
}

function placeOf(message: KafkaRequest, cluster: Cluster): [string, number] | null {
  const { offsetsTopicNumPartitions, transactionStateLogNumPartitions } = cluster.settings;
  switch (message.api) {
    case 'Produce': {
      const [topic] = message.topics;
      const [partition] = topic?.partitions ?? [];
      return topic === undefined || partition === undefined ? null : [topic.name, partition.index];
    }
    case 'JoinGroup':
    case 'SyncGroup':
    case 'Heartbeat':
    case 'LeaveGroup':
    case 'OffsetCommit':
    case 'OffsetFetch':
    case 'TxnOffsetCommit':
      return [OFFSETS_TOPIC, coordinatorPartition(message.groupId, offsetsTopicNumPartitions)];
    case 'InitProducerId':
    case 'AddPartitionsToTxn':
    case 'AddOffsetsToTxn':
    case 'EndTxn':
      if (message.transactionalId === null) return null;
      return [TRANSACTION_STATE_TOPIC, coordinatorPartition(message.transactionalId, transactionStateLogNumPartitions)];
    default:
      return null;
  }
}
