/**
 * A26: what stands in a table and what was announced in a topic are not the same at the end. A row without a message is
 * lost to everybody else; a message without a row tells of something that never happened.
 */
import type { History, Outbox } from '../../simulation/history';
import type { Anomaly } from './anomaly';

export const outboxSplit: Anomaly = {
  id: 'A26',
  name: 'outbox-split',
  meaning: 'A row was committed and has no message (lost), or a message has no row (ghost).',
  check: ({ history, stuck, hasGivenUp }) => {
    const { outbox } = history;
    // Of a program that did not come to its end nobody knows what it would still have announced.
    if (outbox === null || stuck !== null || hasGivenUp) return null;
    const announced = announcements(history, outbox);
    const lost = [...outbox.rows].find((row) => !announced.has(row));
    if (lost !== undefined) return { record: lost, params: { record: lost, topic: outbox.topic, ghost: 0 } };
    const ghost = [...announced].find((record) => record !== '' && !outbox.rows.has(record));
    return ghost === undefined ? null : { record: ghost, params: { record: ghost, topic: outbox.topic, ghost: 1 } };
  },
};

/** Ids of the messages that a reader at read_committed finds. */
function announcements(history: History, { topic }: Outbox): ReadonlySet<string> {
  const found = new Set<string>();
  for (const partition of history.finalLog.keys()) {
    if (partition.slice(0, partition.lastIndexOf('-')) !== topic) continue;
    for (const { record } of history.committedView(partition)) found.add(record);
  }
  return found;
}
