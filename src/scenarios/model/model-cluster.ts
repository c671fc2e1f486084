/** The cluster of a scenario: made with the topics that the scenario names, with the settings of the real test cluster. */
import { Cluster, type TopicSpec } from '../../kafka/cluster';
import type { Recorder } from '../../simulation/recorder';
import { World } from '../../simulation/world';
import type { RecordBatch } from '../../kafka/broker/record-batch';
import type { ClusterSettings } from '../../kafka/settings';
import type { KafkaEndpoint } from '../../kafka/protocol/messages';
import type { Command, CommandNamed } from '../language/commands';
import type { Scenario } from '../language/scenario';
import { NotYetRunnable, ScenarioError } from '../language/scenario-error';
import type { BrokerRef, TopicPartition } from '../language/words';
import { LostAnswers } from './lost-answers';
import { Oracles, printedLog } from './oracles';
import { Pauses } from './pauses';
import { Requests } from './requests';
import { VirtualClock } from './virtual-clock';

export interface PartitionState {
  readonly leader: number;
  readonly isr: readonly number[];
  readonly eligibleLeaderReplicas: readonly number[];
}

/** What the scenarios need of the cluster beside requests. */
export interface ManyBrokers extends KafkaEndpoint {
  kill(brokerId: number): void;
  restart(brokerId: number): void;
  pause(brokerId: number): void;
  resume(brokerId: number): void;
  shutdown(brokerId: number): void;
  electPreferred(): void;
  describe(topic: string, index: number): PartitionState;
  replica(
    brokerId: number,
    topic: string,
    index: number,
  ): { readonly log: { readonly batches: readonly RecordBatch[] } };
}

/** real-kafka §2: short times, so that faults are noticed soon; three partitions for the internal topics. */
const SETTINGS: Partial<ClusterSettings> = {
  replicaLagTimeMaxMs: 3000,
  replicaFetchWaitMaxMs: 200,
  brokerSessionTimeoutMs: 3000,
  offsetsTopicNumPartitions: 3,
  transactionStateLogNumPartitions: 3,
  groupInitialRebalanceDelayMs: 0,
  groupMinSessionTimeoutMs: 1000,
  transactionAbortTimedOutTransactionCleanupIntervalMs: 500,
};

/** Names are tried until one is coordinated by the broker that the scenario wants. */
const TRIALS_MAX = 100;

export class ModelCluster {
  readonly lostAnswers = new LostAnswers();
  /** Of the programs behind `write` and `mode=work`. */
  readonly pauses: Pauses;
  private readonly partitionCounts: ReadonlyMap<string, number>;
  readonly clock: VirtualClock;
  readonly requests: Requests;
  readonly oracles: Oracles;
  readonly endpoint: KafkaEndpoint;
  private readonly groups = new Map<string, string>();
  private readonly tids = new Map<string, string>();

  constructor(scenario: Scenario, recorder: Recorder | null) {
    const world = new World(this.lostAnswers, recorder);
    const commands = commandsOf(scenario);
    const given = commands.find((command) => command.command === 'cluster');
    this.pauses = new Pauses(given?.seed ?? 0);
    const settings = {
      ...SETTINGS,
      ...settingsOf(given),
      brokers: scenario.brokers,
      defaultReplicationFactor: scenario.brokers,
    };
    const topics = commands.flatMap(topicOf);
    this.partitionCounts = new Map(topics.map(({ name, partitions }) => [name, partitions]));
    this.endpoint = makeCluster(world, topics, settings);
    this.clock = new VirtualClock(world);
    this.requests = new Requests(this.endpoint, this.clock);
    this.oracles = new Oracles(this.requests);
    for (const command of commands) {
      if (command.command === 'group' && command.coordinator !== undefined)
        this.groups.set(command.group, this.nameWith('group', command.group, command.coordinator));
      if (command.command === 'tid' && command.coordinator !== undefined)
        this.tids.set(command.tid, this.nameWith('transaction', command.tid, command.coordinator));
    }
  }

  /** The group's name on the cluster. */
  readonly realGroup = (group: string): string => this.groups.get(group) ?? group;

  /** The transactional id's name on the cluster. */
  readonly realTid = (tid: string): string => this.tids.get(tid) ?? tid;

  /** Brokers that can be killed, paused and restarted. */
  get brokers(): ManyBrokers {
    const many = this.endpoint as ManyBrokers;
    if (typeof many.kill !== 'function') throw new NotYetRunnable('the model has one broker only');
    return many;
  }

  /** @throws ScenarioError for a topic that no command makes */
  partitionCount(topic: string): number {
    const count = this.partitionCounts.get(topic);
    if (count === undefined) throw new ScenarioError(`there is no topic ${topic}; make it with "topic ${topic}"`);
    return count;
  }

  partition({ topic, partition }: TopicPartition): PartitionState {
    return this.brokers.describe(topic, partition);
  }

