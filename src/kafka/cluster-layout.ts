/** Topics as a cluster is set up with them, and on which brokers their replicas lie. */
import { isInternal } from './broker/internal-topics';
import type { PartitionRegistration, TopicConfig } from './controller/partition-registration';
import { OFFSETS_TOPIC, TRANSACTION_STATE_TOPIC } from './coordinator/coordinator-host';
import type { ClusterSettings } from './settings';

export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
  /** Replica list of each partition, in the order of preference; spread over the brokers when left out. */
  readonly replicas?: readonly (readonly number[])[];
  /** `default.replication.factor` when left out. */
  readonly replicationFactor?: number;
  readonly config?: Partial<TopicConfig>;
}

const SOLE_BROKER: readonly number[] = [1];

type NewPartition = Pick<PartitionRegistration, 'topic' | 'index' | 'replicas' | 'config'>;

/** @throws Error that names the topic and what is wrong with it */
export function layOut(spec: TopicSpec, settings: ClusterSettings): NewPartition[] {
  const config = topicConfig(spec, settings);
  const made: NewPartition[] = [];
  for (let index = 0; index < spec.partitions; index += 1) {
    const replicas = spec.replicas?.[index] ?? spread(index, replicationFactor(spec, settings), settings.brokers);
    const isSane = replicas.length > 0 && new Set(replicas).size === replicas.length;
    if (!isSane || replicas.some((id) => id < 1 || id > settings.brokers))
      throw new Error(
        `topic ${spec.name}, partition ${index}: replicas [${replicas.join()}] must name one or more different brokers of 1 … ${settings.brokers}`,
      );
    made.push({ topic: spec.name, index, replicas, config });
  }
  return made;
}

/** What an internal topic is like when nobody has laid it out. */
export function internalTopic(name: string, settings: ClusterSettings): TopicSpec {
  return name === TRANSACTION_STATE_TOPIC
    ? {
        name,
        partitions: settings.transactionStateLogNumPartitions,
        replicationFactor: settings.transactionStateLogReplicationFactor,
        config: { minInsyncReplicas: settings.transactionStateLogMinIsr },
      }
    : {
        name: OFFSETS_TOPIC,
        partitions: settings.offsetsTopicNumPartitions,
        replicationFactor: settings.offsetsTopicReplicationFactor,
      };
}

function replicationFactor({ name, replicationFactor: wanted }: TopicSpec, settings: ClusterSettings): number {
  const factor = wanted ?? settings.defaultReplicationFactor;
  if (factor >= 1 && factor <= settings.brokers) return factor;
  throw new Error(
    `topic ${name}: replication factor ${factor} with ${settings.brokers} brokers; give it 1 … ${settings.brokers}`,
  );
}

/** Partition i begins at broker i + 1, as on a cluster without racks; the real one begins at a random broker. */
function spread(index: number, factor: number, brokers: number): readonly number[] {
  if (brokers === 1) return SOLE_BROKER;
  return Array.from({ length: factor }, (_, i) => ((index + i) % brokers) + 1);
}

function topicConfig({ name, config }: TopicSpec, settings: ClusterSettings): TopicConfig {
  return {
    minInsyncReplicas: config?.minInsyncReplicas ?? settings.minInsyncReplicas,
    uncleanLeaderElectionEnable: config?.uncleanLeaderElectionEnable ?? settings.uncleanLeaderElectionEnable,
    // Offsets and states are small; internal topics have limits of their own.
    maxMessageBytes: config?.maxMessageBytes ?? (isInternal(name) ? Number.MAX_SAFE_INTEGER : settings.messageMaxBytes),
  };
}
