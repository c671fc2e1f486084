/**
 * What statements of one transaction keep from the others, as PostgreSQL's manual has it in 13.3: the rows that they write
 * or lock, the values of unique keys that they write, and references between tables.
 */
import { changesBetween, type Row } from './changes';
import type { DatabaseState, Outcome } from './state';

export interface Locks {
  /** Everything: LOCK TABLE, TRUNCATE, definitions, and changes of serializable transactions. */
  readonly all: boolean;
  /** Committed rows: `orders 5`. */
  readonly rows: ReadonlySet<string>;
  /** Values of unique keys that rows have had or have got. */
  readonly keys: ReadonlySet<string>;
  /** Values of unique keys of rows that a statement wanted to insert; they keep nothing from others. */
  readonly proposed: ReadonlySet<string>;
  /** Tables with a row more, or another one; and those with a row less, or another one. */
  readonly adds: ReadonlySet<string>;
  readonly removes: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

export const ALL: Locks = {
  all: true,
  rows: NOTHING,
  keys: NOTHING,
  proposed: NOTHING,
  adds: NOTHING,
  removes: NOTHING,
};

export function rowName(table: string, id: number): string {
  return `${table} ${id}`;
}

/** A row's values of the unique keys of its table; null is like no other value. */
export function keysOf({ shape, catalog }: DatabaseState, table: string, row: Row): string[] {
  const names = catalog.get(table)?.columns.map(({ name }) => name) ?? [];
  return (shape.keys.get(table) ?? []).flatMap((columns) => {
    const values = columns.map((column) => row[names.indexOf(column)] ?? null);
    return values.includes(null) ? [] : [`${table} ${columns.join()} ${JSON.stringify(values)}`];
  });
}

/**
 * @param before the state that the statement was carried out on
 * @param committed rows that are not in it are nobody else's to touch
 */
export function locksOf(outcome: Outcome, before: DatabaseState, committed: DatabaseState): Locks {
  const { state, touched } = outcome;
  const changes = changesBetween(before.tables, state.tables);
  const names = touched.map(({ table, id }) => [table, id] as const);
  const written = touched.flatMap(({ table, id }) => {
    const content = before.tables.get(table);
    const row = content?.rows[content.ids.indexOf(id)];
    return row === undefined || state === before ? [] : keysOf(before, table, row);
  });
  const adds = new Set<string>();
  const removes = new Set<string>();
  for (const { table, deleted, updated, inserted } of changes) {
    if (updated.length + inserted.length > 0) adds.add(table);
    if (updated.length + deleted.length > 0) removes.add(table);
    names.push(...[...deleted, ...updated].map(([id]) => [table, id] as const));
    const rows = [...deleted, ...inserted].map(([, row]) => row).concat(updated.flatMap(([, old, now]) => [old, now]));
    for (const row of rows) written.push(...keysOf(before, table, row));
  }
  const isCommitted = ([table, id]: readonly [string, number]): boolean =>
    committed.tables.get(table)?.ids.includes(id) === true;
  return {
    all: false,
    rows: new Set(names.filter(isCommitted).map(([table, id]) => rowName(table, id))),
    keys: new Set(written),
    proposed: new Set(outcome.proposed.flatMap(({ table, row }) => keysOf(before, table, row))),
    adds,
    removes,
  };
}

/** Whether what a statement would touch is kept from it by what others have. */
export function areInTheWay(held: Locks, wanted: Locks, { catalog }: DatabaseState): boolean {
  if (held.all || wanted.all) return true;
  const meets = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].some((entry) => b.has(entry));
  if (meets(held.rows, wanted.rows) || meets(held.keys, wanted.keys) || meets(held.keys, wanted.proposed)) return true;
  return [...catalog.values()].some(({ name, foreignKeys }) =>
    foreignKeys.some(
      ({ table }) =>
        (held.adds.has(name) && wanted.removes.has(table)) || (held.removes.has(table) && wanted.adds.has(name)),
    ),
  );
}
