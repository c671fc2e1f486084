/** What a client has been told of the cluster: topics, their partitions, and who leads them. It may be out of date. */
import { ERRORS } from '../errors';
import type { MetadataAnswer } from '../protocol/messages';

/** No leader, or none that is known. */
export const NO_LEADER = -1;

interface Leader {
  id: number;
  readonly epoch: number;
  readonly replicas: number;
}

export class ClusterMetadata {
  /** Number of partitions by topic. */
  readonly partitions = new Map<string, number>();
  private readonly leaders = new Map<string, Leader[]>();

  take(answer: MetadataAnswer): void {
    for (const { name, errorCode, partitions } of answer.topics) {
      if (errorCode !== ERRORS.NONE) continue;
      this.partitions.set(name, partitions.length);
      const leaders: Leader[] = [];
      for (const { index, leaderId, leaderEpoch, replicaNodes } of partitions)
        leaders[index] = { id: leaderId, epoch: leaderEpoch, replicas: replicaNodes.length };
      this.leaders.set(name, leaders);
    }
  }

  /** Id of the leader; `NO_LEADER` for none. */
  leader(topic: string, index: number): number {
    return this.leaders.get(topic)?.[index]?.id ?? NO_LEADER;
  }

  /** The leader cannot have changed: there is no other replica. */
  isFixed(topic: string, index: number): boolean {
    return this.leaders.get(topic)?.[index]?.replicas === 1;
  }

  /** -1 when it is not known. */
  leaderEpoch(topic: string, index: number): number {
    return this.leaders.get(topic)?.[index]?.epoch ?? -1;
  }

  /** The leader has turned out to be another one. */
  forgetLeader(topic: string, index: number): void {
    const leader = this.leaders.get(topic)?.[index];
    if (leader !== undefined) leader.id = NO_LEADER;
  }
}
