/**
 * A crash whose state an earlier execution has been in is not run at all: the execution without it foretells the state
 * (exploration.md c.4). That is sound only if the foretold state is the one that the crash leads to.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import accountBalance from '../../../labs/account-balance/lab';
import atLeastOnce from '../../../labs/at-least-once-consumer/lab';
import atMostOnce from '../../../labs/at-most-once-consumer/lab';
import evicted from '../../../labs/evicted-consumer/lab';
import type { LabDefinition } from '../../../src/course/define-lab';
import type { Plan } from '../../../src/grader/plan';
import { runExecution, type ExecutionOutcome } from '../../../src/grader/run-execution';
import { programOf } from '../../fixtures/grade-in-process';

const NO_STATES: ReadonlySet<string> = new Set();

function runner(lab: LabDefinition, version: string, observes: boolean): (plan: Plan) => ExecutionOutcome {
  const source = readFileSync(path.join(__dirname, '../../../labs', lab.id, `${version}.ts`), 'utf8');
  const program = programOf(lab, source);
  return (plan) =>
    runExecution({
      lab,
      program,
      execution: { variation: 0, plan },
      options: { kinds: lab.faults.kinds, naive: false },
      known: { keys: NO_STATES, observes: { time: observes, chance: observes } },
    });
}

function compare(run: (plan: Plan) => ExecutionOutcome): { foretold: number; wrong: Plan[] } {
  const wrong: Plan[] = [];
  let foretold = 0;
  const parents: Plan[] = [[], ...run([]).points.map((point) => [point])];
  for (const parent of parents) {
    const { points, statesAfter } = run(parent);
    points.forEach((point, index) => {
      const state = statesAfter[index]!;
      if (state === null) return;
      foretold += 1;
      const plan = [...parent, point];
      if (run(plan).stateKey !== state) wrong.push(plan);
    });
  }
  return { foretold, wrong };
}

describe('a foretold state is the one the crash leads to', () => {
  const cells = [
    { lab: atLeastOnce, version: 'solution', observes: false },
    { lab: atLeastOnce, version: 'starter', observes: true },
    { lab: atMostOnce, version: 'solution', observes: false },
    { lab: accountBalance, version: 'solution', observes: false },
    { lab: evicted, version: 'solution', observes: false },
    { lab: evicted, version: 'starter', observes: true },
  ];
  it.each(cells)('$lab.id $version, program looks at time and chance: $observes', ({ lab, version, observes }) => {
    const { foretold, wrong } = compare(runner(lab, version, observes));
    expect(wrong).toEqual([]);
    expect(foretold).toBeGreaterThan(20);
  });
});

describe('where it cannot be told', () => {
  it('a crash beside a living zombie leaves no state: what an instance remembers is in no key (GRP-9)', () => {
    const run = runner(evicted, 'solution', false);
    const pause = run([]).points.find(({ fault }) => fault === 'pause')!;
    const { points, statesAfter } = run([pause]);
    const crashes = points.map((point, index) => ({ point, state: statesAfter[index]! })).filter(isCrash);
    const hidden = crashes.filter(({ state }) => state === null);
    expect(hidden.length).toBeGreaterThan(0);
    for (const { point } of hidden.filter(({ point }) => point.heldCommit === 0).slice(0, 5))
      expect(run([pause, point]).stateKey).toBeNull();
  });
});

function isCrash({ point }: { point: Plan[number] }): boolean {
  return point.fault === 'crash' && point.heldCommit === 0 && !point.isAutoCommitFirst;
}
