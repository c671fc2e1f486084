/**
 * N4: in a lab that allows losing, a record was lost that no fault had touched. A program that drops what it likes never
 * repeats anything either, so it says nothing of the guarantee. Counted only where the lab asks for it.
 *
 * A consumer may lose what its process had been given when it died, and one more record for each request or answer that got
 * lost. A job may lose what it has tried to send, once something has got lost. That the handler had come back says nothing:
 * the record may be in a queue of the program's own. A program that drops it by itself does so without a crash as well.
 */
import type { History, InputRecord } from '../../simulation/history';
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
  let excused = history.losses;
  for (const record of history.input) {
    if (effectCount(history, record.id) > 0 || !isCommitted(history, record)) continue;
    if (wasInHand(history, record)) continue;
    if (excused === 0) return record.id;
    excused -= 1;
  }
  return null;
}

function wasInHand(history: History, record: InputRecord): boolean {
  return history.deliveries.some(
    ({ partition, offset, incarnation }) =>
      partition === record.partition &&
      offset === record.offset &&
      history.ends.some((end) => end.how === 'crash' && end.incarnation === incarnation),
  );
}

function droppedByJob(evidence: Evidence): string | null {
  const { history } = evidence;
  const lost = unsent(evidence);
  if (history.losses === 0) return lost[0] ?? null;
  return lost.find((record) => !history.sends.some((send) => send.record === record)) ?? null;
}
