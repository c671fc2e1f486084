/**
 * `npm run bench`: how fast the grader is here, as figures and as ratios measured in one run; writes BENCHMARKS.md and its
 * pictures. `--only <sections…>` measures some of it and leaves the rest as it is, `--quick` only shows that all of it runs.
 *
 * The timeline and the weight of pages need a built site (`npm run build`), and say so when there is none.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Command, Option } from 'commander';
import * as prettier from 'prettier';
import { measureBrowser, measureWorkers } from './bench/browser';
import { measureGrowth } from './bench/growth';
import { measureLabs } from './bench/labs';
import { format } from './bench/median';
import { pageWeights } from './bench/page-weight';
import { merged, type Section } from './bench/report';
import { measureSandbox } from './bench/sandbox';
import type { Setting } from './bench/setting';
import { timelineFigures } from './bench/timeline';
import { toyRate } from './bench/toy';

const ROOT = path.join(__dirname, '..');

interface Part {
  readonly title: string;
  readonly measure: (setting: Setting) => Promise<string>;
  /** Nothing in it is measured in this run. */
  readonly isTimeless?: boolean;
}

/** In the order of the page. */
const PARTS: Readonly<Record<string, Part>> = {
  labs: { title: 'Every lab in Node (`npm run grade`)', measure: measureLabs },
  growth: { title: 'How the cost grows', measure: measureGrowth },
  browser: { title: 'Every lab in the browser', measure: measureBrowser },
  workers: { title: 'One, two and three workers', measure: measureWorkers },
  sandbox: { title: 'The sandbox in Node', measure: measureSandbox },
  timeline: { title: 'The timeline with many events', measure: ifBuilt(timelineFigures) },
  // A cluster is not started for this; the figures are brought up to date by hand.
  kafka: { title: 'Beside a real Kafka', measure: ({ root }) => Promise.resolve(realKafka(root)), isTimeless: true },
  pages: { title: 'Page weight', measure: ifBuilt(weights), isTimeless: true },
};

interface Options {
  readonly only?: readonly string[];
  readonly quick?: boolean;
  readonly out: string;
}

const command = new Command('npm run bench --')
  .description(
    'Measures the grader and writes BENCHMARKS.md. Takes about ten minutes on a machine that has nothing else to do.',
  )
  .addOption(
    new Option('--only <sections...>', 'some sections; the others stay as they are').choices(Object.keys(PARTS)),
  )
  .option('--quick', 'few and small searches, once each: to see that everything runs')
  .option(
    '--out <file>',
    'another page than BENCHMARKS.md; its pictures lie beside it',
    path.join(ROOT, 'BENCHMARKS.md'),
  );

async function main(): Promise<void> {
  command.parse();
  const { only, quick, out } = command.opts<Options>();
  const file = path.resolve(out);
  const isOwn = file === path.join(ROOT, 'BENCHMARKS.md');
  const folder = path.dirname(file);
  const pictures = isOwn ? path.join(ROOT, 'static/benchmarks') : path.join(folder, 'benchmarks');
  const setting: Setting = { root: ROOT, isQuick: quick === true, toy: await toyRate(ROOT), folder, pictures };
  const sections: Section[] = [];
  const begin = performance.now();
  for (const [id, { title, measure, isTimeless }] of Object.entries(PARTS)) {
    if (only !== undefined && !only.includes(id)) continue;
    const started = performance.now();
    const note = isTimeless ? '' : await machine(setting);
    sections.push({ id, title, text: `${await measure(setting)}\n\n${note}` });
    console.log(`${id.padEnd(10)} ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
  mkdirSync(folder, { recursive: true });
  const text = merged(file, sections, Object.keys(PARTS));
  writeFileSync(file, await prettier.format(text, { ...(await prettier.resolveConfig(file)), parser: 'markdown' }));
  console.log(
    `${path.relative(process.cwd(), file)} written, ${((performance.now() - begin) / 1000).toFixed(0)} s in all`,
  );
}

/** Where and when a section was measured, and whether the machine was busy. */
async function machine({ toy, isQuick }: Setting): Promise<string> {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const commit = await promisify(execFile)('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT }).then(
    ({ stdout }) => stdout.trim(),
    () => 'unknown',
  );
  const processors = `${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown processor'}`;
  const load = os.loadavg()[0]!.toFixed(1);
  const quick = isQuick ? ' **A quick run: no figures to rely on.**' : '';
  return `_Version ${version} (${commit}), ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${processors}, ${os.platform()} ${os.arch()}, load before ${load}, toy ${format(toy)} executions/s._${quick}`;
}

function realKafka(root: string): string {
  return readFileSync(path.join(root, 'scripts/bench/real-kafka.md'), 'utf8');
}

function weights(root: string): Promise<string> {
  return Promise.resolve(pageWeights(path.join(root, 'build')));
}

/** For what needs the site as it is built. */
function ifBuilt(measure: (root: string) => Promise<string>): Part['measure'] {
  return ({ root }) =>
    existsSync(path.join(root, 'build/index.html'))
      ? measure(root)
      : Promise.resolve('Not measured: there was no built site. Run `npm run build` first.');
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  // The server of the site would go on.
  .finally(() => process.exit());
