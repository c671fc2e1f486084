/**
 * A15: everything is done and at rest, the program is restarted without new input, and a record is delivered again: what
 * is committed is not the offset to read next (OFS-2).
 */
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
      const isRepeat = before.some(
        (other) => other.group === group && other.partition === partition && other.offset === offset,
      );
      if (!isRepeat) continue;
      const record = recordAt(history, partition, offset)?.id ?? null;
      const params = {
        record: record ?? `${partition}@${offset}`,
        offset,
        committed: history.committed(partition) ?? -1,
      };
      return { record, params };
    }
    return null;
  },
};
