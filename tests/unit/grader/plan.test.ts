import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExecutionCodeError, parseExecution, printExecution, type PlannedFault } from '../../../src/grader/plan';

const nth = fc.integer({ min: 1, max: 999_999 });
const at = fc.constantFrom('effect' as const, 'commit' as const, 'produce' as const, 'fetch' as const);
const fault: fc.Arbitrary<PlannedFault> = fc.oneof(
  fc.record({
    fault: fc.constant('crash' as const),
    at,
    nth,
    phase: fc.constantFrom('before' as const, 'after' as const),
    heldCommit: fc.oneof(fc.constant(0), nth),
    isAutoCommitFirst: fc.constant(false),
  }),
  fc.record({
    fault: fc.constantFrom('lost-answer' as const, 'lost-request' as const),
    at,
    nth,
    phase: fc.constant(null),
    heldCommit: fc.constant(0),
    isAutoCommitFirst: fc.boolean(),
  }),
  fc.record({
    fault: fc.constant('restart' as const),
    at: fc.constant('rest' as const),
    nth,
    phase: fc.constant(null),
    heldCommit: fc.constant(0),
    isAutoCommitFirst: fc.constant(false),
  }),
);

describe('an execution code', () => {
  it('says exactly the plan: parse(print(x)) = x', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.array(fault, { maxLength: 4 }), (variation, plan) => {
        expect(parseExecution(printExecution({ variation, plan }))).toEqual({ variation, plan });
      }),
    );
  });

  it('says the workload that a seed draws as well, and which of its records are there', () => {
    const records = fc
      .uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1 })
      .map((numbers) => numbers.sort((a, b) => a - b));
    const storm = fc.record({ seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }), records: fc.option(records) });
    fc.assert(
      fc.property(storm, fc.array(fault, { maxLength: 4 }), (input, plan) => {
        const execution = { variation: 0, storm: input, plan };
        expect(parseExecution(printExecution(execution))).toEqual(execution);
      }),
    );
    expect(printExecution({ variation: 0, storm: { seed: 41, records: [2, 5] }, plan: [] })).toBe('s41r2,5:-');
  });

  it.each([
    ['', 'no execution code'],
    ['v0', 'no execution code'],
    ['v0:crash@effect', 'no fault'],
    ['v0:crash@effect#2', '.before or .after'],
    ['v0:lost-answer@effect#2.after', 'belongs to crash, delay, coordinator-move, and'],
    ['v0:lost-answer@effect#2~commit#1', 'only a crash'],
    ['v0:restart@effect#1', 'rest#n'],
    ['v0:poison@effect#1', 'input#n'],
    ['v0:crash@input#1.before', 'input#n'],
    ['v0:fail-over@produce#1.after', '.before or .after'],
    ['v0:delay@produce#1', '.before or .after'],
    ['v0:fail-over@produce#1~auto-commit', '~auto-commit goes with'],
    ['v0:crash@effect#1.after~commit#1~auto-commit', '~auto-commit goes with'],
    ['v0:explode@effect#1.before', 'no fault'],
    ['v0:-+crash@effect#1.before', 'no fault'],
    ['s4294967296:-', 'below 2^32'],
    ['s7r:-', 'no execution code'],
    ['s7r5,2:-', 'named in order'],
    ['s7r0:-', 'counted from 1'],
  ])('%j is refused with a message that says what is wrong', (code, message) => {
    expect(() => parseExecution(code)).toThrow(ExecutionCodeError);
    expect(() => parseExecution(code)).toThrow(message);
  });
});

it.each([
  'v0:pause@query#3',
  'v0:fail-over@produce#2+broker-crash@commit#1',
  'v0:coordinator-move@end-txn#1.after',
  'v0:isr-shrink@produce#1+unclean-fail-over@produce#2',
  'v0:broker-restart@produce#1~auto-commit',
  'v0:broker-pause@fetch#3',
  'v0:poison@input#3+delay@effect#2.before+reorder@effect#4',
  'v1:connection-lost-after-commit@query#2+service-error@effect#1',
  'v0:service-timeout@effect#4',
])('reads and prints %s', (code) => {
  expect(printExecution(parseExecution(code))).toBe(code);
});
