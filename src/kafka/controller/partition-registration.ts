/** What the controller knows of a partition (Kafka: `PartitionRegistration`). A change makes a new object. */
export const NO_LEADER = -1;

export interface PartitionRegistration {
  readonly topic: string;
  readonly index: number;
  /** In the order of preference (REP-4). */
  readonly replicas: readonly number[];
  /** In-sync replicas; may be empty while there is no leader (REP-6). */
  readonly isr: readonly number[];
  /** Eligible leader replicas (REP-6). */
  readonly eligibleLeaderReplicas: readonly number[];
  /** The last leader of a partition that has lost ISR and leader; `NO_LEADER` otherwise (REP-5). */
  readonly lastKnownLeader: number;
  /** `NO_LEADER` while there is none. */
  readonly leader: number;
  /** Grows with each change of the leader, also to none (REP-3). */
  readonly leaderEpoch: number;
  /** Grows with each change of any kind; a leader's request to change the ISR names the one it knows. */
  readonly partitionEpoch: number;
  readonly config: TopicConfig;
}

/** Settings of a topic; those of the cluster where it has none of its own. */
export interface TopicConfig {
  readonly minInsyncReplicas: number;
  readonly uncleanLeaderElectionEnable: boolean;
  readonly maxMessageBytes: number;
}

/** `min.insync.replicas`, at most the number of replicas (ISR-6, ISR-7). */
export function effectiveMinIsr({ config, replicas }: PartitionRegistration): number {
  return Math.min(config.minInsyncReplicas, replicas.length);
}

/** ISR-6, ACK-1 (5). */
export function isUnderMinIsr(partition: PartitionRegistration): boolean {
  return partition.isr.length < effectiveMinIsr(partition);
}
