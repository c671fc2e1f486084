/** A10: a handler was entered more than once with one record of one group. */
import type { Anomaly } from './anomaly';
import { recordAt } from './observables';

export const duplicateDelivery: Anomaly = {
  id: 'A10',
  name: 'duplicate-delivery',
  meaning: 'A handler was entered more than once with one record of one group.',
  check: ({ history }) => {
    const counts = new Map<string, number>();
    // The idle restart at the end is A15's.
    const until = history.idleRestart?.deliveries ?? history.deliveries.length;
    for (let i = 0; i < until; i += 1) {
      const { group, partition, offset } = history.deliveries[i]!;
      const key = `${group}/${partition}/${offset}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count < 2) continue;
      const record = recordAt(history, partition, offset)?.id ?? null;
      return { record, params: { record: record ?? `${partition}@${offset}`, count } };
    }
    return null;
  },
};
