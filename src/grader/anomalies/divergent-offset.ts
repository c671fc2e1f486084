/**
 * A5: two values have been observed at one offset of a partition: told to a producer, delivered to a consumer, or read at
 * the end. Whatever else is concluded from offsets of that partition is suspect, so it is reported first.
 */
import type { History } from '../../simulation/history';
import type { Anomaly, AnomalyInstance } from './anomaly';

export const divergentOffset: Anomaly = {
  id: 'A5',
  name: 'divergent-offset',
  meaning: 'Two different values have been observed at one offset of a partition.',
  check: ({ history }) => {
    const seen = new Map<string, string>();
    for (const { partition, offset, record } of observations(history)) {
      const place = `${partition}@${offset}`;
      const other = seen.get(place);
      if (other !== undefined && other !== record) return instance(place, other, record);
      seen.set(place, record);
    }
    return null;
  },
};

function instance(place: string, record: string, other: string): AnomalyInstance {
  return { record, params: { record, other, place } };
}

interface Observation {
  readonly partition: string;
  readonly offset: number;
  readonly record: string;
}

function* observations(history: History): Iterable<Observation> {
  for (const { partition, offset, record } of history.deliveries)
    if (record !== undefined && record !== '') yield { partition, offset, record };
  for (const { partition, offset, record, outcome } of history.sends) {
    if (outcome !== 'ok' || offset === null || record === '') continue;
    yield { partition, offset, record };
  }
  for (const [partition, log] of history.finalLog)
    for (const { offset, record } of log) if (record !== '') yield { partition, offset, record };
}
