/**
 * The cluster: brokers, and the controller that decides who leads, behind Kafka's APIs.
 *
 *     const cluster = new Cluster(world, [{ name: 'orders', partitions: 1 }]);
 *     cluster.append('orders', 0, [{ key: null, value: '{"id":"1"}', headers: {}, timestamp: 0 }]);
 *
 * With one broker nothing is replicated, elected or announced: what happens is the append and the answer.
 */
import { LATENCY_MS, type Request } from '../simulation/network';
import type { BrokerEvent } from '../simulation/trace';
import type { World } from '../simulation/world';
import { Broker } from './broker/broker';
import type { BrokerPorts, ImageDelta } from './broker/broker-ports';
import { isInternal } from './broker/internal-topics';
import { plainBatch } from './broker/record-batch';
import type { Replica } from './broker/replica';
import type { Leadership } from './broker/replication/leadership';
import { recordBroker, recordChange, recordTruncation } from './broker/recording';
import { ClusterStep } from './cluster-event';
import { clusterFingerprint } from './cluster-fingerprint';
import { internalTopic, layOut, type TopicSpec } from './cluster-layout';
import { Controller, IMAGE_DELAY_MS, type ControllerListener } from './controller/controller';
import { NO_LEADER, type PartitionRegistration } from './controller/partition-registration';
import {
  coordinatorPartition,
  OFFSETS_TOPIC,
  TRANSACTION_STATE_TOPIC,
  type CoordinatorShard,
  type TransactionShard,
} from './coordinator/coordinator-host';
import type { GroupCoordinator } from './coordinator/group';
import { ERRORS } from './errors';
import type {
  CreateTopicsAnswer,
  CreateTopicsRequest,
  ElectLeadersAnswer,
  ElectLeadersRequest,
  KafkaAnswer,
  KafkaEndpoint,
  KafkaReceiver,
  KafkaRequest,
  OffsetCommitRequest,
  WireRecord,
} from './protocol/messages';
import { clusterSettings, type ClusterSettings } from './settings';

export type { TopicSpec } from './cluster-layout';

/** A partition as the controller sees it. */
export type PartitionDescription = Pick<
  PartitionRegistration,
  'leader' | 'leaderEpoch' | 'replicas' | 'isr' | 'eligibleLeaderReplicas' | 'lastKnownLeader'
>;

export class Cluster implements KafkaEndpoint, BrokerPorts, ControllerListener {
  readonly settings: ClusterSettings;
  readonly controller: Controller;
  /** By id - 1. */
  readonly brokers: readonly Broker[];
  private readonly specs: readonly TopicSpec[];
  private producerIds = 0;

  constructor(
    private readonly world: World,
    topics: readonly TopicSpec[],
    settings?: Partial<ClusterSettings>,
  ) {
    this.settings = clusterSettings(settings);
    this.controller = new Controller(world, this.settings, this);
    const brokers: Broker[] = [];
    for (let id = 1; id <= this.settings.brokers; id += 1) brokers.push(new Broker(id, world, this.settings, this));
    this.brokers = brokers;
    this.specs = topics;
    if (brokers.length > 1)
      for (const { id } of brokers) world.recorder?.addLane({ id: `broker-${id}`, kind: 'broker' });
    for (const topic of topics) this.addTopic(topic);
  }

  /** All partitions that are not internal, on their leaders; on some replica where there is no leader. */
  partitions(): readonly Replica[] {
    return this.controller
      .partitions()
      .filter(({ topic }) => !isInternal(topic))
      .map(({ topic, index }) => this.partition(topic, index)!);
  }

  /** A partition on its leader, as the controller sees it; on the last one that can be asked where there is none. */
  partition(topic: string, index: number): Replica | undefined {
    const partition = this.controller.partition(topic, index);
    if (partition === undefined) return undefined;
    const { leader, lastKnownLeader, replicas } = partition;
    const id = leader !== NO_LEADER ? leader : lastKnownLeader !== NO_LEADER ? lastKnownLeader : replicas[0]!;
    return this.replica(id, topic, index);
  }

  /** One broker's copy of a partition, with log, high watermark and producers' states. */
  replica(brokerId: number, topic: string, index: number): Replica | undefined {
    return this.peer(brokerId)?.replica(topic, index);
  }

