/** A lab's brokers: settings of the cluster, and the addresses that programs are given. */
import type { ClusterSettings } from '../kafka/settings';
import type { LabCluster } from './lab';

/** @returns undefined for the cluster of one broker that labs have when they say nothing */
export function settingsOf(cluster: LabCluster | undefined): Partial<ClusterSettings> | undefined {
  if (cluster === undefined) return undefined;
  const { brokers, replicationFactor = brokers, minInsyncReplicas = 1, uncleanLeaderElection = false } = cluster;
  return {
    brokers,
    defaultReplicationFactor: replicationFactor,
    minInsyncReplicas,
    uncleanLeaderElectionEnable: uncleanLeaderElection,
  };
}

/** `KAFKA_BROKERS`. */
export function addressesOf(cluster: LabCluster | undefined): string {
  if (cluster === undefined || cluster.brokers === 1) return 'kafka:9092';
  return Array.from({ length: cluster.brokers }, (_, i) => `kafka-${i + 1}:9092`).join();
}
