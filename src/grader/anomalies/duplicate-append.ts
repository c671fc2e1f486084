/** A3: one unique value stands at more than one offset of a partition; what was rolled back does not count. */
import type { Anomaly } from './anomaly';

export const duplicateAppend: Anomaly = {
  id: 'A3',
  name: 'duplicate-append',
  meaning: 'One value stands in the log of a partition more than once.',
  check: ({ history }) => {
    for (const partition of history.finalLog.keys()) {
      const log = history.committedView(partition);
      const seen = new Set<string>();
      for (const { record } of log) {
        // Values without an id cannot be told apart.
        if (record === '') continue;
        if (seen.has(record)) {
          const count = log.filter((other) => other.record === record).length;
          return { record, params: { record, count } };
        }
        seen.add(record);
      }
    }
    return null;
  },
};
