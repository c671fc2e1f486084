/**
 * Programs for `at-least-once-consumer` in styles that its lab folder does not have: right ones must pass, wrong ones fail
 * with the right name and the fewest faults. Beside the lab's own matrix, which shows what the lab teaches.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import lab from '../labs/at-least-once-consumer/lab';
import { renderVerdict } from '../src/grader/texts';
import { gradeInProcess } from './fixtures/grade-in-process';

const FOLDER = path.join(__dirname, 'fixtures/programs');

/** Failing anomaly and fewest faults of each wrong program. */
const WRONG: Readonly<Record<string, string>> = {
  early: 'A7 with 1',
  'batch-before': 'A7 with 1',
  unawaited: 'A7 with 1',
  'unawaited-uncaught': 'A7 with 1',
  swallow: 'A7 with 1',
  'plus-two': 'A7 with 1',
  'dedupe-before': 'A7 with 1',
  globalthis: 'A7 with 1',
  foreach: 'A7 with 1',
  'stale-break-autoresolve': 'A7 with 0',
  highwatermark: 'A7 with 1',
  'finally-commit': 'A7 with 2',
  'retry-once': 'A7 with 2',
  'barrier-before': 'A7 with 1',
  'kafkajs-callback-sync-commit': 'A7 with 1',
  'skip-null-offset': 'A7 with 0',
  'interval-queue': 'A7 with 1',
  'sync-throw': 'L1 with 0',
  'loop-sync': 'L1 with 0',
  'loop-micro': 'L1 with 0',
  never: 'L1 with 0',
  'wrong-url': 'L1 with 0',
  'pause-forever': 'L1 with 0',
  'exit-in-handler': 'L2 with 0',
  'option-in-subscribe': 'L2 with 0',
  'no-await-connect': 'L2 with 0',
  'throw-string': 'L2 with 0',
  'wrong-body': 'N1 with 0',
  latest: 'N1 with 0',
  empty: 'N1 with 0',
};

function programs(folder: string): string[] {
  return readdirSync(path.join(FOLDER, folder)).map((file) => file.replace(/\.ts$/, ''));
}

function grade(file: string): { readonly result: string; readonly text: string } {
  const { verdict } = gradeInProcess(lab, readFileSync(path.join(FOLDER, `${file}.ts`), 'utf8'));
  const named = verdict.anomalies.find(({ failing }) => failing);
  const result = named === undefined ? verdict.status : `${named.id} with ${named.minFaults}`;
  return { result, text: `${file}\n${renderVerdict(verdict, null, 'en', lab.words.en)}` };
}

describe('right programs in unusual style pass', () => {
  it.each(programs('right'))('%s', (name) => {
    const { result, text } = grade(`right/${name}`);
    expect(result, text).toBe('pass');
  });
});

describe('wrong programs fail with the right name and the fewest faults', () => {
  it('are all declared', () => {
    expect(programs('wrong').sort()).toEqual(Object.keys(WRONG).sort());
  });

  it.each(Object.entries(WRONG))('%s: %s', (name, expected) => {
    const { result, text } = grade(`wrong/${name}`);
    expect(result, text).toBe(expected);
  });
});
