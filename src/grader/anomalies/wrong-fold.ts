/**
 * A11: at the end the sink does not hold what the input amounts to: a sum, a balance, a count per key. Counting effects
 * does not see it where effects cannot be told apart; the sum does.
 */
import type { Anomaly } from './anomaly';
import { effectCount } from './observables';

export const wrongFold: Anomaly = {
  id: 'A11',
  name: 'wrong-fold',
  meaning: 'The final state of the sink is not what the input amounts to.',
  check: ({ history, stuck, hasGivenUp }) => {
    const { fold, input } = history;
    // Of a program that did not come to its end there is no final state to judge.
    if (fold === null || stuck !== null || hasGivenUp) return null;
    for (const key of new Set([...fold.expected.keys(), ...fold.actual.keys()])) {
      const expected = fold.expected.get(key) ?? '';
      const actual = fold.actual.get(key) ?? '';
      if (String(expected) === String(actual)) continue;
      // Where effects can be told apart, the record whose effect is missing or too many is the story's.
      const record = input.find(({ id }) => effectCount(history, id) !== 1)?.id ?? null;
      return { record, params: { record: record ?? '', key, expected, actual } };
    }
    return null;
  },
};
