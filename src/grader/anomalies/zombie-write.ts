/**
 * A23: a write of somebody who had been replaced was taken: an append under an ended producer epoch, or an effect of a
 * process that had lost the partition. What was rolled back is nobody's. Where the sink tells repeats apart it does no harm, and is shown as allowed.
 */
import type { Anomaly } from './anomaly';

export const zombieWrite: Anomaly = {
  id: 'A23',
  name: 'zombie-write',
  meaning: 'A process that had been replaced still wrote.',
  check: ({ history }) => {
    const effect = history.effects.find(({ isZombie }) => isZombie === true);
    if (effect !== undefined)
      return { record: effect.record, params: { record: effect.record, incarnation: effect.incarnation } };
    const send = history.sends.find(
      ({ isZombie, transaction }) => isZombie === true && transaction?.decision !== 'abort',
    );
    if (send === undefined) return null;
    return { record: send.record, params: { record: send.record, incarnation: send.incarnation } };
  },
};
