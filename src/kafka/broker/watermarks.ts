/** The offsets that bound what readers see, as functions of the replicas (LOG-3, LOG-4, ISR-5). */

/** ISR-5, LOG-8: the lowest log end offset of the replicas that count; on a leader it never steps back. */
export function highWatermark(current: number, logEndOffsets: Iterable<number>): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (const offset of logEndOffsets) if (offset < lowest) lowest = offset;
  return lowest === Number.POSITIVE_INFINITY ? current : Math.max(current, lowest);
}

/**
 * LOG-4.
 * @param firstUnstableOffset first offset of the earliest unstable transaction, -1 for none
 */
export function lastStableOffset(logStartOffset: number, highWatermark: number, firstUnstableOffset: number): number {
  if (firstUnstableOffset < 0) return highWatermark;
  return Math.max(logStartOffset, Math.min(highWatermark, firstUnstableOffset));
}

/** REP-2: what a follower may take from its leader's answer. */
export function followerHighWatermark(leaderHighWatermark: number, logEndOffset: number): number {
  return Math.min(leaderHighWatermark, logEndOffset);
}
