/**
 * N4: in a lab that allows losing, a record was lost that no fault had touched. A program that drops what it likes never
 * repeats anything either, so it says nothing of the guarantee. Counted only where the lab asks for it.
 *
 * A consumer may lose what it had in hand when its process died: a record whose handler had not come back. A job may lose
 * what it has tried to send, once something has got lost on the way.
 */
import type { History } from '../../simulation/history';
import type { Anomaly, Evidence } from './anomaly';
import { effectCount, isCommitted, unsent } from './observables';

export const needlessLoss: Anomaly = {
  id: 'N4',
  name: 'needless-loss',
  meaning: 'A record was lost that no fault had touched.',
  check: (evidence) => {
    const record = droppedByConsumer(evidence.history) ?? droppedByJob(evidence);
    return record === null ? null : { record, params: { record } };
  },
};

function droppedByConsumer(history: History): string | null {
  for (const record of history.input) {
    if (effectCount(history, record.id) > 0 || !isCommitted(history, record)) continue;
    const wasInHand = history.deliveries.some(
      ({ partition, offset, incarnation, isHandled }) =>
        partition === record.partition &&
        offset === record.offset &&
        isHandled !== true &&
        history.ends.some((end) => end.how === 'crash' && end.incarnation === incarnation),
    );
    if (!wasInHand) return record.id;
  }
  return null;
}

function droppedByJob(evidence: Evidence): string | null {
  const { history } = evidence;
  const lost = unsent(evidence);
  if (history.losses === 0) return lost[0] ?? null;
  return lost.find((record) => !history.sends.some((send) => send.record === record)) ?? null;
}
