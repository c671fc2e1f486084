/**
 * N1: the fault-free run of a healthy program has had no effect at all. There is nothing to judge: a guarantee that holds
 * because nothing happens is no guarantee.
 */
import type { Anomaly, AnomalyInstance } from './anomaly';
import { isInLog } from './observables';

export const nothingDone: Anomaly = {
  id: 'N1',
  name: 'nothing-done',
  meaning: 'Without any fault the program has had no effect at all.',
  check: ({ history, stuck, hasGivenUp }): AnomalyInstance | null => {
    if (hasGivenUp || stuck !== null) return null;
    if (history.toSend.length > 0) {
      if (history.isStartPending || history.toSend.some((record) => isInLog(history, record))) return null;
      return { record: null, params: { delivered: 0, fabricated: 0, sends: history.sends.length, isJob: 1 } };
    }
    if (history.input.length === 0) return null;
    if (history.effects.some(({ isFabricated }) => !isFabricated) || history.sends.length > 0) return null;
    return { record: null, params: { delivered: history.deliveries.length, fabricated: history.effects.length } };
  },
};
