/**
 * A20: an input's output became visible by a transaction, and its offset did not move with it. Looked at wherever a
 * consumer of the partition took up its position, and at the very end: if one stood without the other at such a moment,
 * somebody went on from that. Where nothing is known of positions, the ends of processes stand for them.
 */
import type { History, InputRecord, Transaction } from '../../simulation/history';
import type { Anomaly, AnomalyInstance } from './anomaly';

export const offsetOutputSplit: Anomaly = {
  id: 'A20',
  name: 'offset-output-split',
  meaning: "An input's output and its committed offset did not take effect together.",
  check: ({ history }) => {
    if (history.transactions.length === 0) return null;
    for (const record of history.input) {
      const writers = writersOf(history, record);
      if (writers.length === 0) continue;
      for (const moment of momentsOf(history, record)) {
        const split = splitAt(history, record, writers, moment);
        if (split !== null) return split;
      }
    }
    return null;
  },
};

interface Moment {
  readonly commits: number;
  readonly decided: number;
}

function momentsOf(history: History, { partition }: InputRecord): readonly Moment[] {
  // A seek says what the program wants, not what the group has done.
  const begun = history.positionings.filter((position) => position.partition === partition && position.from !== 'seek');
  const moments: Moment[] = [];
  for (const { commits, decided } of begun.length > 0 ? begun : history.ends)
    if (commits !== undefined && decided !== undefined) moments.push({ commits, decided });
  return [...moments, { commits: history.commits.length, decided: history.decided.length }];
}

/**
 * Transactions that wrote the output of an input: a value with the same id. None where it was also written without one: when
 * that became visible the history does not say.
 */
function writersOf(history: History, { id }: InputRecord): readonly Transaction[] {
  const writers: Transaction[] = [];
  for (const { record, transaction, outcome } of history.sends) {
    if (record !== id) continue;
    if (transaction === null && outcome !== 'fail') return [];
    if (transaction !== null && !writers.includes(transaction)) writers.push(transaction);
  }
  return writers;
}

function splitAt(
  history: History,
  { id, partition, offset }: InputRecord,
  writers: readonly Transaction[],
  { commits, decided }: Moment,
): AnomalyInstance | null {
  const committed = history.decided.slice(0, decided).filter(({ decision }) => decision === 'commit');
  const isVisible = writers.some((writer) => committed.includes(writer));
  const at = Math.max(
    history.committed(partition, commits) ?? -1,
    // Decided is done: its offsets follow with the markers (TXN-11).
    ...committed.flatMap(({ offsets }) =>
      offsets.filter((sent) => sent.partition === partition).map((sent) => sent.offset),
    ),
  );
  const isDone = at > offset;
  if (isVisible === isDone) return null;
  return { record: id, params: { record: id, offset, committed: at, visible: isVisible ? 1 : 0 } };
}
