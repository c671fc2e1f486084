/**
 * A17 (G1a): a read_committed reader was given a value of a transaction that was aborted for sure. Indeterminate ones are
 * never counted: they may have been committed.
 */
import type { History } from '../../simulation/history';
import type { Anomaly, AnomalyInstance } from './anomaly';

export const abortedRead: Anomaly = {
  id: 'A17',
  name: 'aborted-read',
  meaning: 'A reader at read_committed was given a value of an aborted transaction.',
  check: ({ history }) => {
    if (history.transactions.length === 0) return null;
    const aborted = abortedRecords(history);
    if (aborted.size === 0) return null;
    for (const { record, isolation, partition } of history.deliveries)
      if (isolation === undefined && record !== undefined && aborted.has(`${partition}/${record}`))
        return found(record, partition);
    for (const [partition, log] of history.finalCommitted)
      for (const { record } of log) if (aborted.has(`${partition}/${record}`)) return found(record, partition);
    return null;
  },
};

function found(record: string, partition: string): AnomalyInstance {
  return { record, params: { record, partition } };
}

/**
 * Values that only aborted transactions have written, as `partition/id`: the same value may have been sent again and
 * committed. An output often has the id of its input, so the partition counts.
 */
function abortedRecords(history: History): ReadonlySet<string> {
  const aborted = new Set<string>();
  for (const { record, partition, transaction } of history.sends)
    if (transaction?.decision === 'abort') aborted.add(`${partition}/${record}`);
  for (const { record, partition, transaction } of history.sends)
    if (transaction === null || transaction.decision !== 'abort') aborted.delete(`${partition}/${record}`);
  for (const { id, partition } of history.input) aborted.delete(`${partition}/${id}`);
  return aborted;
}
