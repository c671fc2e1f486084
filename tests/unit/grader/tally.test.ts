/** What a search counts of each execution, and which of several examples it shows (exploration.md c.2, d2). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAULT_ORDER } from '../../../src/grader/faults';
import type { Execution, PlannedFault } from '../../../src/grader/plan';
import type { Explored } from '../../../src/grader/search';
import { isBetter, Tally, type Example } from '../../../src/grader/tally';
import type { AnomalyId, FaultKind } from '../../../src/grader/verdict';

const fault = (kind: FaultKind, more: Partial<PlannedFault> = {}): PlannedFault => ({
  fault: kind,
  at: 'effect',
  nth: 1,
  phase: null,
  heldCommit: 0,
  isAutoCommitFirst: false,
  ...more,
});

const execution = (variation: number, ...plan: readonly PlannedFault[]): Execution => ({ variation, plan });

function explored(kinds: readonly FaultKind[], found: readonly AnomalyId[], more: Partial<Explored> = {}): Explored {
  return {
    execution: execution(0, ...kinds.map((kind) => fault(kind))),
    isPlanDone: true,
    found: found.map((id) => ({ id, instance: { record: id, params: {} } })),
    isWhole: true,
    events: 10,
    effects: 1,
    diagnosis: null,
    ...more,
  };
}

function tallied(...all: readonly Explored[]): Tally {
  const tally = new Tally((id) => id === 'A7' || id === 'L1');
  for (const one of all) tally.add(one);
  return tally;
}

describe('a tally', () => {
  it('counts an anomaly once for each execution, and for each kind of fault in its plan', () => {
    const { sightings, failing } = tallied(
      explored([], ['A9']),
      explored(['crash', 'crash'], ['A9', 'A7']),
      explored(['crash', 'lost-answer'], ['A9']),
    );
    expect(sightings.get('A9')).toMatchObject({ count: 3, byFault: { none: 1, crash: 2, 'lost-answer': 1 } });
    expect(sightings.get('A7')).toMatchObject({ count: 1, byFault: { crash: 1 } });
    expect(failing).toBe(1);
  });

  it('counts an execution with two forbidden anomalies as one that fails', () => {
    expect(tallied(explored(['crash'], ['A7', 'L1'])).failing).toBe(1);
  });

  it('counts a fault kind where the plan struck, once an execution, and else the plan as unfired', () => {
    const { coverage, unfired, events } = tallied(
      explored(['crash', 'crash'], []),
      explored(['crash', 'pause'], []),
      explored(['delay'], [], { isPlanDone: false }),
    );
    expect([coverage, unfired, events]).toEqual([{ crash: 2, pause: 1 }, 1, 30]);
  });

  it('keeps the first turn that did not end', () => {
    const [one, two] = [1, 2].map((line) => ({ diagnosis: 'endless-loop' as const, line, incarnation: 1 }));
    const stuck = (diagnosis: Explored['diagnosis']): Explored => explored([], [], { diagnosis });
    expect(tallied(explored([], []), stuck(one), stuck(two)).stuck).toEqual(one);
  });

  it('never shows an execution that was not run to its end where one is that was', () => {
    const cut = explored(['crash'], ['A7'], { isWhole: false, events: 1 });
    const whole = explored(['crash'], ['A7'], { events: 99 });
    for (const order of [
      [cut, whole],
      [whole, cut],
    ])
      expect(tallied(...order).sightings.get('A7')!.example.eventCount).toBe(99);
  });
});

describe('the hardest execution that passes', () => {
  const hardest = (...all: readonly Explored[]): Execution | undefined => tallied(...all).hardest?.execution;
  const one = explored(['crash'], ['A9']);

  it.each([
    ['has more faults', explored(['crash', 'pause'], [])],
    ['has shown more that is allowed', explored(['pause'], ['A9', 'A10'])],
    ['has had more effects', explored(['pause'], ['A9'], { effects: 2 })],
  ])('is the one that %s', (_, harder) => {
    expect(hardest(one, harder)).toBe(harder.execution);
    expect(hardest(harder, one)).toBe(harder.execution);
  });

  it.each([
    ['fails', explored(['crash', 'pause'], ['A7'])],
    ['was not run to its end', explored(['crash', 'pause'], [], { isWhole: false })],
    ['is of a hidden workload', explored([], [], { execution: execution(1, fault('crash'), fault('pause')) })],
  ])('is none that %s', (_, other) => {
    expect(hardest(one, other)).toBe(one.execution);
  });

  it('is the first one of those that are alike', () => {
    expect(hardest(one, explored(['pause'], ['A10']))).toBe(one.execution);
  });
});

describe('of two examples of an anomaly', () => {
  const example = (eventCount: number, variation: number, ...plan: readonly PlannedFault[]): Example => ({
    execution: execution(variation, ...plan),
    instance: { record: null, params: {} },
    eventCount,
  });

  it.each<[string, Example, Example]>([
    ['fewer faults', example(99, 1, fault('pause')), example(1, 0, fault('crash'), fault('crash'))],
    ["the learner's own workload", example(99, 0, fault('pause')), example(1, 1, fault('crash'))],
    ['the textbook fault', example(99, 0, fault('crash')), example(1, 0, fault('lost-answer'))],
    [
      'the rarest fault of a plan decides',
      example(99, 0, fault('pause'), fault('crash')),
      example(1, 0, fault('crash'), fault('poison')),
    ],
    ['no commit held back', example(99, 0, fault('crash')), example(1, 0, fault('crash', { heldCommit: 1 }))],
    [
      'no commit of a timer before it',
      example(99, 0, fault('crash')),
      example(1, 0, fault('crash', { isAutoCommitFirst: true })),
    ],
    ['the shorter one', example(1, 0, fault('crash')), example(2, 0, fault('crash'))],
  ])('the one to show: %s', (_, better, worse) => {
    expect([isBetter(better, worse), isBetter(worse, better)]).toEqual([true, false]);
  });

  it('the first found stays where they are alike', () => {
    expect(isBetter(example(1, 0, fault('crash')), example(1, 0, fault('crash', { nth: 2 })))).toBe(false);
  });

  it('is an order: whatever the order of finding, one of the best is shown', () => {
    const plans = fc.array(
      fc.record({ kind: fc.constantFrom(...FAULT_ORDER), heldCommit: fc.nat(1), isAutoCommitFirst: fc.boolean() }),
      { maxLength: 2 },
    );
    const examples = fc.array(fc.tuple(fc.nat(3), fc.nat(1), plans), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(examples, (drawn) => {
        const all = drawn.map(([events, variation, plan]) =>
          example(events, variation, ...plan.map(({ kind, ...more }) => fault(kind, more))),
        );
        const pick = (order: readonly Example[]): Example =>
          order.reduce((shown, next) => (isBetter(next, shown) ? next : shown));
        const shown = pick(all);
        expect(all.some((other) => isBetter(other, shown))).toBe(false);
        expect(isBetter(pick([...all].reverse()), shown)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
