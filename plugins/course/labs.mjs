/** Reads the folders under labs/. */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { tsImport } from 'tsx/esm/api';

const REQUIRED_FILES = ['lab.ts', 'starter.ts', 'solution.ts', 'text.en.mdx', 'text.ru.mdx'];

/** All labs, by name of their folder: `{ id, folder, definition, starter, solution }`. */
export async function readLabs(siteDir) {
  const labsDir = path.join(siteDir, 'labs');
  if (!existsSync(labsDir)) return [];
  const entries = await readdir(labsDir, { withFileTypes: true });
  const ids = entries
    .filter((entry) => entry.isDirectory() && isComplete(path.join(labsDir, entry.name)))
    .map((entry) => entry.name)
    .sort();
  return Promise.all(ids.map((id) => readLab(path.join(labsDir, id), id)));
}

/** A folder that is still being written is left out; `tests/tidy.test.ts` names what it lacks. */
function isComplete(folder) {
  return REQUIRED_FILES.every((file) => existsSync(path.join(folder, file)));
}

async function readLab(folder, id) {
  const definition = await readDefinition(folder, id);
  if (definition.id !== id) throw new Error(`labs/${id}/lab.ts: id is "${definition.id}"; it has to be the folder's name.`);
  return {
    id,
    folder,
    definition,
    starter: await readFile(path.join(folder, 'starter.ts'), 'utf8'),
    solution: await readFile(path.join(folder, 'solution.ts'), 'utf8'),
  };
}

async function readDefinition(folder, id) {
  const module = await importTypeScript(path.join(folder, 'lab.ts'));
  if (module.default === undefined) throw new Error(`labs/${id}/lab.ts: no default export; export default defineLab({ … }).`);
  return module.default;
}

/** Imports a TypeScript module afresh, so that a change shows while the development server runs. */
export async function importTypeScript(file) {
  const module = await tsImport(pathToFileURL(file).href, import.meta.url);
  // A .ts file of this package is CommonJS to Node, which puts the module's own default one level down.
  return module.default?.__esModule ? module.default : module;
}

/** What a page needs of a lab: data only, no functions. */
export function labCard({ id, definition, starter, solution }) {
  return {
    id,
    lesson: definition.lesson,
    minutes: definition.minutes,
    process: definition.process,
    faultKinds: definition.faults.kinds,
    faultsMax: definition.faults.max,
    anomalies: definition.anomalies,
    starter,
    solution,
    words: definition.words,
  };
}
