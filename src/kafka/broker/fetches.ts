/** Consumers' fetches on their leader: what there is, at once; else the request waits for more (FET-1). */
import type { Request } from '../../simulation/network';
import { ERRORS } from '../errors';
import type { FetchAnswer, FetchPartitionAnswer, FetchRequest } from '../protocol/messages';
import type { Replica } from './replica';

type Fetch = Request<FetchRequest, FetchAnswer>;

/** Finds a partition's replica; undefined when there is none. */
export interface Replicas {
  replica(topic: string, index: number): Replica | undefined;
}

export class Fetches {
  private readonly parked: Fetch[] = [];

  constructor(private readonly broker: Replicas) {}

  receive(request: Fetch): void {
    if (this.answer(request)) return;
    request.park();
    this.parked.push(request);
  }

  /** Something may have become readable, or a leadership is over. */
  retry(): void {
    if (this.parked.length === 0) return;
    const waiting = this.parked.splice(0).filter((request) => request.isOpen && !request.sender.isGone);
    for (const request of waiting) if (!this.answer(request)) this.parked.push(request);
  }

  clear(): void {
    this.parked.length = 0;
  }

  private answer(request: Fetch): boolean {
    const { topics, isolationLevel } = request.message;
    let hasSomething = false;
    const answer = topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ index, fetchOffset, currentLeaderEpoch }) => {
        const replica = this.broker.replica(name, index);
        const part = readPartition(replica, index, fetchOffset, currentLeaderEpoch, isolationLevel);
        if (part.errorCode !== ERRORS.NONE || part.batches.length > 0) hasSomething = true;
        return part;
      }),
    }));
    if (!hasSomething) return false;
    request.applied();
    request.answer({ api: 'Fetch', topics: answer });
    return true;
  }
}

function readPartition(
  replica: Replica | undefined,
  index: number,
  offset: number,
  currentLeaderEpoch: number,
  isolationLevel: 0 | 1,
): FetchPartitionAnswer {
  const refusal = checkLeader(replica, currentLeaderEpoch);
  if (replica === undefined || refusal !== ERRORS.NONE) return failed(index, refusal);
  const { errorCode, batches } = replica.read(offset, isolationLevel);
  return {
    index,
    errorCode,
    highWatermark: replica.highWatermark,
    lastStableOffset: replica.lastStableOffset,
    logStartOffset: replica.log.logStartOffset,
    abortedTransactions: isolationLevel === 1 ? replica.abortedTransactions(offset) : [],
    batches,
  };
}

function failed(index: number, errorCode: number): FetchPartitionAnswer {
  return {
    index,
    errorCode,
    highWatermark: -1,
    lastStableOffset: -1,
    logStartOffset: -1,
    abortedTransactions: [],
    batches: [],
  };
}

/**
 * Whether this broker may answer for a partition (REP-3).
 * @param currentLeaderEpoch the epoch that the client knows, -1 for none
 */
export function checkLeader(replica: Replica | undefined, currentLeaderEpoch: number): number {
  if (replica === undefined) return ERRORS.UNKNOWN_TOPIC_OR_PARTITION;
  if (currentLeaderEpoch >= 0 && currentLeaderEpoch !== replica.leaderEpoch)
    return currentLeaderEpoch < replica.leaderEpoch ? ERRORS.FENCED_LEADER_EPOCH : ERRORS.UNKNOWN_LEADER_EPOCH;
  return replica.leadership === null ? ERRORS.NOT_LEADER_OR_FOLLOWER : ERRORS.NONE;
}
