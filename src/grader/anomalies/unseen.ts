/**
 * A2: a send was acknowledged, its value is in the log, and the final read_committed read does not come to it: an open
 * transaction before it holds everybody back (FET-5). A value that is not in the log is A1; one that was aborted is no loss.
 */
import type { Anomaly } from './anomaly';

export const unseen: Anomaly = {
  id: 'A2',
  name: 'unseen',
  meaning: 'An acknowledged value is in the log, and no read_committed reader gets to see it.',
  check: ({ history }) => {
    for (const { record, partition, outcome, transaction } of history.sends) {
      if (outcome !== 'ok' || record === '') continue;
      if (transaction !== null && transaction.decision !== 'commit') continue;
      const stored = history.finalLog.get(partition)?.find((other) => other.record === record);
      if (stored === undefined) continue;
      const view = history.committedView(partition);
      if (view.some((other) => other.record === record)) continue;
      // Something later is visible: then this value was dropped, not withheld, and another checker says why.
      if (view.some(({ offset }) => offset > stored.offset)) continue;
      return { record, params: { record, offset: stored.offset, partition } };
    }
    return null;
  },
};
