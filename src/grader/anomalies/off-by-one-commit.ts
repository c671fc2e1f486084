/**
 * A15: everything is done and at rest, the program is restarted without new input, and a record is delivered again: what
 * is committed is not the offset to read next (OFS-2).
 *
 * It does not matter to which group: one that is new at each start has no committed offset and reads everything anew
 * (FET-7), and no group of a program at rest has anything left that it has never been given.
 */
import type { History } from '../../simulation/history';
import type { Anomaly } from './anomaly';
import { recordAt } from './observables';

export const offByOneCommit: Anomaly = {
  id: 'A15',
  name: 'off-by-one-commit',
  meaning: 'After a restart at rest and without new input a record is delivered again.',
  check: ({ history }) => {
    if (history.idleRestart === null) return null;
    const { deliveries } = history.idleRestart;
    const before = history.deliveries.slice(0, deliveries);
    for (const { group, partition, offset } of history.deliveries.slice(deliveries)) {
      const isRepeat = before.some((other) => other.partition === partition && other.offset === offset);
      if (!isRepeat) continue;
      const record = recordAt(history, partition, offset)?.id ?? null;
      const params = {
        record: record ?? `${partition}@${offset}`,
        offset,
        committed: committedBefore(history, group, partition),
        isNewGroup: before.every((other) => other.group !== group) ? 1 : 0,
      };
      return { record, params };
    }
    return null;
  },
};

/** What the group had committed when it was started again; -1 for nothing. */
function committedBefore({ commits, idleRestart }: History, group: string, partition: string): number {
  const own = commits
    .slice(0, idleRestart!.commits)
    .filter((commit) => commit.group === group && commit.partition === partition);
  return own.at(-1)?.offset ?? -1;
}
