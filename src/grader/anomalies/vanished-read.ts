/** A6: a consumer has been given a value that the final log does not hold: the log was cut behind its back. */
import type { Anomaly } from './anomaly';

export const vanishedRead: Anomaly = {
  id: 'A6',
  name: 'vanished-read',
  meaning: 'A value that was delivered to a consumer is not in the final log.',
  check: ({ history }) => {
    // Without a final read there is nothing to compare with.
    if (history.finalLog.size === 0) return null;
    for (const { partition, offset, record } of history.deliveries) {
      if (record === undefined || record === '') continue;
      const log = history.finalLog.get(partition) ?? [];
      if (!log.some((stored) => stored.record === record)) return { record, params: { record, offset, partition } };
    }
    return null;
  },
};
