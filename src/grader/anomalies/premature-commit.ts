/**
 * A8: at the moment of a commit a record before the committed offset had had no effect and was not dead-lettered. It is
 * the explanation of a loss, and what at-most-once is made of; by itself it never fails a lab.
 */
import type { Anomaly } from './anomaly';

export const prematureCommit: Anomaly = {
  id: 'A8',
  name: 'premature-commit',
  meaning: 'An offset was committed before the records below it had had their effect.',
  check: ({ history }) => {
    const applied = new Set<string>();
    let next = 0;
    for (const { partition, offset, effects } of history.commits) {
      if (effects === undefined) continue;
      for (; next < effects; next += 1) {
        const { record, isFabricated, isUndone } = history.effects[next]!;
        if (!isFabricated && !isUndone) applied.add(record);
      }
      for (const record of history.input) {
        if (record.partition !== partition || record.offset >= offset || applied.has(record.id)) continue;
        if (history.poison.has(record.id)) continue;
        return { record: record.id, params: { record: record.id, offset: record.offset, committed: offset } };
      }
    }
    return null;
  },
};
