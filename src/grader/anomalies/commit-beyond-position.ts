/**
 * A16: a commit lies beyond everything its sender has been given, or beyond the end of the log. What lies between will
 * never be delivered to the group.
 */
import type { Commit, History } from '../../simulation/history';
import type { Anomaly } from './anomaly';

export const commitBeyondPosition: Anomaly = {
  id: 'A16',
  name: 'commit-beyond-position',
  meaning: 'An offset was committed that lies beyond what its sender had been given.',
  check: ({ history }) => {
    // Where nothing is known of positions nothing can be said.
    if (history.positionings.length === 0) return null;
    for (const [index, commit] of history.commits.entries()) {
      const position = positionOf(history, commit);
      if (commit.offset <= position || isRepeat(history, commit, index)) continue;
      const log =
        history.finalLog.get(commit.partition) ?? history.input.filter((r) => r.partition === commit.partition);
      const between = log.some(({ offset }) => offset >= position && offset < commit.offset);
      const end = Math.max(0, ...log.map(({ offset }) => offset + 1));
      // Markers and aborted records between the position and the commit belong to nobody (FET-9).
      if (!between && commit.offset <= end) continue;
      if (!between && isBehindMarkers(history, commit.offset, end)) continue;
      const { partition, offset } = commit;
      return { record: null, params: { partition, offset, position } };
    }
    return null;
  },
};

/** The group has been that far before: what is committed once more is nothing new. */
function isRepeat({ commits }: History, { group, partition, offset }: Commit, before: number): boolean {
  return commits
    .slice(0, before)
    .some((other) => other.group === group && other.partition === partition && other.offset >= offset);
}

/** The furthest position that the sender of a commit ever had in the partition; -1 when it never had it. */
function positionOf(history: History, { group, partition, incarnation }: Commit): number {
  let position = -1;
  for (const positioning of history.positionings) {
    const isSame = positioning.group === group && positioning.partition === partition;
    if (isSame && positioning.incarnation === incarnation) position = Math.max(position, positioning.offset);
  }
  for (const delivery of history.deliveries) {
    const isSame = delivery.group === group && delivery.partition === partition;
    if (isSame && delivery.incarnation === incarnation) position = Math.max(position, delivery.offset + 1);
  }
  return position;
}

/** A log that ends in control records is longer than its last record shows; there are no more of them than transactions. */
function isBehindMarkers(history: History, offset: number, end: number): boolean {
  return offset <= end + history.transactions.length;
}
