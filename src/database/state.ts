/** A state of a lab's database, and the steps that lead from one to the next. */
import type { Row, TableChange } from './changes';
import type { Catalog } from './sql/errors';
import type { ResultColumn } from './sql/result-columns';
import type { SqlError } from './sql/sql-error';
import type { Statement } from './sql/statement';
import type { SqlValue } from './sqlite';

/** A parameter as a client sends it; an array for `= ANY($1)`. */
export type Parameter = SqlValue | readonly SqlValue[];

export interface TableContent {
  readonly columns: readonly string[];
  /** Numbers of the rows, by which a row is known while it lives. */
  readonly ids: readonly number[];
  readonly rows: readonly Row[];
}

/** A row that exists. */
export interface RowName {
  readonly table: string;
  readonly id: number;
}

/** A row that a statement wanted to insert, whether or not there was one in its way. */
export interface ProposedRow {
  readonly table: string;
  readonly row: Row;
}

/** What a statement can see beside the tables. */
export interface Surroundings {
  /** Virtual milliseconds, for `now()`. */
  readonly now: number;
  /** Differs from one draw of an execution to the next, for `random()` and `gen_random_uuid()`. */
  readonly draw: number;
}

export interface Outcome {
  readonly state: DatabaseState;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly SqlValue[])[];
  /** Rows given or changed; null where PostgreSQL names no number. */
  readonly rowCount: number | null;
  readonly error: SqlError | null;
  readonly observesTime: boolean;
  readonly observesChance: boolean;
  /** Rows that it has updated, deleted or locked, changed or not. */
  readonly touched: readonly RowName[];
  readonly proposed: readonly ProposedRow[];
}

/** A statement, carried out on a state. */
export interface Step {
  readonly from: DatabaseState;
  readonly statement: Statement;
  readonly values: readonly Parameter[];
  readonly surroundings: Surroundings;
}

/** Changes that were made elsewhere, and the last numbers that SERIAL columns have given. */
export interface Transfer {
  readonly from: DatabaseState;
  readonly changes: readonly TableChange[];
  readonly serials: Serials;
}

/** The last number of each SERIAL column that has given one, by table. */
export type Serials = ReadonlyMap<string, number>;

export const NO_SERIALS: Serials = new Map();

export class DatabaseState {
  readonly outcomes = new Map<string, Outcome>();
  /** What transfers lead to. */
  readonly transfers = new Map<string, DatabaseState | SqlError>();
  /** What the lab reads off the state, by workload; kept for the next look. */
  readonly readings: Record<number | string, Readonly<Record<string, number>>> = {};

  constructor(
    readonly catalog: Catalog,
    readonly tables: ReadonlyMap<string, TableContent>,
    /** Equal for equal contents, whichever way they came about. */
    readonly fingerprint: string,
    /** Definition of all tables and indexes, as SQLite has it. */
    readonly shape: Shape,
    /** The last number of each SERIAL column that has given one, by table. */
    readonly serials: Serials,
    /** How it came about; null for the first. */
    readonly step: Step | Transfer | null,
  ) {}
}

/** Definition of all tables and indexes, as SQLite has it. */
export interface Shape {
  readonly text: string;
  /** Columns of the unique keys of a table, by table. */
  readonly keys: ReadonlyMap<string, readonly (readonly string[])[]>;
}

/** The tables as they are after a statement. */
export function changedCatalog(catalog: Catalog, { kind, tag, table, tokens }: Statement): Catalog {
  if (kind !== 'schema') return catalog;
  if (table !== null && !catalog.has(table.name)) return new Map([...catalog, [table.name, table]]);
  if (tag !== 'DROP TABLE') return catalog;
  return new Map([...catalog].filter(([name]) => !tokens.some(({ value }) => value === name)));
}
