/** Puts a mutant into the code that vitest loads; no file is changed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vitest/config';
import type { Mutant } from './mutant';

/** @throws Error when the text is not there, or more than once: the mutant would be another fault than the one listed. */
export function mutate(source: string, { id, file, from, to }: Mutant): string {
  const parts = source.split(from);
  if (parts.length !== 2)
    throw new Error(
      `mutant ${id}: ${file} holds its text ${parts.length - 1} times, not once; bring the list up to date`,
    );
  return parts.join(to);
}

/** @param root the repository */
export function mutantPlugin(mutant: Mutant, root: string): Plugin {
  const target = path.join(root, 'src', mutant.file);
  return {
    name: 'mutant',
    enforce: 'pre',
    load: (id) => (id.split('?')[0] === target ? mutate(readFileSync(target, 'utf8'), mutant) : null),
  };
}
