/**
 * L1: all faults are over, all time has been given, and the work is not done: a record that nobody has given up (A7 is
 * another thing) has had no effect, or the program goes round without end. The subtype says why.
 *
 * Where nothing may be lost this is looked at before the idle restart, too: nobody restarts a program in service that
 * has come to rest, and what waits for that waits for ever.
 */
import type { History } from '../../simulation/history';
import type { Anomaly } from './anomaly';
import { deliveryCount, effectCount, isCommitted, isInLog, recordAt } from './observables';

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
    const waited = open === undefined && isHarmless ? waitingAtRest(history) : undefined;
    if (waited !== undefined) return { record: waited, params: { record: waited, reason: 'until-restart' } };
    if (open === undefined && isHarmless) return null;
    const record = (reason === 'poison-loop' ? repeated(history) : undefined) ?? open ?? null;
    return { record, params: { record: record ?? '', reason: reason ?? atRest(history, record) } };
  },
};

/** The record that comes again and again, where it is one: it may be another than the first one without an effect. */
function repeated(history: History): string | undefined {
  const last = history.deliveries.at(-1);
  const record = last === undefined ? undefined : recordAt(history, last.partition, last.offset);
  const isOne = record !== undefined && deliveryCount(history, record) * 2 > history.deliveries.length;
  return isOne ? record.id : undefined;
}

/** What a program that has come to rest with work left over waits for, or has left out. */
function atRest(history: History, record: string | null): 'deadlock' | 'dropped' | 'idle' {
  if (history.toSend.length > 0 && history.isStartPending) return 'deadlock';
  const isHandled = history.deliveries.some(
    ({ partition, offset, isHandled }) => isHandled === true && recordAt(history, partition, offset)?.id === record,
  );
  return isHandled ? 'dropped' : 'idle';
}

function waitingAtRest(history: History): string | undefined {
  const { idleRestart: rest, input, poison } = history;
  if (rest === null) return undefined;
  const waiting = input.find(
    (record) =>
      rest.unapplied.includes(record.id) && !poison.has(record.id) && !isCommitted(history, record, rest.commits),
  );
  return waiting?.id;
}
