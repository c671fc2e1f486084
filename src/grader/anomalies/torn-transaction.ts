/**
 * A19: at the end some of a transaction's writes count and some do not. Its offsets are writes like any other. While the
 * markers are on their way a transaction may be seen in part (TXN-13): only the end is looked at.
 */
import type { History, Transaction } from '../../simulation/history';
import type { Anomaly } from './anomaly';

export const tornTransaction: Anomaly = {
  id: 'A19',
  name: 'torn-transaction',
  meaning: 'Some writes of one transaction are visible at the end, and some are not.',
  check: ({ history }) => {
    for (const transaction of history.transactions) {
      const seen: string[] = [];
      const missing: string[] = [];
      for (const { name, isVisible } of writesOf(history, transaction)) (isVisible ? seen : missing).push(name);
      if (seen.length === 0 || missing.length === 0) continue;
      return { record: missing[0]!, params: { record: missing[0]!, other: seen[0]!, missing: missing.length } };
    }
    return null;
  },
};

interface Write {
  readonly name: string;
  readonly isVisible: boolean;
}

function writesOf(history: History, transaction: Transaction): readonly Write[] {
  const writes: Write[] = [];
  for (const { record, partition, offset, outcome, transaction: owner } of history.sends) {
    // A send that failed is not a write; one whose fate is unknown may not have been one.
    if (owner !== transaction || outcome !== 'ok') continue;
    writes.push({
      name: record,
      // Another transaction may have written the same value: where the offset is known, it decides.
      isVisible: history
        .committedView(partition)
        .some((stored) => stored.record === record && (offset === null || stored.offset === offset)),
    });
  }
  const isAnyVisible = writes.some(({ isVisible }) => isVisible);
  for (const { partition, offset } of transaction.offsets) {
    // Where a later commit has passed it nobody can tell whether it was ever there, and nothing hangs on it any more.
    const isPassed = isAnyVisible && (history.committed(partition) ?? -1) >= offset;
    const isVisible = isPassed || history.commits.some((commit) => commit.transaction === transaction);
    writes.push({ name: `${partition}@${offset}`, isVisible });
  }
  return writes;
}
