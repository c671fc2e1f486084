/** How the cost of a search grows with what is searched: tables, and pictures of the same figures. */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { drawChart, type Series } from './chart';
import type { Measured, Size } from './growth-run';
import { format } from './median';
import { mostMs, type Setting } from './setting';

const BASE: Size = { records: 4, partitions: 1, members: 1, faults: 2, naive: false };

interface Growth {
  readonly file: string;
  readonly title: string;
  /** What grows. */
  readonly x: string;
  readonly note: string;
  readonly values: readonly number[];
  readonly size: (value: number) => Size;
}

const GROWTHS: readonly Growth[] = [
  {
    file: 'records',
    title: 'More records, two faults',
    x: 'records in the topic',
    note: 'One partition, one consumer, at most two faults.',
    values: [2, 3, 4, 5, 6, 7, 8, 9, 10],
    size: (records) => ({ ...BASE, records }),
  },
  {
    file: 'processes',
    title: 'More consumers in the group, two faults',
    x: 'consumers in the group',
    note: 'Four records in four partitions. A lab has one program and a second instance of it beside a frozen one; here the program starts as many consumers as are said, which a crash takes together.',
    values: [1, 2, 3, 4],
    size: (members) => ({ ...BASE, partitions: 4, members }),
  },
  {
    file: 'faults',
    title: 'More faults, two records',
    x: 'largest number of faults (k)',
    note: 'One partition, one consumer, two records.',
    values: [0, 1, 2, 3, 4],
    size: (faults) => ({ ...BASE, records: 2, faults }),
  },
];

export async function measureGrowth(setting: Setting): Promise<string> {
  const script = path.join(setting.root, '.cache', 'growth-run.cjs');
  await build({
    entryPoints: [path.join(setting.root, 'scripts/bench/growth-run.ts')],
    bundle: true,
    platform: 'node',
    target: 'es2022',
    outfile: script,
    logLevel: 'silent',
  });
  mkdirSync(setting.pictures, { recursive: true });
  const sections = [
    'The solution of at-least-once-consumer, crashes, lost requests and lost answers, one workload. A figure that is missing would have taken more than its share of this run, or more room than a search has. In Node, without a sandbox.',
    '',
  ];
  for (const growth of GROWTHS) sections.push(await section(setting, script, growth));
  return sections.join('\n');
}

async function section(setting: Setting, script: string, growth: Growth): Promise<string> {
  const values = setting.isQuick ? growth.values.slice(0, 3) : growth.values;
  const measure = (naive: boolean): Promise<Measured[]> =>
    runAll(
      setting,
      script,
      values.map((value) => ({ ...growth.size(value), naive })),
    );
  const reduced = await measure(false);
  const plain = await measure(true);
  const draw = (name: string, y: string, of: (measured: Measured) => number): string => {
    const file = `${growth.file}-${name}.svg`;
    const series = [
      seriesOf('reduced', values, reduced, of),
      { ...seriesOf('plain', values, plain, of), isDashed: true },
    ];
    writeFileSync(path.join(setting.pictures, file), drawChart({ title: growth.title, x: growth.x, y, series }));
    const source = path.relative(setting.folder, path.join(setting.pictures, file)).split(path.sep).join('/');
    return `![${growth.title}: ${y}](${source})`;
  };
  const rows = values.map(
    (value, index) =>
      `| ${value} | ${cell(plain[index])} | ${cell(reduced[index])} | ${ratio(plain[index], reduced[index])} |`,
  );
  return [
    `### ${growth.title}`,
    '',
    growth.note,
    '',
    draw('executions', 'executions', ({ executions }) => executions),
    draw('time', 'milliseconds', ({ ms }) => ms),
    '',
    `| ${growth.x} | executions of the plain search | of the reduced search | saved |`,
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function seriesOf(
  name: string,
  values: readonly number[],
  measured: readonly Measured[],
  of: (measured: Measured) => number,
): Series {
  return { name, points: measured.map((one, index) => ({ x: values[index]!, y: of(one) })) };
}

function cell(measured: Measured | undefined): string {
  return measured === undefined ? '–' : `${format(measured.executions)} in ${format(measured.ms)} ms`;
}

function ratio(plain: Measured | undefined, reduced: Measured | undefined): string {
  return plain === undefined || reduced === undefined ? '–' : `${(plain.executions / reduced.executions).toFixed(1)} ×`;
}

async function runAll(setting: Setting, script: string, sizes: readonly Size[]): Promise<Measured[]> {
  const order = { root: setting.root, sizes, mostMs: mostMs(setting) };
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(order)], { maxBuffer: 1e7 });
  const measured = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Measured);
  return measured.filter(({ isCapped }) => !isCapped);
}
