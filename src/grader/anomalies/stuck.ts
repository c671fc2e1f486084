/**
 * L1: all faults are over, all time has been given, and the work is not done: a record that nobody has given up (A7 is
 * another thing) has had no effect, or the program goes round without end. The subtype says why.
 */
import type { Anomaly } from './anomaly';
import { effectCount, isCommitted, isInLog } from './observables';

export const stuck: Anomaly = {
  id: 'L1',
  name: 'stuck',
  meaning: 'The faults are over, and the program still does not finish its work.',
  check: ({ history, stuck: reason, hasGivenUp }) => {
    if (hasGivenUp) return null;
    const open =
      history.input.find((record) => effectCount(history, record.id) === 0 && !isCommitted(history, record))?.id ??
      (reason !== null || history.isStartPending ? history.toSend.find((id) => !isInLog(history, id)) : undefined);
    // A program that has done its work and stays busy is not stuck; that it could not be watched to its end is for the search to say.
    const isHarmless = reason === null || reason === 'deadlock' || reason === 'budget';
    if (open === undefined && isHarmless) return null;
    const record = open ?? null;
    const isWaiting = history.toSend.length > 0 && history.isStartPending;
    return { record, params: { record: record ?? '', reason: reason ?? (isWaiting ? 'deadlock' : 'idle') } };
  },
};
