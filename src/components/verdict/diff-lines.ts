import { diffLines } from 'diff';

/** A line of one program, of the other, or of both; null where the other has lines of its own. */
export interface DiffRow {
  readonly mine: string | null;
  readonly solution: string | null;
  readonly isSame: boolean;
}

/** Two programs line by line, what is the same in both beside each other. */
export function diffRows(mine: string, solution: string): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  let removed: readonly string[] = [];
  let added: readonly string[] = [];
  const flush = (): void => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      rows.push({ mine: removed[index] ?? null, solution: added[index] ?? null, isSame: false });
    }
    removed = [];
    added = [];
  };
  for (const part of diffLines(mine, solution)) {
    const lines = part.value.replace(/\n$/, '').split('\n');
    if (part.removed) removed = lines;
    else if (part.added) added = lines;
    else {
      flush();
      for (const line of lines) rows.push({ mine: line, solution: line, isSame: true });
    }
  }
  flush();
  return rows;
}
