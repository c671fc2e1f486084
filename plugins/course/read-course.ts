/**
 * Reads labs, experiments, engine and runs, and writes them as JSON. A process of its own, started by `index.mjs` through tsx: so
 * TypeScript is imported as the command line imports it, and always afresh.
 *
 *     node --import tsx plugins/course/read-course.ts <site folder> <output file>
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildDatabase } from '../../src/runner/database-bundle';
import { buildEngine } from '../../src/runner/engine-bundle';
import { createNodeHost } from '../../src/runner/node/host';
import { readExperiments } from './experiments';
import { labCard, readLabs } from './labs';
import { createRecorder, recordRuns } from './runs';

async function readCourse(siteDir: string) {
  const labs = await readLabs(siteDir);
  const engine = await buildEngine();
  const record = await createRecorder(path.join(siteDir, '.cache/runs'), engine.hash, createNodeHost);
  return {
    engine,
    database: (await buildDatabase()).code,
    labs: Object.fromEntries(labs.map((lab) => [lab.id, labCard(lab)])),
    answers: Object.fromEntries(labs.map(({ id, answers, solution }) => [id, { ...answers, solution }])),
    runs: await recordRuns(labs, record),
    experiments: await readExperiments(siteDir, labs, record),
    clientTypes: await readFile(path.join(siteDir, 'src/kafka/client/confluent/api.d.ts'), 'utf8'),
  };
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
