/** What is left of a failing execution is as small as it can be made step by step, whatever makes it fail (exploration.md c.7). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExecution, printExecution, type Plan } from '../../../../src/grader/plan';
import { shrink, type Case } from '../../../../src/grader/storm/shrink';

function run(start: Case, shows: (candidate: Case) => boolean): { smallest: Case; tried: number } {
  const shrinking = shrink(start);
  let tried = 0;
  for (let step = shrinking.next(); ; step = shrinking.next(shows(step.value))) {
    if (step.done === true) return { smallest: step.value, tried };
    tried += 1;
  }
}

const planOf = (faults: string): Plan => parseExecution(`v0:${faults}`).plan;
const printed = ({ records, plan }: Case): string => `${records.join()}:${printExecution({ variation: 0, plan })}`;

const fault = fc.record({
  fault: fc.constantFrom('crash', 'lost-request', 'pause'),
  at: fc.constantFrom('effect', 'commit'),
  nth: fc.integer({ min: 1, max: 9 }),
  held: fc.integer({ min: 0, max: 2 }),
});
const start: fc.Arbitrary<Case> = fc.record({
  records: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 }),
  plan: fc
    .array(fault, { maxLength: 5 })
    .map((faults) =>
      faults.length === 0
        ? []
        : planOf(
            faults
              .map(({ fault: kind, at, nth, held }) =>
                kind === 'crash'
                  ? `crash@${at}#${nth}.after${held > 0 ? `~commit#${held}` : ''}`
                  : `${kind}@${at}#${nth}`,
              )
              .join('+'),
          ),
    ),
});

/** Everything that is one step smaller: without one fault, without one record, with one number lower. */
function smaller({ records, plan }: Case): Case[] {
  return [
    ...plan.map((_fault, i) => ({ records, plan: plan.filter((_other, j) => i !== j) })),
    ...(records.length < 2 ? [] : records.map((_record, i) => ({ records: records.filter((_r, j) => i !== j), plan }))),
    ...plan.flatMap((one, i) => {
      const put = (lower: Partial<Plan[number]>): Case => ({
        records,
        plan: plan.map((other, j) => (i === j ? { ...one, ...lower } : other)),
      });
      return [
        ...(one.nth > 1 ? [put({ nth: one.nth - 1 })] : []),
        ...(one.heldCommit > 1 ? [put({ heldCommit: one.heldCommit - 1 })] : []),
      ];
    }),
  ];
}

describe('shrinking', () => {
  it('keeps what fails, for any way of failing, and nothing one step smaller fails', () => {
    fc.assert(
      fc.property(start, fc.func(fc.boolean()), (from, isFailing) => {
        // Any function of the execution, but for the one that it starts from.
        const shows = (candidate: Case): boolean =>
          printed(candidate) === printed(from) || isFailing(printed(candidate));
        const { smallest } = run(from, shows);
        expect(shows(smallest)).toBe(true);
        expect(smaller(smallest).filter(shows).map(printed)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('comes down to the two faults and the two records that it takes', () => {
    const needs = ({ records, plan }: Case): boolean =>
      records.includes(3) &&
      records.includes(7) &&
      plan.some(({ fault: kind }) => kind === 'pause') &&
      plan.some(({ fault: kind, nth }) => kind === 'crash' && nth >= 2);
    const plan = planOf('crash@effect#4.before+lost-request@commit#2+pause@effect#6+crash@commit#9.after');
    const { smallest, tried } = run({ records: [1, 2, 3, 4, 5, 6, 7, 8, 9], plan }, needs);
    expect(printed(smallest)).toBe('3,7:v0:pause@effect#1+crash@commit#2.after');
    expect(tried).toBeLessThan(400);
  });

  it('lowers numbers with the records that go: a fault stays at the record it struck', () => {
    // Two requests a record: the fifth record's second one.
    const strikes = ({ records, plan }: Case): boolean =>
      records.includes(5) && plan.length > 0 && plan[0]!.nth === 2 * (records.indexOf(5) + 1);
    const { smallest } = run({ records: [1, 2, 3, 4, 5, 6], plan: planOf('lost-request@effect#10') }, strikes);
    expect(printed(smallest)).toBe('5:v0:lost-request@effect#2');
  });

  it('finds that no fault is needed at all', () => {
    const { smallest } = run({ records: [1, 2], plan: planOf('pause@effect#2+pause@effect#3') }, () => true);
    expect(printed(smallest)).toBe('1:v0:-');
  });
});
