/** A14: the committed offset of a group went back. The broker takes any value (OFS-3); the last one wins. */
import type { Anomaly } from './anomaly';

export const offsetRegression: Anomaly = {
  id: 'A14',
  name: 'offset-regression',
  meaning: "A group's committed offset went back.",
  check: ({ history }) => {
    if (history.commits.length < 2) return null;
    const last = new Map<string, number>();
    for (const { group, partition, offset } of history.commits) {
      const key = `${group}/${partition}`;
      const before = last.get(key);
      if (before !== undefined && offset < before) return { record: null, params: { partition, offset, before } };
      last.set(key, offset);
    }
    return null;
  },
};
