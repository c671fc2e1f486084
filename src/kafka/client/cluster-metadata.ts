/** What a client has been told of the cluster: topics, their partitions, and who leads them. It may be out of date. */
import { ERRORS } from '../errors';
import type { MetadataAnswer } from '../protocol/messages';

/** No leader, or none that is known. */
export const NO_LEADER = -1;

interface Leader {
  id: number;
  epoch: number;
}

export class ClusterMetadata {
  /** Number of partitions by topic. */
  readonly partitions = new Map<string, number>();
  private readonly leaders = new Map<string, Leader[]>();
  private brokers = 1;

  /** A leader that cannot have changed: there is no other broker. */
  get hasOneBroker(): boolean {
    return this.brokers === 1;
  }

  take(answer: MetadataAnswer): void {
    this.brokers = Math.max(1, answer.brokers.length);
    for (const { name, errorCode, partitions } of answer.topics) {
      if (errorCode !== ERRORS.NONE) continue;
      this.partitions.set(name, partitions.length);
      const leaders: Leader[] = [];
      for (const { index, leaderId, leaderEpoch } of partitions) leaders[index] = { id: leaderId, epoch: leaderEpoch };
      this.leaders.set(name, leaders);
    }
  }

  /** Id of the leader; `NO_LEADER` for none. */
  leader(topic: string, index: number): number {
    return this.leaders.get(topic)?.[index]?.id ?? NO_LEADER;
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
