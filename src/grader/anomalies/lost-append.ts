/** A1: a send was acknowledged, and its value is nowhere in the final log. Indeterminate sends are never counted as lost. */
import type { Anomaly } from './anomaly';

export const lostAppend: Anomaly = {
  id: 'A1',
  name: 'lost-append',
  meaning: 'A send was acknowledged, and the final log does not hold its value.',
  check: ({ history }) => {
    for (const send of history.sends) {
      if (send.outcome !== 'ok') continue;
      const log = history.finalLog.get(send.partition) ?? [];
      if (!log.some(({ record }) => record === send.record))
        return { record: send.record, params: { record: send.record } };
    }
    return null;
  },
};
