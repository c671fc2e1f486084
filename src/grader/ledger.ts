/** The ledger: each input record against what became of it. */
import type { History } from '../simulation/history';
import type { LedgerRow } from '../simulation/trace';
import { deliveryCount, effectCount, isCommitted } from './anomalies/observables';
import type { AnomalyId } from './verdict';

/** @param marked anomalies whose cells are marked as contradicting the guarantee */
export function ledgerOf(history: History, marked: readonly AnomalyId[]): readonly LedgerRow[] {
  if (history.toSend.length > 0) return history.toSend.map((record) => jobRow(history, record, marked));
  return history.input.map((record) => {
    const dash = record.partition.lastIndexOf('-');
    const row = {
      record: record.id,
      topic: record.partition.slice(0, dash),
      partition: Number(record.partition.slice(dash + 1)),
      offset: record.offset,
      appended: (history.finalLog.get(record.partition) ?? []).filter((stored) => stored.record === record.id).length,
      delivered: deliveryCount(history, record),
      effects: effectCount(history, record.id),
      committed: isCommitted(history, record),
    };
    return { ...row, bad: isRouted(history, record.id) ? poisonCell(row, marked) : badCell(row, marked) };
  });
}

/** A record that cannot be processed, in a lab where such records have a topic of their own: no effect is as it should be. */
function isRouted({ deadLetterTopic, poison }: History, record: string): boolean {
  return deadLetterTopic !== null && poison.has(record);
}

function poisonCell(row: Omit<LedgerRow, 'bad'>, marked: readonly AnomalyId[]): LedgerRow['bad'] {
  return marked.includes('A28') && row.effects === 0 && row.committed ? 'committed' : null;
}

/** Of what a job was to send, only what is in the logs counts, and there only what was not aborted. */
function jobRow(history: History, record: string, marked: readonly AnomalyId[]): LedgerRow {
  let appended = 0;
  for (const partition of history.finalLog.keys())
    for (const stored of history.committedView(partition)) if (stored.record === record) appended += 1;
  const row = { record, topic: '', partition: 0, offset: null, appended, delivered: 0, effects: 0, committed: false };
  const isMissing = appended === 0 && marked.some((id) => id === 'A1' || id === 'N4' || id === 'L1');
  return { ...row, bad: isMissing || (appended > 1 && marked.includes('A3')) ? 'appended' : null };
}

function badCell(row: Omit<LedgerRow, 'bad'>, marked: readonly AnomalyId[]): LedgerRow['bad'] {
  if ((marked.includes('A7') || marked.includes('N4')) && row.effects === 0 && row.committed) return 'effects';
  if (marked.includes('L1') && row.effects === 0) return 'effects';
  if ((marked.includes('A9') || marked.includes('A11')) && row.effects > 1) return 'effects';
  if (marked.includes('A15') && row.delivered > 1) return 'delivered';
  if (marked.includes('A10') && row.delivered > 1) return 'delivered';
  if (marked.includes('A3') && row.appended > 1) return 'appended';
  if (marked.includes('A1') && row.appended === 0) return 'appended';
  return null;
}
