/** Reads the folders under labs/. */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { LabDefinition } from '../../src/course/define-lab';
import { ANOMALIES } from '../../src/grader/anomalies';
import { inputModuleOf } from '../../src/grader/lab';
import { importModule } from './import-module';

export interface LabFolder {
  readonly id: string;
  readonly folder: string;
  readonly definition: LabDefinition;
  /** What `hints.ts` exports. */
  readonly answers: { readonly hints: unknown; readonly explanation: unknown };
  readonly starter: string;
  readonly solution: string;
  /** Read-only modules beside the program. */
  readonly inputs: readonly { readonly name: string; readonly text: string }[];
}

const REQUIRED_FILES = ['lab.ts', 'hints.ts', 'starter.ts', 'solution.ts', 'text.en.mdx', 'text.ru.mdx'];

/** All labs, by name of their folder. */
export async function readLabs(siteDir: string): Promise<LabFolder[]> {
  const labsDir = path.join(siteDir, 'labs');
  if (!existsSync(labsDir)) return [];
  const entries = await readdir(labsDir, { withFileTypes: true });
  const ids = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(ids.sort().map((id) => readLab(path.join(labsDir, id), id)));
}

async function readLab(folder: string, id: string): Promise<LabFolder> {
  const missing = REQUIRED_FILES.filter((file) => !existsSync(path.join(folder, file)));
  if (missing.length > 0) throw new Error(`labs/${id} lacks ${missing.join(', ')}; see CONTRIBUTING.md, "Add a lab".`);

  const { default: definition } = await importModule<{ default?: LabDefinition }>(path.join(folder, 'lab.ts'));
  if (definition === undefined)
    throw new Error(`labs/${id}/lab.ts has no default export: export default defineLab({ … }).`);
  if (definition.id !== id)
    throw new Error(`labs/${id}/lab.ts: id is "${definition.id}"; it has to be the folder's name.`);

  const { hints, explanation } = await importModule<LabFolder['answers']>(path.join(folder, 'hints.ts'));
  return {
    id,
    folder,
    definition,
    answers: { hints, explanation },
    starter: await readFile(path.join(folder, 'starter.ts'), 'utf8'),
    solution: await readFile(path.join(folder, 'solution.ts'), 'utf8'),
    inputs: await readInputs(folder, definition),
  };
}

async function readInputs(folder: string, definition: LabDefinition): Promise<LabFolder['inputs']> {
  const module = inputModuleOf(definition);
  if (module === null) return [];
  const name = `${module}.ts`;
  return [{ name, text: await readFile(path.join(folder, name), 'utf8') }];
}

/** What a page needs of a lab: data only, no functions. `LabCard` of `src/course/generated.d.ts`. */
export function labCard({ id, definition, starter, inputs }: LabFolder) {
  return {
    id,
    lesson: definition.lesson,
    minutes: definition.minutes,
    process: definition.process,
    faultKinds: definition.faults.kinds,
    faultsMax: definition.faults.max,
    hasDatabase: definition.database !== undefined,
    anomalies: definition.anomalies,
    sought: ANOMALIES.flatMap(({ id, name }) => {
      const rule = definition.anomalies[id];
      return rule === undefined ? [] : [{ id, name, rule }];
    }),
    starter,
    inputs,
    words: definition.words,
  };
}
