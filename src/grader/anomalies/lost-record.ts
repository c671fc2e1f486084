/**
 * A7: at rest the group's committed offset is beyond a record whose effect never happened. Nobody will read it again: it
 * was skipped.
 *
 * Looked for at the end, and also before the idle restart: a commit beyond the end of the log makes that restart read
 * everything anew (FET-8), which would otherwise hide the loss that a program in service has had until then.
 *
 * A record that cannot be processed has no effect; where there is a topic for such records, A28 judges them.
 */
import type { History } from '../../simulation/history';
import type { Anomaly, AnomalyInstance } from './anomaly';
import { deliveryCount, effectCount, isCommitted } from './observables';

export const lostRecord: Anomaly = {
  id: 'A7',
  name: 'lost-record',
  meaning: 'The group has committed an offset beyond a record whose effect never happened.',
  check: ({ history }) => {
    const rest = history.idleRestart;
    const atRest = rest === null ? null : lostAt(history, rest.effects, rest.commits);
    return atRest ?? lostAt(history, history.effects.length, history.commits.length);
  },
};

function lostAt(history: History, effects: number, commits: number): AnomalyInstance | null {
  for (const record of history.input) {
    if (effectCount(history, record.id, effects) > 0 || !isCommitted(history, record, commits)) continue;
    if (history.deadLetterTopic !== null && history.poison.has(record.id)) continue;
    const params = {
      record: record.id,
      offset: record.offset,
      committed: history.committed(record.partition, commits) ?? -1,
    };
    return { record: record.id, params: { ...params, delivered: deliveryCount(history, record) } };
  }
  return null;
}