  /** @throws Error when there is no such partition */
  describe(topic: string, index: number): PartitionDescription {
    const partition = this.controller.partition(topic, index);
    if (partition === undefined) throw new Error(`there is no partition ${topic}-${index}`);
    const { leader, leaderEpoch, replicas, isr, eligibleLeaderReplicas, lastKnownLeader } = partition;
    return { leader, leaderEpoch, replicas, isr, eligibleLeaderReplicas, lastKnownLeader };
  }

  /**
   * Puts records into a log from outside of the world: the workload. They are replicated like any others.
   * @returns offset of the first one
   * @throws Error when the partition does not exist or cannot be written now
   */
  append(topic: string, index: number, records: readonly WireRecord[]): number {
    const partition = this.controller.partition(topic, index);
    if (partition === undefined) throw new Error(`the workload names ${topic}-${index}, which the lab does not have`);
    const broker = this.peer(partition.leader);
    const replica = broker?.replica(topic, index);
    if (broker === undefined || !broker.isRunning || replica === undefined || replica.leadership === null)
      throw new Error(`${topic}-${index} has no leader that runs; let the world go on until one is elected`);
    const endBefore = replica.log.logEndOffset;
    replica.appendData(plainBatch(records), this.world.now);
    broker.onProduced(replica, endBefore, records, null);
    broker.onReadable();
    return endBefore;
  }

  /** Any request, sent to a bootstrap address: the first broker that runs takes it. */
  receive(request: Request<KafkaRequest, KafkaAnswer>): void {
    const running = this.brokers.find(({ isRunning }) => isRunning) ?? this.brokers.find(({ isDead }) => !isDead);
    (running ?? this.brokers[0]!).receive(request);
  }

  /** @throws Error when there is no such broker */
  broker(id: number): KafkaReceiver {
    const broker = this.peer(id);
    if (broker === undefined) throw new Error(`there is no broker ${id}; ids are 1 … ${this.brokers.length}`);
    return broker;
  }

  findCoordinator(keyType: 'group' | 'transaction', key: string): number {
    const [topic, index] = this.coordinatorPlace(keyType, key);
    return this.controller.partition(topic, index)?.leader ?? NO_LEADER;
  }

  /** The coordinator of a key on the broker that leads its partition; null while there is none. */
  coordinatorShard(keyType: 'group' | 'transaction', key: string): CoordinatorShard | null {
    const [topic, index] = this.coordinatorPlace(keyType, key);
    return this.partition(topic, index)?.shard ?? null;
  }

  /**
   * Coordinator of all groups where there is one partition of offsets, which is the default.
   * @throws Error while it has no leader
   */
  get coordinator(): GroupCoordinator {
    const shard = this.coordinatorShard('group', '');
    if (shard === null) throw new Error('there is no group coordinator now');
    return shard as GroupCoordinator;
  }

  /** A transaction is open: at the latest its time-out ends it (TXN-14). */
  get hasOpenTransactions(): boolean {
    for (let index = 0; index < this.settings.transactionStateLogNumPartitions; index += 1) {
      const shard = this.partition(TRANSACTION_STATE_TOPIC, index)?.shard as TransactionShard | null | undefined;
      if (shard?.hasOpenTransactions === true) return true;
    }
    return false;
  }

  /** Whether a commit would store what is stored already. */
  isRepeat(message: OffsetCommitRequest): boolean {
    const shard = this.coordinatorShard('group', message.groupId) as GroupCoordinator | null;
    return shard !== null && shard.isRepeat(message);
  }

  private coordinatorPlace(keyType: 'group' | 'transaction', key: string): [string, number] {
    const topic = keyType === 'group' ? OFFSETS_TOPIC : TRANSACTION_STATE_TOPIC;
    this.needInternalTopic(topic);
    const { offsetsTopicNumPartitions, transactionStateLogNumPartitions } = this.settings;
    const count = keyType === 'group' ? offsetsTopicNumPartitions : transactionStateLogNumPartitions;
    return [topic, coordinatorPartition(key, count)];
  }

  peer(id: number): Broker | undefined {
    return this.brokers[id - 1];
  }

  nextProducerId(): number {
    return this.producerIds++;
  }

