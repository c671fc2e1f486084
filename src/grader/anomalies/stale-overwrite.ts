/**
 * A12: of two records with one key the earlier one had the last word: its effect was applied after the later one's. Where an
 * effect sets a state, the state is out of date. A replay from an earlier offset comes to the newest record again and does
 * no harm in the end; a replay that stops on its way, or a late writer, does.
 */
import type { History, InputRecord } from '../../simulation/history';
import type { Anomaly } from './anomaly';

export const staleOverwrite: Anomaly = {
  id: 'A12',
  name: 'stale-overwrite',
  meaning: 'The last effect for a key comes from an older record than an effect before it.',
  check: ({ history }) => {
    if (!history.input.some(({ key }) => key !== undefined && key !== null)) return null;
    const byId = new Map(history.input.map((record) => [record.id, record]));
    const newest = new Map<string, InputRecord>();
    const last = new Map<string, InputRecord>();
    for (const { record: id, isFabricated, isUndone } of history.effects) {
      const record = byId.get(id);
      const subject = record === undefined ? null : subjectOf(record);
      if (record === undefined || subject === null || isFabricated || isUndone) continue;
      if (record.offset >= (newest.get(subject)?.offset ?? -1)) newest.set(subject, record);
      last.set(subject, record);
    }
    return firstStale(history, newest, last);
  },
};

/** What a record is about: its key in its partition, the only order that Kafka keeps (LOG-3). Null for none. */
function subjectOf({ key, partition }: InputRecord): string | null {
  return key === undefined || key === null ? null : `${partition}/${key}`;
}

function firstStale(
  { input }: History,
  newest: ReadonlyMap<string, InputRecord>,
  last: ReadonlyMap<string, InputRecord>,
): ReturnType<Anomaly['check']> {
  for (const record of input) {
    const subject = subjectOf(record);
    if (subject === null || last.get(subject) !== record) continue;
    const other = newest.get(subject)!;
    if (other.offset > record.offset)
      return { record: record.id, params: { record: record.id, other: other.id, key: record.key ?? '' } };
  }
  return null;
}
