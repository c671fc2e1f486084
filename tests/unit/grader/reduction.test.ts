/**
 * Crash-point equivalence must not hide anything: the plain search, which tries every fault at every request, finds the
 * same anomalies with the same fewest faults (exploration.md d18).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LabDefinition } from '../../../src/course/define-lab';
import atLeastOnce from '../../../labs/at-least-once-consumer/lab';
import nextOffset from '../../../labs/commit-the-next-offset/lab';
import { gradeInProcess } from '../../fixtures/grade-in-process';

function found(
  lab: LabDefinition,
  version: string,
  faults: number,
  naive: boolean,
): { findings: string[]; executions: number } {
  const source = readFileSync(path.join(__dirname, '../../../labs', lab.id, `${version}.ts`), 'utf8');
  const { verdict } = gradeInProcess(lab, source, { faults, naive });
  const findings = verdict.anomalies.map(({ id, minFaults }) => `${id} with ${minFaults}`).sort();
  return { findings: [verdict.status, ...findings], executions: verdict.explored.executions };
}

const programs = (lab: LabDefinition): string[] =>
  Object.keys(lab.versions).filter((version) => !version.includes('busy-loop'));

describe('with one fault, on every program of every lab with faults', () => {
  const cells = [atLeastOnce, nextOffset].flatMap((lab) =>
    programs(lab).map((version) => [lab.id, version, lab] as const),
  );
  it.each(cells)('%s %s', (_id, version, lab) => {
    expect(found(lab, version, 1, false).findings).toEqual(found(lab, version, 1, true).findings);
  });
});

describe('with two faults', () => {
  it.each(['solution', 'attempts/cheat-finally'])('at-least-once-consumer %s', (version) => {
    const reduced = found(atLeastOnce, version, 2, false);
    const plain = found(atLeastOnce, version, 2, true);
    expect(reduced.findings).toEqual(plain.findings);
    expect(reduced.executions).toBeLessThan(plain.executions);
  });
});

describe('on programs that stop by themselves, hold commits back, or have two consumers', () => {
  const programsOf = (name: string): string => `../../tests/fixtures/programs/right/${name}`;
  it.each([
    ['barrier-once', 1],
    ['commit-noargs', 1],
    ['two-consumers', 1],
    ['late-second', 1],
    ['finite-process', 1],
    ['commit-noargs', 2],
  ])('%s, %i faults', (name, faults) => {
    expect(found(atLeastOnce, programsOf(name), faults, false).findings).toEqual(
      found(atLeastOnce, programsOf(name), faults, true).findings,
    );
  });
});
