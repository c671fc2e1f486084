/**
 * The reductions must not hide anything: the plain search, which tries every fault at every request, comes to the same
 * status and finds the same anomalies with the same fewest faults (exploration.md d18). On every program of every lab, those
 * included that are added later: with two faults where the plain search can be paid for, else with one.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LabDefinition } from '../../../src/course/define-lab';
import type { AnomalyId } from '../../../src/grader/verdict';
import atLeastOnce from '../../../labs/at-least-once-consumer/lab';
import { gradeInProcess } from '../../fixtures/grade-in-process';

const modules = import.meta.glob<{ default: LabDefinition }>('../../../labs/*/lab.ts', { eager: true });
const labs = Object.values(modules)
  .map((module) => module.default)
  .filter((lab) => lab.faults.kinds.length > 0);

/** A plain search of one program that is larger than this has no place among unit tests. */
const LARGEST_OF_A_SOLUTION = 12_000;
/** … and if every program of a lab has one, than this. */
const LARGEST_OF_A_LAB = 4500;

/**
 * What the reduced search leaves out, by lab. A pause before a request that changes nothing (a fetch, a SyncGroup, a SELECT)
 * is not tried: two instances that live side by side afterwards can show more of what the lab allows, and nothing that would
 * change its verdict. Held against the lab's rules below.
 */
const LEFT_OUT: Readonly<Record<string, readonly AnomalyId[]>> = {
  'account-balance': ['A12'],
  'exactly-once-pipeline': ['A4', 'A15', 'A22'],
};

interface Found {
  readonly findings: readonly string[];
  readonly executions: number;
}

function search(lab: LabDefinition, version: string, faults: number, naive: boolean): Found {
  const source = readFileSync(path.join(__dirname, '../../../labs', lab.id, `${version}.ts`), 'utf8');
  const { verdict } = gradeInProcess(lab, source, { faults, naive });
  const findings = verdict.anomalies
    .filter(({ id }) => !(LEFT_OUT[lab.id] ?? []).includes(id))
    .map(({ id, minFaults, failing }) => `${id} with ${minFaults}${failing ? ', failing' : ''}`)
    .sort();
  return { findings: [verdict.status, verdict.headline.id, ...findings], executions: verdict.explored.executions };
}

function expectTheSame(lab: LabDefinition, version: string, faults: number): void {
  const reduced = search(lab, version, faults, false);
  const plain = search(lab, version, faults, true);
  expect(reduced.findings).toEqual(plain.findings);
  expect(reduced.executions).toBeLessThanOrEqual(plain.executions);
}

/** How large the plain search with two faults is, about: faults after faults, so half of the pairs. */
function estimate(lab: LabDefinition): number {
  return Math.round(search(lab, 'solution', 1, true).executions ** 2 / 2);
}

describe.each(labs.map((lab) => [lab.id, lab] as const))('%s', (_id, lab) => {
  // An endless loop is met, and the search over, at once.
  const programs = Object.keys(lab.versions).filter((version) => !version.includes('busy-loop'));
  const size = estimate(lab);
  const isCheap = size <= LARGEST_OF_A_LAB;
  const title = isCheap ? 'with two faults' : `with one fault, as two make about ${size} executions of a plain search`;

  it.each(programs)(`%s, ${title}`, (version) => expectTheSame(lab, version, isCheap ? 2 : 1));

  it.runIf(!isCheap && size <= LARGEST_OF_A_SOLUTION)('solution, with two faults', () => {
    expectTheSame(lab, 'solution', 2);
  });
});

it.each(Object.entries(LEFT_OUT))('%s allows what is left out: %s', (id, leftOut) => {
  const { anomalies } = labs.find((lab) => lab.id === id)!;
  expect(leftOut.filter((anomaly) => (anomalies[anomaly] ?? 'allowed') !== 'allowed')).toEqual([]);
});

describe('at-least-once-consumer, on programs that take two faults, stop by themselves, or have two consumers', () => {
  const fixture = (name: string): string => `../../tests/fixtures/programs/right/${name}`;
  it.each([
    ['attempts/cheat-finally', 2],
    [fixture('barrier-once'), 1],
    [fixture('commit-noargs'), 1],
    [fixture('two-consumers'), 1],
    [fixture('late-second'), 1],
    [fixture('finite-process'), 1],
    [fixture('commit-noargs'), 2],
  ])('%s, %i faults', (version, faults) => expectTheSame(atLeastOnce, version, faults));
});