  needInternalTopic(topic: string): void {
    if (!this.controller.hasTopic(topic)) this.addTopic(internalTopic(topic, this.settings));
  }

  createTopics({ topics }: CreateTopicsRequest): CreateTopicsAnswer {
    return {
      api: 'CreateTopics',
      topics: topics.map((topic) => ({ name: topic.name, errorCode: this.createTopic(topic) })),
    };
  }

  private createTopic({ name, numPartitions, replicationFactor }: CreateTopicsRequest['topics'][number]): number {
    if (this.controller.hasTopic(name)) return ERRORS.TOPIC_ALREADY_EXISTS;
    if (!/^[a-zA-Z0-9._-]{1,249}$/.test(name) || name === '.' || name === '..') return ERRORS.INVALID_TOPIC_EXCEPTION;
    // -1 asks for the broker's default (kafka-semantics §1.1).
    if (numPartitions === 0 || numPartitions < -1) return ERRORS.INVALID_PARTITIONS;
    const factor = replicationFactor === -1 ? this.settings.defaultReplicationFactor : replicationFactor;
    if (factor < 1 || factor > this.controller.activeCount) return ERRORS.INVALID_REPLICATION_FACTOR;
    this.addTopic({ name, partitions: numPartitions === -1 ? 1 : numPartitions, replicationFactor: factor });
    return ERRORS.NONE;
  }

  /** All brokers that run know it at once: nobody can tell the difference. */
  private addTopic(spec: TopicSpec): void {
    const delta = this.controller.addTopic(layOut(spec, this.settings));
    if (!isInternal(spec.name))
      for (const { index } of delta.partitions)
        this.world.recorder?.addLane({ id: `${spec.name}-${index}`, kind: 'partition' });
    for (const broker of this.brokers) {
      if (broker.isRunning) broker.applyImage(delta);
      else broker.whenRunning(() => broker.applyImage(delta));
    }
  }

