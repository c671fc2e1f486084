/** The course of a grading: progress, the early look at a failure, and an end that does not depend on how it is cut up. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import lab from '../../../labs/at-least-once-consumer/lab';
import { Grading } from '../../../src/grader/grade';
import type { Lab } from '../../../src/grader/lab';
import type { GradeResult } from '../../../src/grader/verdict';
import { programOf } from '../../fixtures/grade-in-process';

function grading(version: string, faults = 2): Grading {
  const source = readFileSync(path.join(__dirname, '../../../labs', lab.id, `${version}.ts`), 'utf8');
  return new Grading(lab, programOf(lab, source), { faults, modelHash: 'test', engineVersion: 'test' });
}

function runToEnd(search: Grading, step: number): { readonly result: GradeResult; readonly previews: GradeResult[] } {
  const previews: GradeResult[] = [];
  while (!search.advance(step)) {
    const preview = search.preview(0);
    if (preview !== null) previews.push(preview);
  }
  return { result: search.result(0), previews };
}

describe('a grading', () => {
  it('shows a failure once, early, and it is the one of the final verdict', () => {
    const { result, previews } = runToEnd(grading('starter'), 20);
    expect(previews).toHaveLength(1);
    const [preview] = previews;
    expect(preview!.verdict.shown).toEqual(result.verdict.shown);
    expect(preview!.verdict.explored.executions).toBeLessThan(result.verdict.explored.executions / 10);
    expect(preview!.verdict.boundLine.id).toBe('bound.running');
  });

  it('shows nothing early of a program that passes', () => {
    expect(runToEnd(grading('solution'), 20).previews).toEqual([]);
  });

  it('comes to the same verdict however it is cut up', () => {
    const { result } = runToEnd(grading('starter', 1), 1);
    expect(runToEnd(grading('starter', 1), 1000).result).toEqual(result);
  });

  it('tries a workload with no more faults than it is meant for', () => {
    const source = readFileSync(path.join(__dirname, '../../../labs', lab.id, 'solution.ts'), 'utf8');
    const countOf = (maxFaults: number | undefined, faults: number): readonly number[] => {
      const workloads = lab.workloads.map((workload, nth) => (nth === 1 ? { ...workload, maxFaults } : workload));
      const search = new Grading({ ...lab, workloads } as Lab, programOf(lab, source), {
        faults,
        modelHash: 'test',
        engineVersion: 'test',
      });
      return runToEnd(search, 1000).result.verdict.explored.byFaults;
    };
    const [whole, second] = [countOf(undefined, 1), countOf(0, 1)];
    expect(whole[0]).toBe(2);
    expect(second[0]).toBe(2);
    expect(second[1]).toBeLessThan(whole[1]!);
    expect(second[1]).toBeGreaterThan(0);
    // More than are asked for it does not get either.
    expect(countOf(2, 1)).toEqual(whole);
  });

  it('finds the starter failing with one crash, and pins what was explored', () => {
    const { verdict } = runToEnd(grading('starter'), 1000).result;
    expect(verdict.anomalies.find(({ failing }) => failing)).toMatchObject({ id: 'A7', minFaults: 1 });
    expect(verdict.shown?.executionCode).toBe('v0:crash@effect#4.before');
    expect(verdict.explored.byFaults[0]).toBe(2);
  });
});
