/**
 * A7: at the end the group's committed offset is beyond a record whose effect never happened. Nobody will read it again:
 * it was skipped.
 */
import type { Anomaly } from './anomaly';
import { deliveryCount, effectCount, isCommitted } from './observables';

export const lostRecord: Anomaly = {
  id: 'A7',
  name: 'lost-record',
  meaning: 'The group has committed an offset beyond a record whose effect never happened.',
  check: ({ history }) => {
    for (const record of history.input) {
      if (effectCount(history, record.id) > 0 || !isCommitted(history, record)) continue;
      const params = { record: record.id, offset: record.offset, committed: history.committed(record.partition) ?? -1 };
      return { record: record.id, params: { ...params, delivered: deliveryCount(history, record) } };
    }
    return null;
  },
};
