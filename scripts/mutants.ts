/**
 * `npm run mutants [-- filter …]`: puts one fault after the other into the model and runs the tests that have to notice.
 * Prints the table; exit code 1 when a fault goes unnoticed, or is noticed only by a test that names another rule.
 */
import { execFile } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { MUTANTS } from '../tests/mutants/list';
import type { Mutant } from '../tests/mutants/mutant';

const ROOT = path.resolve(__dirname, '..');
const VITEST = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
/** A fault may turn a test into an endless loop: that is noticed as well, and named so. */
const TIME_LIMIT_MS = 120_000;
const TIMED_OUT = 'ran for two minutes';

interface Outcome {
  readonly mutant: Mutant;
  /** Title of the test that failed first; null when none did. */
  readonly killer: string | null;
  readonly remark: string;
}

interface Report {
  readonly testResults: readonly {
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

function run(mutant: Mutant): Promise<Outcome> {
  const config = path.join(ROOT, 'tests/mutants/vitest.config.ts');
  // Only tests that name the rule: none other may be the one that notices.
  const args = [VITEST, 'run', '--config', config, '-t', ruleNamed(mutant.rule), ...mutant.tests];
  const options = {
    cwd: ROOT,
    env: { ...process.env, MUTANT: mutant.id },
    timeout: TIME_LIMIT_MS,
    maxBuffer: 64 << 20,
    killSignal: 'SIGKILL' as const,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (error?.killed === true) resolve({ mutant, killer: null, remark: TIMED_OUT });
      else resolve(outcome(mutant, stdout, stderr));
    });
  });
}

function ruleNamed(rule: string): string {
  return `\\b${rule}\\b`;
}

function outcome(mutant: Mutant, stdout: string, stderr: string): Outcome {
  const start = stdout.indexOf('{"numTotalTestSuites"');
  if (start < 0) return { mutant, killer: null, remark: `no report: ${stderr.trim().split('\n').at(-1) ?? ''}` };
  const report = JSON.parse(stdout.slice(start)) as Report;
  const broken = report.testResults.find(({ status, assertionResults }) => {
    return status === 'failed' && assertionResults.every((test) => test.status !== 'failed');
  });
  if (broken !== undefined) return { mutant, killer: null, remark: `cannot be loaded: ${firstLine(broken.message)}` };
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const named = new RegExp(ruleNamed(mutant.rule));
  if (!tests.some(({ fullName }) => named.test(fullName)))
    return { mutant, killer: null, remark: `no test names ${mutant.rule}` };
  const killer = tests.find(({ status }) => status === 'failed')?.fullName ?? null;
  return { mutant, killer, remark: killer === null ? `every test of ${mutant.rule} passes` : '' };
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]!;
}

async function runAll(mutants: readonly Mutant[]): Promise<readonly Outcome[]> {
  const outcomes = await runSome(mutants, Math.max(1, os.availableParallelism()));
  // A busy machine is slow as well: what took too long has the machine to itself before it counts.
  const slow = outcomes.filter(({ remark }) => remark === TIMED_OUT).map(({ mutant }) => mutant);
  return [...outcomes.filter(({ remark }) => remark !== TIMED_OUT), ...(await runSome(slow, 1))];
}

async function runSome(mutants: readonly Mutant[], atATime: number): Promise<readonly Outcome[]> {
  const waiting = [...mutants];
  const outcomes: Outcome[] = [];
  const worker = async (): Promise<void> => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const done = await run(mutant);
      outcomes.push(done);
      console.log(line(done));
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return outcomes;
}

function line({ mutant: { id, rule }, killer, remark }: Outcome): string {
  const isKilled = killer !== null && remark === '';
  return `${isKilled ? 'killed  ' : 'SURVIVES'}  ${rule.padEnd(8)}  ${id.padEnd(44)}  ${remark === '' ? killer! : remark}`;
}

async function main(): Promise<void> {
  const filters = process.argv.slice(2);
  const chosen = MUTANTS.filter(
    ({ id, rule, file }) =>
      filters.length === 0 || filters.some((text) => id.includes(text) || file.includes(text) || rule === text),
  );
  if (chosen.length === 0) {
    console.error(`No mutant's id, rule or file fits "${filters.join(' ')}"; tests/mutants/list.ts has them all.`);
    process.exitCode = 2;
    return;
  }
  const outcomes = await runAll(chosen);
  const survivors = outcomes.filter(({ killer, remark }) => killer === null || remark !== '');
  console.log(`${outcomes.length - survivors.length} of ${outcomes.length} mutants killed by a test of their rule`);
  process.exitCode = survivors.length === 0 ? 0 : 1;
}

void main();
