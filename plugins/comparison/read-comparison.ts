/**
 * Grades the compared programs and writes what was measured. A process of its own, started by `index.mjs` through tsx.
 *
 *     node --import tsx plugins/comparison/read-comparison.ts <site folder> <output file>
 *
 * The output holds the engine's hash; equal engines and programs measure equally, so nothing is graded twice.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { GradeHost } from '../../src/runner/api';
import { buildEngine } from '../../src/runner/engine-bundle';
import { createNodeHost } from '../../src/runner/node/host';
import { measure, type Measurement } from './measure';
import { COMPARED, YARDSTICKS, type ComparedProgram } from './rows';

interface Stored {
  readonly key: string;
  readonly rows: Readonly<Record<string, Measurement>>;
}

async function main(siteDir: string, outputFile: string): Promise<void> {
  const sources = await Promise.all(COMPARED.map((program) => readFile(fileOf(siteDir, program), 'utf8')));
  const { hash } = await buildEngine();
  const key = createHash('sha256')
    .update(JSON.stringify([hash, COMPARED, sources]))
    .digest('hex');
  if (await isStored(outputFile, key)) return;
  const host = createNodeHost();
  const rows: Record<string, Measurement> = {};
  for (const [index, program] of COMPARED.entries())
    rows[program.row] = await measureOne(host, program, sources[index]!);
  await mkdir(path.dirname(outputFile), { recursive: true });
  await writeFile(outputFile, JSON.stringify({ key, rows } satisfies Stored));
}

async function measureOne(host: GradeHost, { lab, version }: ComparedProgram, source: string): Promise<Measurement> {
  const yardstick = YARDSTICKS[lab];
  if (yardstick === undefined) throw new Error(`plugins/comparison/rows.ts: no yardstick for the lab "${lab}".`);
  const { verdict } = await host.grade({ lab, source });
  if (verdict.diagnosis !== null) throw new Error(`labs/${lab}/${version}.ts: ${verdict.diagnosis.message}`);
  const faultFree = await host.replay({ lab, source, executionCode: 'v0:-' });
  return measure(verdict, faultFree, yardstick);
}

function fileOf(siteDir: string, { lab, version }: ComparedProgram): string {
  return path.join(siteDir, 'labs', lab, `${version}.ts`);
}

async function isStored(file: string, key: string): Promise<boolean> {
  return existsSync(file) && (JSON.parse(await readFile(file, 'utf8')) as Stored).key === key;
}

main(process.argv[2]!, process.argv[3]!).then(
  // A host may keep a child process; the work is done all the same.
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exit(1);
  },
);
