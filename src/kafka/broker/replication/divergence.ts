/**
 * Where a follower's log parts from its leader's, by leader epochs and not by the high watermark (EPO-1; Kafka:
 * `Partition.readRecords`, `AbstractFetcherThread.getOffsetTruncationState`).
 */
import type { EpochEnd } from '../leader-epoch-cache';
import type { Replica } from '../replica';

/**
 * The leader's side: null when the follower's log is a beginning of the leader's.
 * @param lastFetchedEpoch epoch of the follower's last batch, -1 for an empty log
 */
export function divergingEpoch(leader: Replica, lastFetchedEpoch: number, fetchOffset: number): EpochEnd | null {
  if (lastFetchedEpoch < 0) return null;
  const end = leader.epochs.endOf(lastFetchedEpoch, leader.log.logEndOffset);
  // Nothing that old is known: all that the leader has left begins at its log start.
  if (end === null) return { epoch: -1, endOffset: leader.log.logStartOffset };
  return end.epoch < lastFetchedEpoch || end.endOffset < fetchOffset ? end : null;
}

/**
 * The follower's side: the offset to cut the log at. When it does not know the leader's epoch either, it cuts to the end of
 * the epoch below and asks again.
 */
export function truncationOffset(follower: Replica, diverging: EpochEnd): number {
  const { logEndOffset } = follower.log;
  const own = follower.epochs.endOf(diverging.epoch, logEndOffset);
  if (own === null) return Math.min(diverging.endOffset, logEndOffset);
  if (own.epoch < diverging.epoch) return Math.min(own.endOffset, logEndOffset);
  return Math.min(own.endOffset, diverging.endOffset, logEndOffset);
}
