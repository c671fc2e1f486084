/** A9: the effect of one record was applied more than once. Effects are counted, not deliveries. */
import type { Anomaly } from './anomaly';
import { effectCount } from './observables';

export const duplicateEffect: Anomaly = {
  id: 'A9',
  name: 'duplicate-effect',
  meaning: 'The effect of one record was applied more than once.',
  check: ({ history }) => {
    for (const { id } of history.input) {
      const count = effectCount(history, id);
      if (count > 1) return { record: id, params: { record: id, count } };
    }
    return null;
  },
};
