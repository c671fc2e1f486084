/** The ledger: each input record against what became of it. */
import type { History } from '../simulation/history';
import type { LedgerRow } from '../simulation/trace';
import { deliveryCount, effectCount, isCommitted } from './anomalies/observables';
import type { AnomalyId } from './verdict';

/** @param marked anomalies whose cells are marked as contradicting the guarantee */
export function ledgerOf(history: History, marked: readonly AnomalyId[]): readonly LedgerRow[] {
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
    return { ...row, bad: badCell(row, marked) };
  });
}

function badCell(row: Omit<LedgerRow, 'bad'>, marked: readonly AnomalyId[]): LedgerRow['bad'] {
  if (marked.includes('A7') && row.effects === 0 && row.committed) return 'effects';
  if (marked.includes('L1') && row.effects === 0) return 'effects';
  if (marked.includes('A9') && row.effects > 1) return 'effects';
  if (marked.includes('A15') && row.delivered > 1) return 'delivered';
  if (marked.includes('A10') && row.delivered > 1) return 'delivered';
  if (marked.includes('A3') && row.appended > 1) return 'appended';
  if (marked.includes('A1') && row.appended === 0) return 'appended';
  return null;
}
