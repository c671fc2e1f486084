/**
 * A1: a send was acknowledged, and its value is nowhere in the final log. Indeterminate sends are never counted as lost:
 * unless the program is a job and has ended as if all were done, which is an acknowledgement, too.
 */
import type { Anomaly } from './anomaly';
import { isInLog, unsent } from './observables';

export const lostAppend: Anomaly = {
  id: 'A1',
  name: 'lost-append',
  meaning: 'A send was acknowledged, or a job called it done, and the final log does not hold its value.',
  check: (evidence) => {
    const { history } = evidence;
    for (const send of history.sends) {
      if (send.outcome !== 'ok') continue;
      const log = history.finalLog.get(send.partition) ?? [];
      if (!log.some(({ record }) => record === send.record))
        return { record: send.record, params: { record: send.record, acknowledged: 1 } };
    }
    const record = unsent(evidence).find((id) => !isInLog(history, id));
    return record === undefined ? null : { record, params: { record, acknowledged: 0 } };
  },
};
