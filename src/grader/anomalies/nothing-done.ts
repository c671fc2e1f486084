/**
 * N1: the fault-free run of a healthy program has had no effect at all. There is nothing to judge: a guarantee that holds
 * because nothing happens is no guarantee.
 */
import type { Anomaly } from './anomaly';

export const nothingDone: Anomaly = {
  id: 'N1',
  name: 'nothing-done',
  meaning: 'Without any fault the program has had no effect at all.',
  check: ({ history, stuck, hasGivenUp }) => {
    if (hasGivenUp || stuck !== null || history.input.length === 0) return null;
    if (history.effects.some(({ isFabricated }) => !isFabricated) || history.sends.length > 0) return null;
    return { record: null, params: { delivered: history.deliveries.length, fabricated: history.effects.length } };
  },
};
