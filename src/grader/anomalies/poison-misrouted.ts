/**
 * A28: a record that cannot be processed is neither applied nor in the dead-letter topic although the group has passed
 * it, or a good record was dead-lettered. Only in labs that have such records.
 */
import type { History } from '../../simulation/history';
import type { Anomaly } from './anomaly';
import { effectCount, isCommitted } from './observables';

export const poisonMisrouted: Anomaly = {
  id: 'A28',
  name: 'poison-misrouted',
  meaning: 'A poison record was dropped, or a good one dead-lettered.',
  check: ({ history }) => {
    if (history.poison.size === 0 || history.deadLetterTopic === null) return null;
    const dead = deadLetters(history);
    for (const record of history.input) {
      const isPoison = history.poison.has(record.id);
      if (!isPoison && dead.has(record.id)) return { record: record.id, params: { record: record.id, good: 1 } };
      const isDropped = isCommitted(history, record) && effectCount(history, record.id) === 0 && !dead.has(record.id);
      if (isPoison && isDropped) return { record: record.id, params: { record: record.id, good: 0 } };
    }
    return null;
  },
};

function deadLetters(history: History): ReadonlySet<string> {
  const dead = new Set<string>();
  for (const [partition, log] of history.finalLog) {
    if (partition.replace(/-\d+$/, '') !== history.deadLetterTopic) continue;
    for (const { record } of log) dead.add(record);
  }
  return dead;
}
