/** The cluster as one broker knows it; a paused broker's knowledge is out of date (REP-9). */
import { ERRORS } from '../errors';
import { NO_LEADER, type PartitionRegistration } from '../controller/partition-registration';
import type {
  DescribeTopicPartitionsAnswer,
  DescribeTopicPartitionsRequest,
  MetadataAnswer,
  MetadataPartition,
  MetadataRequest,
} from '../protocol/messages';
import type { ImageDelta } from './broker-ports';
import { isInternal } from './internal-topics';

export class BrokerImage {
  private readonly topics = new Map<string, PartitionRegistration[]>();
  private active: readonly number[] = [];
  private unfenced: readonly number[] = [];

  take({ partitions, active, unfenced }: ImageDelta): void {
    this.active = active;
    this.unfenced = unfenced;
    for (const partition of partitions) {
      let list = this.topics.get(partition.topic);
      if (list === undefined) {
        list = [];
        this.topics.set(partition.topic, list);
      }
      list[partition.index] = partition;
    }
  }

  partition(topic: string, index: number): PartitionRegistration | undefined {
    return this.topics.get(topic)?.[index];
  }

  isActive(brokerId: number): boolean {
    return this.active.includes(brokerId);
  }

  /** Partitions of the topics that are not internal. */
  partitions(): PartitionRegistration[] {
    return [...this.topics].flatMap(([name, list]) => (isInternal(name) ? [] : list));
  }

  /** `topics` null: all that are not internal. */
  metadata({ topics }: MetadataRequest): MetadataAnswer {
    const names = topics ?? [...this.topics.keys()].filter((name) => !isInternal(name));
    return {
      api: 'Metadata',
      brokers: this.unfenced.map((nodeId) => ({ nodeId })),
      topics: names.map((name) => {
        const partitions = this.topics.get(name);
        return {
          name,
          errorCode: partitions === undefined ? ERRORS.UNKNOWN_TOPIC_OR_PARTITION : ERRORS.NONE,
          partitions: (partitions ?? []).map((partition) => this.describe(partition)),
        };
      }),
    };
  }

  describeTopics({ topics }: DescribeTopicPartitionsRequest): DescribeTopicPartitionsAnswer {
    return {
      api: 'DescribeTopicPartitions',
      topics: topics.map((name) => {
        const partitions = this.topics.get(name);
        return {
          name,
          errorCode: partitions === undefined ? ERRORS.UNKNOWN_TOPIC_OR_PARTITION : ERRORS.NONE,
          partitions: (partitions ?? []).map((partition) => ({
            ...this.describe(partition),
            eligibleLeaderReplicas: partition.eligibleLeaderReplicas,
            lastKnownElr: partition.lastKnownLeader === NO_LEADER ? [] : [partition.lastKnownLeader],
          })),
        };
      }),
    };
  }

  private describe({ index, leader, leaderEpoch, replicas, isr }: PartitionRegistration): MetadataPartition {
    return {
      index,
      errorCode: leader === NO_LEADER ? ERRORS.LEADER_NOT_AVAILABLE : ERRORS.NONE,
      leaderId: leader,
      leaderEpoch,
      replicaNodes: replicas,
      isrNodes: isr,
    };
  }
}