  electLeaders({ electionType, topics }: ElectLeadersRequest): ElectLeadersAnswer {
    const wanted =
      topics ??
      [...new Set(this.controller.partitions().map(({ topic }) => topic))].map((name) => ({
        name,
        partitions: this.controller.partitions().flatMap(({ topic, index }) => (topic === name ? [index] : [])),
      }));
    return {
      api: 'ElectLeaders',
      topics: wanted.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map((index) => ({ index, errorCode: this.elect(electionType, name, index) })),
      })),
    };
  }

  private elect(kind: 'preferred' | 'unclean', topic: string, index: number): number {
    const before = this.controller.partition(topic, index);
    if (before === undefined) return ERRORS.UNKNOWN_TOPIC_OR_PARTITION;
    const isDone = kind === 'preferred' ? before.leader === before.replicas[0] : before.leader !== NO_LEADER;
    if (isDone) return ERRORS.ELECTION_NOT_NEEDED;
    this.controller.elect(kind, (partition) => partition === before);
    const after = this.controller.partition(topic, index)!;
    const isElected = kind === 'preferred' ? after.leader === after.replicas[0] : after.leader !== NO_LEADER;
    return isElected ? ERRORS.NONE : ERRORS.ELIGIBLE_LEADERS_NOT_AVAILABLE;
  }

  /** Every partition goes back to the first broker of its list where that is in sync (`kafka-leader-election`). */
  electPreferred(): void {
    this.electLeaders({ api: 'ElectLeaders', electionType: 'preferred', topics: null });
  }

  /** `kill -9`: the process is gone at once; the controller notices when the session runs out (REP-7). */
  kill(id: number): void {
    const broker = this.known(id);
    if (broker.isDead) return;
    this.recordBroker(id, 'killed');
    broker.stop(false);
    this.controller.onKilled(id);
  }

  /** SIGSTOP: the process stands still. */
  pause(id: number): void {
    const broker = this.known(id);
    if (!broker.isRunning) return;
    this.recordBroker(id, 'paused');
    broker.pause();
    this.controller.onSilent(id);
  }

  /** SIGCONT: first it does what lay in its sockets, as the broker that it was; then it hears what has changed (REP-9). */
  resume(id: number): void {
    const broker = this.known(id);
    if (broker.pausedSince === null) return;
    this.recordBroker(id, 'resumed');
    this.later(`heard ${id}`, LATENCY_MS, () => {
      if (!broker.isRunning) return;
      this.controller.onHeard(id);
      this.deliver(broker);
    });
    broker.resume();
  }

  /** The fetchers of a broker hang: it lives and copies nothing (ISR-3). */
  hang(id: number): void {
    const broker = this.known(id);
    if (!broker.isRunning || broker.isHanging) return;
    this.recordBroker(id, 'hanging');
    broker.hang();
  }

  /** They go on. */
  unhang(id: number): void {
    const broker = this.known(id);
    if (!broker.isHanging) return;
    this.recordBroker(id, 'copying');
    broker.unhang();
  }

  /**
   * A stopped broker is started again. It can register as soon as its former session is over.
   * @param isBackground whether the world may come to rest before that
   */
  restart(id: number, isBackground = true): void {
    const broker = this.known(id);
    if (!broker.isDead) return;
    const wait = Math.max(0, this.controller.earliestRegistration(id) - this.world.now);
    this.later(`start ${id}`, wait + LATENCY_MS, () => this.comeBack(broker), isBackground && wait > 0);
  }

  private comeBack(broker: Broker): void {
    if (!broker.isDead) return;
    this.recordBroker(broker.id, 'started');
    this.controller.register(broker.id);
    broker.start();
    this.deliver(broker);
    this.later(`unfence ${broker.id}`, LATENCY_MS, () => {
      if (broker.isRunning) this.controller.unfence(broker.id);
    });
  }

  /** A controlled shutdown: leadership moves first (REP-7). */
  shutdown(id: number): void {
    const broker = this.known(id);
    if (!broker.isRunning) return;
    this.later(`shut down ${id}`, LATENCY_MS, () => this.controller.beginShutdown(id));
    // To the controller and back, then its word that nothing is led here any more.
    this.later(`stop ${id}`, 4 * LATENCY_MS, () =>
      broker.whenRunning(() => {
        this.recordBroker(id, 'stopped');
        broker.stop(true);
        this.controller.finishShutdown(id);
      }),
    );
  }

  alterPartition(from: Broker, leadership: Leadership, isr: readonly number[]): void {
    const { registration } = leadership;
    const label = `isr of ${leadership.replica.name}: ${isr.join('.')} after ${registration.partitionEpoch}`;
    this.later(label, LATENCY_MS, () => {
      if (this.controller.alterPartition(registration, isr)) return;
      this.later(`no ${label}`, LATENCY_MS, () =>
        from.whenRunning(() => {
          if (leadership.registration === registration) leadership.pendingIsr = null;
        }),
      );
    });
  }

  publish(delta: ImageDelta): void {
    const label = delta.partitions.map(
      ({ topic, index, leader, isr }) => `${topic}-${index}>${leader}:${isr.join('.')}`,
    );
    this.later(`image ${label.join()}`, IMAGE_DELAY_MS, () => {
      for (const broker of this.brokers) if (broker.isRunning) broker.applyImage(delta);
    });
  }

  /** All that the controller knows by now. */
  private deliver(broker: Broker): void {
    broker.applyImage(this.controller.image());
  }

  onChanged(before: PartitionRegistration, after: PartitionRegistration, isUnclean: boolean): void {
    recordChange(this.world, before, after, isUnclean, this.replica(after.leader, after.topic, after.index));
  }

  onFenced(brokerId: number): void {
    this.recordBroker(brokerId, 'fenced');
  }

  onTruncated(broker: Broker, replica: Replica, endBefore: number): void {
    recordTruncation(this.world, broker.id, replica, endBefore);
  }

  private recordBroker(id: number, state: BrokerEvent): void {
    recordBroker(this.world, id, state);
  }

  private known(id: number): Broker {
    const broker = this.peer(id);
    if (broker === undefined) throw new Error(`there is no broker ${id}; ids are 1 … ${this.brokers.length}`);
    return broker;
  }

  private later(label: string, delayMs: number, work: () => void, isBackground = false): void {
    this.world.schedule(new ClusterStep(label, work, isBackground), delayMs);
  }

  /** Everything the cluster remembers, times relative to now: equal texts, equal futures. */
  fingerprint(): string {
    return clusterFingerprint(this.world, this.brokers, this.controller, this.producerIds);
  }
}
