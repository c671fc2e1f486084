/**
 * A11: at the end the sink does not hold what the input amounts to: a sum, a balance, a count per key, the content of a row.
 * Counting effects does not see it where effects cannot be told apart, or are there with other content; the sum does.
 */
import type { Anomaly } from './anomaly';
import { effectCount } from './observables';

/** What is said of a key that is not there. */
const NOTHING = '–';

export const wrongFold: Anomaly = {
  id: 'A11',
  name: 'wrong-fold',
  meaning: 'The final state of the sink is not what the input amounts to.',
  check: ({ history, stuck, hasGivenUp }) => {
    const { fold, input } = history;
    // Of a program that did not come to its end there is no final state to judge.
    if (fold === null || stuck !== null || hasGivenUp) return null;
    for (const key of new Set([...fold.expected.keys(), ...fold.actual.keys()])) {
      const expected = fold.expected.get(key) ?? NOTHING;
      const actual = fold.actual.get(key) ?? NOTHING;
      if (String(expected) === String(actual)) continue;
      // The story is that of the record which the key names, or, where effects can be told apart, of one missing or too many.
      const told = input.find(({ id }) => id === key) ?? input.find(({ id }) => effectCount(history, id) !== 1);
      const record = told?.id ?? null;
      return { record, params: { record: record ?? '', key, expected, actual } };
    }
    return null;
  },
};
