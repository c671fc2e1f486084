/** Storms: random plans beyond the bound on longer workloads (exploration.md c.8), and what they find made small (c.7). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LabDefinition } from '../../../../src/course/define-lab';
import { ExecutionCodeError, parseExecution } from '../../../../src/grader/plan';
import { replay } from '../../../../src/grader/replay';
import { Storm } from '../../../../src/grader/storm/storm';
import type { StormReport, StormResult } from '../../../../src/grader/storm/storm-report';
import { stormWorkload } from '../../../../src/grader/storm/workload';
import atLeastOnce from '../../../../labs/at-least-once-consumer/lab';
import { gradeInProcess, programOf } from '../../../fixtures/grade-in-process';

const modules = import.meta.glob<{ default: LabDefinition }>('../../../../labs/*/lab.ts', { eager: true });
const labs = Object.values(modules).map((module) => module.default);

const sourceOf = (lab: LabDefinition, version: string): string =>
  readFileSync(path.join(__dirname, '../../../../labs', lab.id, `${version}.ts`), 'utf8');

function stormOn(lab: LabDefinition, version: string, runs: number, seed: number, atATime = 50): StormResult {
  const options = { runs, seed, modelHash: 'test', engineVersion: 'test' };
  const storm = new Storm(lab, programOf(lab, sourceOf(lab, version)), options);
  while (!storm.advance(atATime));
  return storm.result(0);
}

describe.each(labs.map((lab) => [lab.id, lab] as const))('%s', (_id, lab) => {
  it('has a solution that survives a storm', () => {
    const { report, recording } = stormOn(lab, 'solution', 20, 20);
    expect(report.failure).toBeNull();
    expect(report.status).toBe('pass');
    expect(recording).toBeNull();
    expect(report.runs).toEqual({ asked: 20, done: 20, failing: 0 });
    if (lab.faults.kinds.length > 0) expect(report.most.faults).toBeGreaterThan(lab.faults.max);
  });

  it('has a starter that does not; the failure comes back small, under a code that replays it bit for bit', () => {
    const { report, recording } = stormOn(lab, 'starter', 20, 20);
    expect(report.status).toBe('fail');
    const { minimal, found, anomaly } = report.failure!;
    expect(lab.anomalies[anomaly] ?? 'forbidden').toBe('forbidden');
    expect(minimal.plan.length).toBeLessThanOrEqual(found.faults);
    expect(minimal.records.length).toBeLessThanOrEqual(found.records);
    const program = programOf(lab, sourceOf(lab, 'starter'));
    expect(replay(lab, program, minimal.executionCode).traceHash).toBe(minimal.traceHash);
    expect(recording!.executionCode).toBe(minimal.executionCode);
    expect(recording!.ledger.map(({ record }) => record)).toEqual(minimal.records);
    // Found with everything that its seed draws, and replayed as it was found as well.
    expect(replay(lab, program, found.executionCode).ledger).toHaveLength(found.records);
  });
});

describe('a storm', () => {
  const report = (seed: number, atATime?: number): StormReport =>
    stormOn(atLeastOnce, 'starter', 20, seed, atATime).report;

  it('says nothing of a program that asks for what labs do not have', () => {
    const source = sourceOf(atLeastOnce, 'solution').replace(
      'await consumer.connect();',
      "new Intl.NumberFormat('en');\n$&",
    );
    const options = { runs: 2, seed: 7, modelHash: 'test', engineVersion: 'test' };
    const lacking = new Storm(atLeastOnce, programOf(atLeastOnce, source), options);
    while (!lacking.advance(50));
    expect(lacking.result(0).report).toMatchObject({
      status: 'inconclusive',
      headline: { id: 'diagnosis.unavailable', params: { what: 'Intl' } },
      boundLine: { id: 'storm.bound.pass' },
      anomalies: [{ id: 'L2', failing: false }],
    });
  });

  it('is the same for the same seed, however often it is interrupted', () => {
    expect(report(7, 1)).toEqual(report(7, 1000));
    expect(report(7).failure!.found).not.toEqual(report(1000).failure!.found);
  });

  it('gives each run the seed after the last: the run that failed can be drawn alone', () => {
    const { failure } = report(7);
    const alone = stormOn(atLeastOnce, 'starter', 1, failure!.seed).report;
    expect(alone.failure!.found).toEqual(failure!.found);
    expect(alone.failure!.minimal).toEqual(failure!.minimal);
  });

  it('shrinks to one fault and one record where one of each is enough (A7)', () => {
    const { failure } = report(7);
    expect(failure!.anomaly).toBe('A7');
    expect(failure!.minimal.plan).toHaveLength(1);
    expect(failure!.minimal.records).toHaveLength(1);
  });

  it('finds the plan with the fewest faults, also where it is none of those that were drawn', () => {
    // Whatever ddmin leaves, the search knows of no shorter plan on the same records.
    const failures = ['attempts/acks-1', 'attempts/one-more-try'].map((version) => {
      const lab = labs.find(({ id }) => id === 'at-least-once-producer')!;
      return { lab, version, failure: stormOn(lab, version, 10, 1).report.failure! };
    });
    for (const { lab, version, failure } of failures) {
      expect(failure.isFewest).toBe(true);
      const { storm, plan } = parseExecution(failure.minimal.executionCode);
      const alone = { ...lab, workloads: [stormWorkload(lab, storm!)] };
      const { verdict } = gradeInProcess(alone, sourceOf(lab, version), { faults: plan.length });
      expect(verdict.anomalies.find(({ id }) => id === failure.anomaly)!.minFaults).toBe(plan.length);
    }
  });

  it('brings every kind of fault that the lab has, not all of them in each run', () => {
    const accountBalance = labs.find(({ id }) => id === 'account-balance')!;
    const { coverage } = stormOn(accountBalance, 'solution', 20, 1).report;
    expect(Object.keys(coverage).sort()).toEqual([...accountBalance.faults.kinds].sort());
    expect(Math.max(...Object.values(coverage))).toBeLessThan(20);
  });

  it('is inconclusive when a lab’s witness is never seen (N3)', () => {
    const atLeastOnceProducer = labs.find(({ id }) => id === 'at-least-once-producer')!;
    const { report: numbered } = stormOn(atLeastOnceProducer, 'attempts/number-the-records', 20, 1);
    expect([numbered.status, numbered.headline.id]).toEqual(['inconclusive', 'storm.headline.unseen']);
  });
});

it('a code that names a record the seed does not draw is refused', () => {
  const program = programOf(atLeastOnce, sourceOf(atLeastOnce, 'solution'));
  expect(() => replay(atLeastOnce, program, 's3r1,40:-')).toThrow(ExecutionCodeError);
  expect(() => replay(atLeastOnce, program, 's3r1,40:-')).toThrow('there is no record 40');
  expect(replay(atLeastOnce, program, 's3r2:-').ledger).toHaveLength(1);
  expect(parseExecution('s3r2:-').storm).toEqual({ seed: 3, records: [2] });
});
