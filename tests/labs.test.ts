/**
 * The matrix: every file of every lab against the verdict that its `lab.ts` declares. A starter that passes, an attempt
 * that passes, a solution that fails, an undeclared or missing file: each fails here, naming file and remedy.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LabDefinition } from '../src/course/define-lab';
import { renderVerdict } from '../src/grader/texts';
import type { Verdict } from '../src/grader/verdict';
import { gradeInProcess, replayInProcess } from './fixtures/grade-in-process';

const ROOT = path.join(__dirname, '..', 'labs');
const modules = import.meta.glob<{ default: LabDefinition }>('../labs/*/lab.ts', { eager: true });
const labs = Object.values(modules).map((module) => module.default);

/** Files of a lab that hold programs, without ending. */
function versionsOf(id: string): string[] {
  const files = ['starter.ts', 'solution.ts'];
  for (const folder of ['alternatives', 'attempts']) {
    for (const file of readdirSync(path.join(ROOT, id, folder))) files.push(`${folder}/${file}`);
  }
  return files.map((file) => file.replace(/\.ts$/, '')).sort();
}

function sourceOf(id: string, version: string): string {
  return readFileSync(path.join(ROOT, id, `${version}.ts`), 'utf8');
}

/** The verdict in words, so that a failing cell explains itself. */
function explain(lab: LabDefinition, verdict: Verdict): string {
  return renderVerdict(verdict, null, 'en', lab.words.en);
}

describe.each(labs.map((lab) => [lab.id, lab] as const))('%s', (id, lab) => {
  it('declares exactly the programs of its folder', () => {
    expect(
      Object.keys(lab.versions).sort(),
      `labs/${id}/lab.ts: versions has to name every program of the folder`,
    ).toEqual(versionsOf(id));
  });

  it('has a starter that does not pass, a solution that does, two alternatives and the five cheats', () => {
    expect(lab.versions['starter']?.status).not.toBe('pass');
    expect(lab.versions['solution']?.status).toBe('pass');
    const names = Object.keys(lab.versions);
    expect(names.filter((name) => name.startsWith('alternatives/')).length).toBeGreaterThanOrEqual(2);
    expect(names.filter((name) => name.startsWith('attempts/cheat-'))).toHaveLength(5);
    for (const name of names) {
      const isRight = name === 'solution' || name.startsWith('alternatives/');
      expect(
        lab.versions[name]!.status === 'pass',
        `labs/${id}: ${name} is declared as ${lab.versions[name]!.status}`,
      ).toBe(isRight);
    }
  });

  it('has its texts in both languages', () => {
    for (const file of ['text.en.mdx', 'text.ru.mdx', 'design.md', 'hints.ts']) {
      expect(existsSync(path.join(ROOT, id, file)), `labs/${id}/${file} is missing`).toBe(true);
    }
  });

  it.each(Object.entries(lab.versions))('%s', (version, expected) => {
    const { verdict } = gradeInProcess(lab, sourceOf(id, version));
    // The one that the headline names: of several the one with the fewest faults, then the first of the catalogue.
    const failing = verdict.anomalies.filter(({ failing }) => failing);
    const named = failing.find(({ id }) => verdict.headline.id === `headline.${id}`) ?? failing[0];
    const message = `labs/${id}/${version}.ts\n${explain(lab, verdict)}`;
    expect(verdict.status, message).toBe(expected.status);
    expect(named?.id ?? null, message).toBe(expected.anomaly);
    if (expected.faults !== undefined) expect(named?.minFaults, message).toBe(expected.faults);
  });

  it.each(Object.entries(lab.runs ?? {}))('run "%s" can be replayed', (_name, run) => {
    const recording = replayInProcess(lab, sourceOf(id, run.version), run.execution);
    expect(recording.executionCode).toBe(run.execution);
    expect(recording.events.length).toBeGreaterThan(5);
  });
});
