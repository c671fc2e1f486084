/**
 * Plays every scenario on the model, reads the recordings, looks where each rule is named, and writes it all as JSON. A
 * process of its own, started by `index.mjs` through tsx.
 *
 *     node --import tsx plugins/reference/read-reference.ts <site folder> <output file>
 */
import { writeFile } from 'node:fs/promises';
import { readLabs } from '../course/labs';
import { readCatalogue } from './catalogue';
import { readClients } from './clients';
import { playAll } from './played';
import { readFidelity } from './fidelity';
import { readModules } from './modules';
import { readRules } from './rules';
import { transcriptOf } from './transcript';

async function readReference(siteDir: string) {
  const played = await playAll();
  const transcripts: Record<string, Record<string, unknown>> = {};
  for (const one of played) {
    const guarantee = one.scenario.file.split('/')[0]!;
    (transcripts[guarantee] ??= {})[one.scenario.file] = transcriptOf(one);
  }
  return {
    fidelity: readFidelity(played),
    transcripts,
    clients: readClients(played),
    modules: readModules(),
    rules: readRules(
      siteDir,
      played.map(({ scenario }) => scenario),
    ),
    catalogue: readCatalogue(await readLabs(siteDir)),
  };
}

async function main(siteDir: string, outputFile: string): Promise<void> {
  await writeFile(outputFile, JSON.stringify(await readReference(siteDir)));
}

main(process.argv[2]!, process.argv[3]!).catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exit(1);
});
