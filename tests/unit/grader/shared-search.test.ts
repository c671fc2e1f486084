/** A search that several workers share comes to the verdict of one worker, whoever is done first (exploration.md d19). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import atLeastOnce from '../../../labs/at-least-once-consumer/lab';
import nextOffset from '../../../labs/commit-the-next-offset/lab';
import evicted from '../../../labs/evicted-consumer/lab';
import pipeline from '../../../labs/exactly-once-pipeline/lab';
import { Grading } from '../../../src/grader/grade';
import type { Lab } from '../../../src/grader/lab';
import type { PackedShare } from '../../../src/grader/share';
import type { GradeResult } from '../../../src/grader/verdict';
import { gradeInProcess, programOf } from '../../fixtures/grade-in-process';

const OPTIONS = { modelHash: 'test', engineVersion: 'test', faults: 2 };

/** As workers do it: each runs its part of a level, and what it has seen goes to all of them through JSON. */
function gradeShared(lab: Lab, source: string, size: number): GradeResult {
  const workers = Array.from(
    { length: size },
    (_worker, index) => new Grading(lab, programOf(lab, source), { ...OPTIONS, team: { index, size } }),
  );
  for (;;) {
    // The last worker is done first.
    for (const worker of [...workers].reverse()) while (!worker.advanceLevel(7));
    const texts = [...workers].reverse().map((worker) => JSON.stringify(worker.shares()));
    const isOver = workers.map((worker) => worker.accept(texts.flatMap((text) => JSON.parse(text) as PackedShare[])));
    expect(new Set(isOver).size).toBe(1);
    if (!isOver[0]) continue;
    const verdicts = workers.map((worker) => JSON.stringify(worker.result(0)));
    expect(new Set(verdicts).size).toBe(1);
    return workers[0]!.result(0);
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
    [evicted.id, 'starter', evicted],
    [pipeline.id, 'starter', pipeline],
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
