/**
 * SQLite as this ring needs it: a part of the interface of `sql.js`. The module itself is the runner's to load, and only
 * for labs that have a database.
 */

/** A value as SQLite stores it; blobs are refused before they get here. */
export type SqlValue = string | number | null;

export interface SqliteStatement {
  bind(values: readonly SqlValue[]): boolean;
  /** Goes on to the next row. @returns false when there is none */
  step(): boolean;
  get(): SqlValue[];
  getColumnNames(): string[];
  reset(): void;
  free(): boolean;
}

export interface SqliteConnection {
  run(sql: string): unknown;
  exec(sql: string): readonly { readonly columns: string[]; readonly values: SqlValue[][] }[];
  prepare(sql: string): SqliteStatement;
  /** Rows changed by the latest INSERT, UPDATE or DELETE. */
  getRowsModified(): number;
  create_function(name: string, implementation: (...args: SqlValue[]) => SqlValue): unknown;
  close(): void;
}

export interface Sqlite {
  readonly Database: new () => SqliteConnection;
}

let loader: (() => Sqlite) | null = null;
let loaded: Sqlite | null = null;

/** Tells how to come by SQLite; called once, when the first lab with a database is graded. */
export function provideSqlite(load: () => Sqlite): void {
  loader = load;
  loaded = null;
}

/** @throws Error when the host has not provided it: a mistake of the host, not of a program */
export function sqlite(): Sqlite {
  if (loader === null) throw new Error('this lab has a database, and its host has not loaded SQLite');
  return (loaded ??= loader());
}