  /** The log that a broker has on its disk. */
  replica(brokerId: number, { topic, partition }: TopicPartition): string {
    return printedLog(this.brokers.replica(brokerId, topic, partition).log.batches);
  }

  coordinator(kind: 'group' | 'tid', name: string): number {
    return kind === 'group'
      ? this.endpoint.findCoordinator('group', this.realGroup(name))
      : this.endpoint.findCoordinator('transaction', this.realTid(name));
  }

  brokerId(ref: BrokerRef): number {
    const id = this.brokerIdOrNone(ref);
    if (id === -1) throw new ScenarioError('there is no such broker at present');
    return id;
  }

  private brokerIdOrNone(ref: BrokerRef): number {
    if (ref.kind === 'broker') return ref.id;
    if (ref.kind === 'leader') return this.oracles.leader(ref.of);
    return this.groups.has(ref.of) ? this.coordinator('group', ref.of) : this.coordinator('tid', ref.of);
  }

  /** One plain batch to the leader. */
  produce(
    to: TopicPartition,
    value: string,
    acks: '0' | '1' | 'all',
  ): { readonly errorCode: number; readonly baseOffset: number } {
    const batch = {
      producerId: -1,
      producerEpoch: -1,
      baseSequence: -1,
      isTransactional: false,
      records: [{ key: null, value, headers: {}, timestamp: this.clock.now }],
    };
    const answer = this.requests.askUntilStable(
      {
        api: 'Produce',
        apiVersion: 7,
        transactionalId: null,
        acks: acks === 'all' ? -1 : Number(acks),
        timeoutMs: 30_000,
        topics: [{ name: to.topic, partitions: [{ index: to.partition, batch }] }],
      },
      () => this.oracles.leaderOf(to),
      ({ topics }) => topics[0]!.partitions[0]!.errorCode,
    );
    return answer.topics[0]!.partitions[0]!;
  }

  deleteRecords(of: TopicPartition, before: number): void {
    const answer = this.requests.ask(
      {
        api: 'DeleteRecords',
        topics: [{ name: of.topic, partitions: [{ index: of.partition, offset: before }] }],
      },
      this.endpoint.broker(this.oracles.leader(of)),
    );
    const errorCode = answer?.topics[0]?.partitions[0]?.errorCode;
    if (errorCode !== 0) throw new ScenarioError(`DeleteRecords was answered ${errorCode}`);
  }

  private nameWith(kind: 'group' | 'transaction', name: string, coordinator: number): string {
    for (let trial = 0; trial < TRIALS_MAX; trial += 1) {
      const candidate = `${name}-${trial}`;
      if (this.endpoint.findCoordinator(kind, candidate) === coordinator) return candidate;
    }
    throw new ScenarioError(`no name like ${name} is coordinated by broker ${coordinator}`);
  }
}

function makeCluster(world: World, topics: readonly TopicSpec[], settings: Partial<ClusterSettings>): KafkaEndpoint {
  const Whole = Cluster as unknown as new (
    world: World,
    topics: readonly TopicSpec[],
    settings: Partial<ClusterSettings>,
  ) => KafkaEndpoint;
  return new Whole(world, topics, settings);
}

function commandsOf({ blocks }: Scenario): readonly Command[] {
  return blocks.flatMap(({ steps }) =>
    steps.flatMap(({ action }) => (action.kind === 'driver' ? [action.command] : [])),
  );
}

/** What `cluster` says of the brokers' settings. */
function settingsOf(given: CommandNamed<'cluster'> | undefined): Partial<ClusterSettings> {
  const settings: Partial<Record<keyof ClusterSettings, number | undefined>> = {
    replicaLagTimeMaxMs: given?.replicaLag,
    brokerSessionTimeoutMs: given?.brokerSession,
    groupInitialRebalanceDelayMs: given?.groupDelay,
    offsetsRetentionMs: given?.offsetsRetention,
    producerIdExpirationMs: given?.producerIdExpiration,
    transactionMaxTimeoutMs: given?.txnMaxTimeout,
    transactionalIdExpirationMs: given?.tidExpiration,
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function topicOf(command: Command): TopicSpec[] {
  if (command.command !== 'topic') return [];
  const { topic, partitions = 1, replicas, factor, minIsr, maxMessageBytes, unclean } = command;
  const spec = {
    name: topic,
    partitions,
    ...(replicas === undefined ? {} : { replicas: Array.from({ length: partitions }, () => [...replicas]) }),
    ...(factor === undefined ? {} : { replicationFactor: factor }),
    config: {
      ...(minIsr === undefined ? {} : { minInsyncReplicas: minIsr }),
      ...(maxMessageBytes === undefined ? {} : { maxMessageBytes }),
      ...(unclean ? { uncleanLeaderElectionEnable: true } : {}),
    },
  };
  return [spec];
}
