/**
 * `npm run bench`: how fast the grader is here, as figures and as ratios measured in one run; writes BENCHMARKS.md.
 *
 * Needs a built site (`npm run build`) for the browser's part and says so when there is none.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { measureBrowser } from './bench/browser';
import { format } from './bench/median';
import { measureNode } from './bench/node';
import { pageWeights } from './bench/page-weight';
import { timelineFigures } from './bench/timeline';
import { toyRate } from './bench/toy';

const ROOT = path.join(__dirname, '..');

async function main(): Promise<void> {
  const sections: string[] = [await machine()];
  const toy = await toyRate(ROOT);
  sections.push(
    '## A toy to compare with',
    '',
    `A world without a model (44 operations and 40 awaits an execution, driven by the same promises and event queue) makes **${format(toy)} executions/s** in Node on this machine, in this run. Ratios below are against it.`,
    '',
  );
  sections.push(await measureNode(ROOT, toy));
  // A cluster is not started for this; the figures are brought up to date by hand.
  sections.push(readFileSync(path.join(ROOT, 'scripts/bench/real-kafka.md'), 'utf8'));
  const build = path.join(ROOT, 'build');
  if (existsSync(path.join(build, 'index.html'))) {
    sections.push(await measureBrowser(ROOT));
    sections.push(await timelineFigures(ROOT));
    sections.push(pageWeights(build));
  } else {
    sections.push('## In the browser', '', 'Not measured: there was no built site. Run `npm run build` first.', '');
  }
  const text = `${sections.join('\n')}`;
  writeFileSync(path.join(ROOT, 'BENCHMARKS.md'), text);
  console.log(text);
}

async function machine(): Promise<string> {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const commit = await promisify(execFile)('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT }).then(
    ({ stdout }) => stdout.trim(),
    () => 'unknown',
  );
  return [
    '# Benchmarks',
    '',
    'Made by `npm run bench`; every figure is the median of several runs. Times differ from machine to machine: compare the ratios.',
    '',
    `Version ${version} (${commit}), ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.platform()} ${os.arch()}.`,
    '',
  ].join('\n');
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  // The server of the site would go on.
  .finally(() => process.exit());
