/** Reads the folders under experiments/, records every combination of switches, and holds the outcomes against them. */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import {
  combinationsOf,
  variantKey,
  type Choice,
  type ExperimentDefinition,
  type Outcome,
} from '../../src/course/define-experiment';
import type { Recording } from '../../src/simulation/trace';
import { importModule } from './import-module';
import type { LabFolder } from './labs';
import type { Recorder } from './runs';

/** More combinations than these are too many to read, and to load. */
const COMBINATIONS_MAX = 16;

/** `ExperimentData` of `src/course/generated.d.ts`, by id. */
export async function readExperiments(siteDir: string, labs: readonly LabFolder[], record: Recorder) {
  const folder = path.join(siteDir, 'experiments');
  if (!existsSync(folder)) return {};
  const entries = await readdir(folder, { withFileTypes: true });
  const ids = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const experiments: Record<string, Awaited<ReturnType<typeof readExperiment>>> = {};
  for (const id of ids.sort()) experiments[id] = await readExperiment(path.join(folder, id), id, labs, record);
  return experiments;
}

async function readExperiment(folder: string, id: string, labs: readonly LabFolder[], record: Recorder) {
  const where = `experiments/${id}/experiment.ts`;
  const file = path.join(folder, 'experiment.ts');
  if (!existsSync(file)) throw new Error(`${where} is missing; see CONTRIBUTING.md, "Add an experiment".`);
  const { default: definition } = await importModule<{ default?: ExperimentDefinition }>(file);
  if (definition === undefined)
    throw new Error(`${where} has no default export: export default defineExperiment({ … }).`);
  const lab = labs.find((known) => known.id === definition.lab);
  if (definition.id !== id) throw new Error(`${where}: id is "${definition.id}"; it has to be the folder's name.`);
  if (lab === undefined) throw new Error(`${where}: there is no lab "${definition.lab}".`);
  const choices = combinationsOf(definition.switches);
  if (choices.length > COMBINATIONS_MAX)
    throw new Error(`${where}: ${choices.length} combinations; up to ${COMBINATIONS_MAX} can be taken in.`);

  const programs: Record<string, string> = {};
  const recordings: Record<string, Recording> = {};
  const variants: Record<string, unknown> = {};
  for (const choice of choices) {
    const key = variantKey(definition.switches, choice);
    const { program, execution } = definition.run(choice);
    programs[program] ??= await readProgram(folder, program, `${where}, ${key}`);
    const recordingKey = `${program} ${execution}`;
    recordings[recordingKey] ??= await record(definition.lab, programs[program], execution, `${where}, ${key}`);
    const outcome = outcomeOf(definition, choice, `${where}, ${key}`);
    holdAgainst(outcome, recordings[recordingKey], definition.counts ?? 'effects', `${where}, ${key}`);
    variants[key] = { program, recording: recordingKey, outcome: outcome.text };
  }
  const { process, words } = lab.definition;
  return { id, process, words, switches: definition.switches, programs, recordings, variants };
}

async function readProgram(folder: string, program: string, where: string): Promise<string> {
  const file = path.join(folder, `${program}.ts`);
  if (!existsSync(file)) throw new Error(`${where}: the program ${program}.ts is not there.`);
  return readFile(file, 'utf8');
}

function outcomeOf({ outcomes }: ExperimentDefinition, choice: Choice, where: string): Outcome {
  const found = outcomes.find(({ when }) => Object.entries(when).every(([id, option]) => choice[id] === option));
  if (found === undefined) throw new Error(`${where}: no outcome fits.`);
  return found;
}

function holdAgainst(outcome: Outcome, { ledger }: Recording, counts: 'effects' | 'appended', where: string): void {
  const lost = ledger.filter((row) => row[counts] === 0).map((row) => row.record);
  const repeated = ledger.filter((row) => (row[counts] ?? 0) > 1).map((row) => row.record);
  const said = JSON.stringify([outcome.lost, outcome.repeated]);
  if (said === JSON.stringify([lost, repeated])) return;
  throw new Error(
    `${where}: the outcome says lost ${list(outcome.lost)}, repeated ${list(outcome.repeated)}; ` +
      `in the run lost ${list(lost)}, repeated ${list(repeated)}.`,
  );
}

function list(records: readonly string[]): string {
  return records.length === 0 ? 'nothing' : records.join(', ');
}
