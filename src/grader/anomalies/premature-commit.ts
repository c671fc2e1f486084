/**
 * A8: at the moment of a commit a record before the committed offset had had no effect and was not dead-lettered. It is
 * the explanation of a loss, and what at-most-once is made of; by itself it never fails a lab.
 */
import type { Anomaly } from './anomaly';
import { effectCount } from './observables';

export const prematureCommit: Anomaly = {
  id: 'A8',
  name: 'premature-commit',
  meaning: 'An offset was committed before the records below it had had their effect.',
  check: ({ history }) => {
    for (const { partition, offset, effects } of history.commits) {
      if (effects === undefined) continue;
      const early = history.input.find(
        (record) =>
          record.partition === partition &&
          record.offset < offset &&
          !history.poison.has(record.id) &&
          effectCount(history, record.id, effects) === 0,
      );
      if (early !== undefined)
        return { record: early.id, params: { record: early.id, offset: early.offset, committed: offset } };
    }
    return null;
  },
};
