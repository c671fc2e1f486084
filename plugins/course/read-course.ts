/**
 * Reads labs, engine and runs, and writes them as JSON. A process of its own, started by `index.mjs` through tsx: so
 * TypeScript is imported as the command line imports it, and always afresh.
 *
 *     node --import tsx plugins/course/read-course.ts <site folder> <output file>
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { GradeHost } from '../../src/runner/api';
import { importModule } from './import-module';
import { labCard, readLabs } from './labs';
import { recordRuns } from './runs';

async function readCourse(siteDir: string) {
  const labs = await readLabs(siteDir);
  const engine = await readEngine(siteDir);
  const startHost = () => createHost(siteDir);
  const hasHost = existsSync(path.join(siteDir, HOST));
  return {
    engine,
    labs: Object.fromEntries(labs.map((lab) => [lab.id, labCard(lab)])),
    answers: Object.fromEntries(labs.map((lab) => [lab.id, lab.answers])),
    runs: hasHost ? await recordRuns(path.join(siteDir, '.cache/runs'), labs, engine.hash, startHost) : {},
    clientTypes: await readClientTypes(siteDir),
  };
}

const ENGINE = 'src/runner/engine-bundle.ts';
const HOST = 'src/runner/node/host.ts';
const CLIENT_TYPES = 'src/kafka/client/confluent/api.d.ts';

async function readEngine(siteDir: string): Promise<{ code: string; hash: string }> {
  const file = path.join(siteDir, ENGINE);
  if (!existsSync(file)) return { code: `throw new Error('${ENGINE} is missing')`, hash: 'missing' };
  const { buildEngine } = await importModule<{ buildEngine: () => Promise<{ code: string; hash: string }> }>(file);
  return buildEngine();
}

async function createHost(siteDir: string): Promise<GradeHost> {
  const { createNodeHost } = await importModule<{ createNodeHost: () => GradeHost | Promise<GradeHost> }>(
    path.join(siteDir, HOST),
  );
  return createNodeHost();
}

async function readClientTypes(siteDir: string): Promise<string> {
  const file = path.join(siteDir, CLIENT_TYPES);
  return existsSync(file) ? readFile(file, 'utf8') : '';
}

async function main(siteDir: string, outputFile: string): Promise<void> {
  await writeFile(outputFile, JSON.stringify(await readCourse(siteDir)));
  // A host may keep a child process; the work is done all the same.
  process.exit(0);
}

main(process.argv[2], process.argv[3]).catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exit(1);
});
