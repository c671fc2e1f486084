/** BENCHMARKS.md: sections between marks, so that a run of some of them leaves the others as they are. */
import { existsSync, readFileSync } from 'node:fs';

export interface Section {
  /** For `--only`. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

const HEAD = [
  '# Benchmarks',
  '',
  'Made by `npm run bench` on a machine with nothing else to do; the figures of a section are medians, or of one run where it takes long. Times differ from machine to machine: compare the ratios. One section alone: `npm run bench -- --only growth`.',
].join('\n');

/** The page with these sections in the place of their former ones, in this order; sections of old that `order` does not name are gone. */
export function merged(file: string, sections: readonly Section[], order: readonly string[]): string {
  const old = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const parts = order.flatMap((id) => {
    const section = sections.find((one) => one.id === id);
    if (section !== undefined) return [wrapped(section)];
    const kept = new RegExp(`<!-- ${id} -->[\\s\\S]*?<!-- end of ${id} -->`).exec(old);
    return kept === null ? [] : [kept[0]];
  });
  return `${[HEAD, ...parts].join('\n\n')}\n`;
}

function wrapped({ id, title, text }: Section): string {
  return `<!-- ${id} -->\n\n## ${title}\n\n${text.trim()}\n\n<!-- end of ${id} -->`;
}
