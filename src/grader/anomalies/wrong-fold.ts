/**
 * A11: at the end the sink does not hold what the input amounts to: a sum, a balance, a count per key. Counting effects
 * does not see it where effects cannot be told apart; the sum does.
 */
import type { Anomaly } from './anomaly';

export const wrongFold: Anomaly = {
  id: 'A11',
  name: 'wrong-fold',
  meaning: 'The final state of the sink is not what the input amounts to.',
  check: ({ history: { fold } }) => {
    if (fold === null) return null;
    for (const key of new Set([...fold.expected.keys(), ...fold.actual.keys()])) {
      const expected = fold.expected.get(key) ?? '';
      const actual = fold.actual.get(key) ?? '';
      if (String(expected) !== String(actual)) return { record: null, params: { key, expected, actual } };
    }
    return null;
  },
};
