/** What a client has been told of the cluster: topics, their partitions, and who leads them. It may be out of date. */
import { ERRORS } from '../errors';
import type { MetadataAnswer, MetadataPartition } from '../protocol/messages';

/** No leader, or none that is known. */
export const NO_LEADER = -1;

export class ClusterMetadata {
  /** Number of partitions by topic. */
  readonly partitions = new Map<string, number>();
  private readonly known = new Map<string, readonly MetadataPartition[]>();

  take(answer: MetadataAnswer): void {
    for (const { name, errorCode, partitions } of answer.topics) {
      if (errorCode !== ERRORS.NONE) continue;
      this.partitions.set(name, partitions.length);
      this.known.set(name, partitions);
    }
  }

  /** Id of the leader; `NO_LEADER` for none. */
  leader(topic: string, index: number): number {
    return this.find(topic, index)?.leaderId ?? NO_LEADER;
  }

  /** The leader cannot have changed: there is no other replica. */
  isFixed(topic: string, index: number): boolean {
    return this.find(topic, index)?.replicaNodes.length === 1;
  }

  /** -1 when it is not known. */
  leaderEpoch(topic: string, index: number): number {
    return this.find(topic, index)?.leaderEpoch ?? -1;
  }

  /** The leader has turned out to be another one. */
  forgetLeader(topic: string, index: number): void {
    const partitions = this.known.get(topic);
    if (partitions === undefined) return;
    const forgotten = partitions.map((one) => (one.index === index ? { ...one, leaderId: NO_LEADER } : one));
    this.known.set(topic, forgotten);
  }

  private find(topic: string, index: number): MetadataPartition | undefined {
    const partitions = this.known.get(topic);
    if (partitions === undefined) return undefined;
    // Almost always in order.
    return partitions[index]?.index === index ? partitions[index] : partitions.find((one) => one.index === index);
  }
}
