/**
 * Changes of rows, apart from the tables that they were made to: what one transaction has changed can be done to what
 * others have committed meanwhile.
 *
 * A row is known by its number, as PostgreSQL knows it by its place: the number of a committed row stays the same while the
 * row lives. A row that is not committed yet may get another one.
 */
import type { TableContent } from './state';
import type { SqlValue } from './sqlite';

export type Row = readonly SqlValue[];
export type NumberedRow = readonly [id: number, row: Row];
export type Tables = ReadonlyMap<string, TableContent>;

export interface TableChange {
  readonly table: string;
  readonly deleted: readonly NumberedRow[];
  /** The row as it was, and as it is. */
  readonly updated: readonly (readonly [id: number, before: Row, after: Row])[];
  readonly inserted: readonly NumberedRow[];
}

/** What leads from some tables to others; tables that only one of the two has are left out. */
export function changesBetween(before: Tables, after: Tables): TableChange[] {
  const changes: TableChange[] = [];
  for (const [table, content] of after) {
    const old = before.get(table);
    if (old === undefined || old === content) continue;
    const change = changeOf(table, old, content);
    if (change.deleted.length + change.updated.length + change.inserted.length > 0) changes.push(change);
  }
  return changes;
}

function changeOf(table: string, before: TableContent, after: TableContent): TableChange {
  const old = numbered(before);
  const now = numbered(after);
  const deleted = [...old].filter(([id]) => !now.has(id));
  const inserted = [...now].filter(([id]) => !old.has(id));
  const updated = [...now].flatMap(([id, row]) => {
    const was = old.get(id);
    return was === undefined || isSameRow(was, row) ? [] : [[id, was, row] as const];
  });
  return { table, deleted, updated, inserted };
}

/** The rows of a table by their numbers. */
export function numbered({ ids, rows }: TableContent): Map<number, Row> {
  return new Map(ids.map((id, index) => [id, rows[index]!]));
}

export function isSameRow(a: Row, b: Row): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

/** The way back, without the rows that `isSpared`. */
export function reversed(
  changes: readonly TableChange[],
  isSpared: (table: string, id: number, row: Row) => boolean,
): TableChange[] {
  return changes.map(({ table, deleted, updated, inserted }) => ({
    table,
    deleted: inserted.filter(([id, row]) => !isSpared(table, id, row)),
    updated: updated
      .filter(([id, before, after]) => !isSpared(table, id, before) && !isSpared(table, id, after))
      .map(([id, before, after]) => [id, after, before] as const),
    inserted: deleted.filter(([id, row]) => !isSpared(table, id, row)),
  }));
}

/**
 * The same changes for tables in which others have inserted rows: what is inserted gets numbers that are not in use.
 * @param keepsNumbers whether the rows' numbers are a column of the table (SERIAL)
 * @returns null when a row to be changed is not any more as it was
 */
export function movedTo(
  changes: readonly TableChange[],
  from: Tables,
  onto: Tables,
  keepsNumbers: (table: string) => boolean,
): TableChange[] | null {
  const result: TableChange[] = [];
  for (const { table, deleted, updated, inserted } of changes) {
    const rows = numbered(onto.get(table) ?? { columns: [], ids: [], rows: [] });
    const isAsItWas = ([id, row]: readonly [number, Row, ...unknown[]]): boolean => {
      const now = rows.get(id);
      return now !== undefined && isSameRow(now, row);
    };
    if (!deleted.every(isAsItWas) || !updated.every(isAsItWas)) return null;
    const used = [...rows.keys(), ...(from.get(table)?.ids ?? [])];
    const next = Math.max(0, ...used) + 1;
    result.push({
      table,
      deleted,
      updated,
      inserted: keepsNumbers(table) ? inserted : inserted.map(([, row], index) => [next + index, row] as const),
    });
  }
  return result;
}
