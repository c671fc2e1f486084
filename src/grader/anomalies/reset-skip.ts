/**
 * A27: a record arrived while the group was there, and no member ever got it, because a position was reset past it: the
 * group had no commit (or an expired one) and its policy is `latest` (FET-7, CLI-19).
 */
import type { Anomaly } from './anomaly';
import { deliveryCount } from './observables';

export const resetSkip: Anomaly = {
  id: 'A27',
  name: 'reset-skip',
  meaning: 'A reset to the end of the log passed over a record that arrived while the group was there.',
  check: ({ history }) => {
    if (history.positionings.length === 0) return null;
    const firstJoin = new Map<string, number>();
    for (const { partition, offset } of history.positionings)
      if (!firstJoin.has(partition)) firstJoin.set(partition, offset);
    for (const record of history.input) {
      const start = firstJoin.get(record.partition);
      // What lay before the group's very first position was never promised to it.
      if (start === undefined || record.offset < start || deliveryCount(history, record) > 0) continue;
      const reset = history.positionings.find(
        ({ partition, from, offset }) => partition === record.partition && from === 'reset' && offset > record.offset,
      );
      if (reset === undefined) continue;
      return { record: record.id, params: { record: record.id, offset: record.offset, reset: reset.offset } };
    }
    return null;
  },
};
