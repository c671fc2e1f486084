/**
 * Settings of brokers and the controller with Kafka 4.3's defaults (kafka-semantics §1.1). Names are Kafka's, in camel
 * case; times are milliseconds of virtual time.
 *
 * Two defaults differ. Internal topics have one partition instead of 50: how keys spread over brokers is an accident of
 * hashing, and a scenario that needs it says so. And their replication factor follows the number of brokers, up to
 * Kafka's 3, as every single-broker cluster has to be configured.
 */
export interface ClusterSettings {
  /** Number of brokers; ids begin with 1. */
  readonly brokers: number;
  readonly defaultReplicationFactor: number;
  readonly minInsyncReplicas: number;
  readonly uncleanLeaderElectionEnable: boolean;
  readonly messageMaxBytes: number;
  readonly replicaLagTimeMaxMs: number;
  readonly replicaFetchWaitMaxMs: number;
  readonly brokerSessionTimeoutMs: number;
  /** `eligible.leader.replicas.version` ≥ 1, as on clusters made with 4.1 or later (REP-6). */
  readonly eligibleLeaderReplicasEnable: boolean;
  readonly offsetsTopicNumPartitions: number;
  readonly offsetsTopicReplicationFactor: number;
  readonly offsetsRetentionMs: number;
  readonly groupInitialRebalanceDelayMs: number;
  readonly groupMinSessionTimeoutMs: number;
  readonly groupMaxSessionTimeoutMs: number;
  /** Members of a group; more are refused (GROUP_MAX_SIZE_REACHED). */
  readonly groupMaxSize: number;
  readonly transactionStateLogNumPartitions: number;
  readonly transactionStateLogReplicationFactor: number;
  readonly transactionStateLogMinIsr: number;
  readonly transactionMaxTimeoutMs: number;
  readonly transactionalIdExpirationMs: number;
  readonly transactionAbortTimedOutTransactionCleanupIntervalMs: number;
  readonly transactionPartitionVerificationEnable: boolean;
  readonly producerIdExpirationMs: number;
}

const DAY_MS = 86_400_000;

const DEFAULTS: ClusterSettings = {
  brokers: 1,
  defaultReplicationFactor: 1,
  minInsyncReplicas: 1,
  uncleanLeaderElectionEnable: false,
  messageMaxBytes: 1_048_588,
  replicaLagTimeMaxMs: 30_000,
  replicaFetchWaitMaxMs: 500,
  brokerSessionTimeoutMs: 9000,
  eligibleLeaderReplicasEnable: true,
  offsetsTopicNumPartitions: 1,
  offsetsTopicReplicationFactor: 3,
  offsetsRetentionMs: 7 * DAY_MS,
  groupInitialRebalanceDelayMs: 3000,
  groupMinSessionTimeoutMs: 6000,
  groupMaxSessionTimeoutMs: 1_800_000,
  groupMaxSize: 2_147_483_647,
  transactionStateLogNumPartitions: 1,
  transactionStateLogReplicationFactor: 3,
  transactionStateLogMinIsr: 2,
  transactionMaxTimeoutMs: 900_000,
  transactionalIdExpirationMs: 7 * DAY_MS,
  transactionAbortTimedOutTransactionCleanupIntervalMs: 10_000,
  transactionPartitionVerificationEnable: true,
  producerIdExpirationMs: DAY_MS,
};

/** Defaults for a cluster of one broker, made once: most worlds have no settings of their own. */
const ONE_BROKER = complete({});

/** @throws Error that names a setting no cluster can have. */
export function clusterSettings(given: Partial<ClusterSettings> | undefined): ClusterSettings {
  return given === undefined ? ONE_BROKER : complete(given);
}

function complete(given: Partial<ClusterSettings>): ClusterSettings {
  const all = { ...DEFAULTS, ...given };
  if (!Number.isInteger(all.brokers) || all.brokers < 1)
    throw new Error(`settings.brokers is ${all.brokers}; a cluster has 1, 2, 3 … brokers`);
  if (all.defaultReplicationFactor > all.brokers)
    throw new Error(
      `settings.defaultReplicationFactor is ${all.defaultReplicationFactor} and there are ${all.brokers} brokers; lower the first or raise the second`,
    );
  return {
    ...all,
    offsetsTopicReplicationFactor: Math.min(all.offsetsTopicReplicationFactor, all.brokers),
    transactionStateLogReplicationFactor: Math.min(all.transactionStateLogReplicationFactor, all.brokers),
  };
}
