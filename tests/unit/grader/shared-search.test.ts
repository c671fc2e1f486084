/** A search that several workers share comes to the verdict of one worker, whoever is done first (exploration.md d19). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import atLeastOnce from '../../../labs/at-least-once-consumer/lab';
import nextOffset from '../../../labs/commit-the-next-offset/lab';
import { Grading } from '../../../src/grader/grade';
import type { Lab } from '../../../src/grader/lab';
import { mergeReports, type ShardReport } from '../../../src/grader/search-report';
import type { GradeResult } from '../../../src/grader/verdict';
import { gradeInProcess, programOf } from '../../fixtures/grade-in-process';

const OPTIONS = { modelHash: 'test', engineVersion: 'test', faults: 2 };

/** As workers do it: each with workloads of its own, and reports that went through JSON. */
function gradeShared(lab: Lab, source: string, size: number): GradeResult {
  const workers = Array.from({ length: size }, (_worker, index) => {
    const variations = lab.workloads.map((_workload, i) => i).filter((i) => i % size === index);
    return new Grading(lab, programOf(lab, source), { ...OPTIONS, variations });
  });
  for (;;) {
    // The last worker is done first.
    for (const worker of [...workers].reverse()) while (!worker.advanceLevel(7));
    const reports = [...workers].reverse().flatMap((worker) => worker.reports());
    const report = mergeReports(JSON.parse(JSON.stringify(reports)) as ShardReport[]);
    const isOver = workers.map((worker) => worker.proceed(report));
    expect(new Set(isOver).size).toBe(1);
    if (isOver[0]) return workers[0]!.resultOf(report, 0);
  }
}

const source = (lab: Lab, version: string): string =>
  readFileSync(path.join(__dirname, '../../../labs', lab.id, `${version}.ts`), 'utf8');

describe('one, two or three workers', () => {
  it.each([
    [atLeastOnce.id, 'solution', atLeastOnce],
    [atLeastOnce.id, 'starter', atLeastOnce],
    [atLeastOnce.id, 'attempts/cheat-busy-loop', atLeastOnce],
    [nextOffset.id, 'solution', nextOffset],
    [nextOffset.id, 'starter', nextOffset],
  ] as const)('%s %s', (_id, version, lab) => {
    const text = source(lab, version);
    const alone = JSON.stringify(gradeInProcess(lab, text, OPTIONS));
    for (const size of [2, 3]) expect(JSON.stringify(gradeShared(lab, text, size)), `${size} workers`).toBe(alone);
  });

  it('search anew together when one of them sees the program look at the clock', () => {
    const text = `${source(atLeastOnce, 'solution')}\nif (Date.now() < 0) throw new Error('before 1970');\n`;
    expect(JSON.stringify(gradeShared(atLeastOnce, text, 2))).toBe(
      JSON.stringify(gradeInProcess(atLeastOnce, text, OPTIONS)),
    );
  });
});
