/** The words of a lab, for texts. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LabDefinition } from '../course/define-lab';
import type { LabWords } from '../grader/lab';

const LABS = path.resolve(__dirname, '../../labs');

interface LabModule {
  readonly default: LabDefinition | { readonly default: LabDefinition };
}

export async function labWords(id: string, locale: 'en' | 'ru'): Promise<LabWords> {
  const module = (await import(pathToFileURL(path.join(LABS, id, 'lab.ts')).href)) as LabModule;
  // A .ts file of this package is CommonJS to Node, which puts the module's own default one level down.
  const definition = 'default' in module.default ? module.default.default : module.default;
  return definition.words[locale];
}
