/**
 * SQLite at one state of a lab's database. To come to another one it goes back to the first state (a savepoint) and repeats
 * the steps that lead there. It notes what a step has looked at and which rows it has touched.
 */
import { hashText } from '../simulation/hash';
import { WORLD_EPOCH_MS } from '../simulation/world';
import type { Row, TableChange } from './changes';
import type { Catalog } from './sql/errors';
import { translateError } from './sql/errors';
import { quoted, text } from './sql/quoting';
import { SqlError } from './sql/sql-error';
import { parseQuery, type Statement } from './sql/statement';
import { isWord } from './sql/tokens';
import type { Sqlite, SqliteConnection, SqliteStatement, SqlValue } from './sqlite';
import {
  changedCatalog,
  NO_SERIALS,
  type DatabaseState,
  type Parameter,
  type ProposedRow,
  type RowName,
  type Serials,
  type Shape,
  type Step,
  type Surroundings,
  type TableContent,
  type Transfer,
} from './state';
import { TEXT_FUNCTIONS } from './text-functions';

const MAX_ROWS = 10_000;
const MAX_CHARACTERS = 1_000_000;
/** What all tables together may hold: every state is read as a whole. */
const MAX_STORED_ROWS = 500;
const MAX_STORED_CHARACTERS = 200_000;

/** What SQLite holds. */
export interface Contents {
  readonly tables: ReadonlyMap<string, TableContent>;
  readonly serials: Serials;
  /** Equal for equal contents, whichever way they came about. */
  readonly fingerprint: string;
}

export class Workbench {
  /** The tables before the first step. */
  readonly catalog: Catalog;
  observesTime = false;
  observesChance = false;
  touched: RowName[] = [];
  proposed: ProposedRow[] = [];
  private readonly connection: SqliteConnection;
  private readonly prepared = new Map<Statement, SqliteStatement>();
  private first: DatabaseState | null = null;
  private current: DatabaseState | null = null;
  private surroundings: Surroundings = { now: 0, draw: 0 };
  /** Numbers that the statement has drawn. */
  private draws = 0;

  /** @param schema statements that make and fill the tables */
  constructor({ Database }: Sqlite, schema: string) {
    this.connection = new Database();
    for (const setting of SETTINGS) this.connection.run(`PRAGMA ${setting}`);
    this.defineFunctions();
    let catalog: Catalog = new Map();
    for (const statement of parseQuery(schema).statements) {
      this.connection.run(statement.sql);
      catalog = changedCatalog(catalog, statement);
    }
    this.catalog = catalog;
    for (const name of catalog.keys()) this.watch(name, catalog);
    this.connection.run('savepoint first');
  }

  get rowsModified(): number {
    return this.connection.getRowsModified();
  }

  /** What SQLite holds now is this state. */
  isAt(state: DatabaseState): void {
    this.first ??= state;
    this.current = state;
  }

  /** Comes to a state. */
  goTo(state: DatabaseState): void {
    if (this.current === state) return;
    const steps: (Step | Transfer)[] = [];
    let start: DatabaseState = state;
    while (start.step !== null && start !== this.current) {
      steps.push(start.step);
      start = start.step.from;
    }
    if (start !== this.current) this.connection.run('rollback to first');
    for (const step of steps.reverse()) {
      this.perform(step);
      if ('statement' in step && step.statement.table !== null && !step.from.catalog.has(step.statement.table.name))
        this.watch(step.statement.table.name, changedCatalog(step.from.catalog, step.statement));
    }
    this.current = state;
  }

  /** What SQLite has just done is no state: the next question begins at the first one. */
  startOver(): void {
    this.connection.run('rollback to first');
    this.current = this.first;
  }

  /** Carries out what leads from the state that it is at to another. @throws SqlError */
  perform(step: Step | Transfer): void {
    this.forgetRows();
    if ('statement' in step) this.query(step);
    else this.carryOver(step);
  }

  /** Keys are checked at once, references when all rows are in their places. */
  private carryOver({ from, changes, serials }: Transfer): void {
    const { connection } = this;
    connection.run('PRAGMA defer_foreign_keys = on');
    try {
      this.writeRows(from, changes);
    } finally {
      connection.run('PRAGMA defer_foreign_keys = off');
    }
    for (const [table, last] of serials) {
      this.change('delete from sqlite_sequence where name = ?', [table], from);
      this.change('insert into sqlite_sequence (name, seq) values (?, ?)', [table, last], from);
    }
  }

  private writeRows(from: DatabaseState, changes: readonly TableChange[]): void {
    for (const { table, deleted } of changes)
      for (const [id] of deleted) this.change(`delete from ${quoted(table)} where rowid = ?`, [id], from);
    for (const { table, updated } of changes) {
      const columns = from.tables.get(table)!.columns.map((column) => `${quoted(column)} = ?`);
      const text = `update ${quoted(table)} set ${columns.join(', ')} where rowid = ?`;
      for (const [id, , row] of updated) this.change(text, [...row, id], from);
    }
    for (const { table, inserted } of changes) {
      const { columns } = from.tables.get(table)!;
      const text = `insert into ${quoted(table)} (rowid, ${columns.map(quoted).join(', ')}) values (?${', ?'.repeat(columns.length)})`;
      for (const [id, row] of inserted) this.change(text, [id, ...row], from);
    }
  }

  private change(text: string, values: readonly SqlValue[], { catalog }: DatabaseState): void {
    const prepared = this.connection.prepare(text);
    try {
      prepared.bind(values);
      prepared.step();
    } catch (error) {
      throw translateError(String((error as Error).message ?? error), catalog, '');
    } finally {
      prepared.free();
    }
  }

  /** Lets SQLite run the statement of a step. @throws SqlError in PostgreSQL's words */
  query({ from, statement, values, surroundings }: Step): { names: string[]; rows: SqlValue[][] } {
    this.surroundings = surroundings;
    this.observesTime = false;
    this.observesChance = false;
    this.draws = 0;
    let prepared: SqliteStatement | null = null;
    try {
      prepared = this.prepare(statement);
      prepared.bind(values.map((value, index) => bound(value, statement.arrays.has(index + 1))));
      const rows = readAll(prepared);
      const names = prepared.getColumnNames();
      if (statement.upserts) this.refuseRepeated(rows);
      for (const row of statement.lockedTable === null ? [] : rows)
        this.touched.push({ table: statement.lockedTable!, id: Number(row.at(-1)) });
      return statement.upserts || statement.lockedTable !== null ? withoutNumbers(names, rows) : { names, rows };
    } catch (error) {
      if (error instanceof SqlError) throw error;
      throw translateError(String((error as Error).message ?? error), from.catalog, targetOf(statement));
    } finally {
      prepared?.reset();
    }
  }

  /** @throws SqlError 21000 when an upsert has written one row twice */
  private refuseRepeated(rows: readonly Row[]): void {
    if (new Set(rows.map((row) => row.at(-1))).size === rows.length) return;
    this.startOver();
    throw new SqlError('21000', 'ON CONFLICT DO UPDATE command cannot affect row a second time', {
      hint: 'Ensure that no rows proposed for insertion within the same command have duplicate constrained values.',
    });
  }

  /** @throws SqlError 53100, PostgreSQL's for a full disk */
  checkSize(catalog: Catalog): void {
    let rows = 0;
    let characters = 0;
    for (const { name, columns } of catalog.values()) {
      const lengths = columns.map((column) => `coalesce(length(${quoted(column.name)}), 0)`).join(' + ');
      const [found] = this.connection.exec(`select count(*), coalesce(sum(${lengths}), 0) from ${quoted(name)}`);
      rows += Number(found?.values[0]?.[0]);
      characters += Number(found?.values[0]?.[1]);
    }
    if (rows <= MAX_STORED_ROWS && characters <= MAX_STORED_CHARACTERS) return;
    this.startOver();
    throw new SqlError(
      '53100',
      `the tables of a lab hold at most ${MAX_STORED_ROWS} rows and ${MAX_STORED_CHARACTERS} characters`,
      { hint: 'store less, or delete what is not needed' },
    );
  }

  private prepare(statement: Statement): SqliteStatement {
    let prepared = this.prepared.get(statement);
    if (prepared === undefined) {
      prepared = this.connection.prepare(statement.sql);
      this.prepared.set(statement, prepared);
    }
    return prepared;
  }

  forgetStatements(): void {
    for (const prepared of this.prepared.values()) prepared.free();
    this.prepared.clear();
  }

  /** Rows are noted from here on; those noted so far belong to another outcome. */
  forgetRows(): void {
    this.touched = [];
    this.proposed = [];
  }

  read(catalog: Catalog, shape: Shape): Contents {
    const tables = new Map<string, TableContent>();
    const contents: unknown[] = [shape.text];
    for (const name of catalog.keys()) {
      const [found] = this.connection.exec(`select rowid, * from ${quoted(name)} order by rowid`);
      const rows = found?.values ?? [];
      contents.push(name, rows);
      tables.set(name, {
        columns: catalog.get(name)!.columns.map((column) => column.name),
        ids: rows.map(([id]) => Number(id)),
        rows: rows.map((row) => row.slice(1)),
      });
    }
    let serials = NO_SERIALS;
    if (shape.text.includes('sqlite_sequence')) {
      const [found] = this.connection.exec('select * from sqlite_sequence order by name');
      serials = new Map((found?.values ?? []).map(([table, last]) => [String(table), Number(last)]));
      contents.push(found);
    }
    return { tables, serials, fingerprint: hashText(JSON.stringify(contents)) };
  }

  readShape(catalog: Catalog): Shape {
    const [found] = this.connection.exec('select name, sql from sqlite_master order by name');
    const keys = new Map([...catalog].map(([name, table]) => [name, table.keys.map(({ columns }) => columns)]));
    for (const name of catalog.keys()) keys.get(name)!.push(...this.uniqueIndexes(name));
    return { text: JSON.stringify(found?.values ?? []), keys };
  }

  /** An index of expressions, or of some rows only, counts as one of no columns: any two rows are alike to it. */
  private uniqueIndexes(table: string): string[][] {
    const [indexes] = this.connection.exec(
      `select name, partial from pragma_index_list(${text(table)}) where "unique" and origin = 'c'`,
    );
    return (indexes?.values ?? []).map(([name, partial]) => {
      const [found] = this.connection.exec(`select name from pragma_index_info(${text(String(name))}) order by seqno`);
      const columns = (found?.values ?? []).map(([column]) => column);
      return partial === 0 && columns.every((column) => column !== null) ? columns.map(String) : [];
    });
  }

  /** Has SQLite tell which rows of a table a statement touches, and which it would insert. */
  watch(name: string, catalog: Catalog): void {
    const values = catalog.get(name)!.columns.map((column) => `NEW.${quoted(column.name)}`);
    const trigger = (event: string, action: string): unknown =>
      this.connection.run(
        `create temp trigger ${quoted(`${event} ${name}`)} ${event} on ${quoted(name)} begin select ${action}; end`,
      );
    trigger('before insert', `eo_proposes(${text(name)}, json_array(${values.join(', ')}))`);
    trigger('after update', `eo_touches(${text(name)}, OLD.rowid)`);
    trigger('after delete', `eo_touches(${text(name)}, OLD.rowid)`);
  }

  private defineFunctions(): void {
    const { connection } = this;
    connection.create_function('now', () => {
      this.observesTime = true;
      return new Date(WORLD_EPOCH_MS + this.surroundings.now).toISOString().replace('Z', '+00:00');
    });
    const draw = (): string => {
      this.observesChance = true;
      this.draws += 1;
      return hashText(`${this.surroundings.draw}/${this.draws}`);
    };
    connection.create_function('random', () => Number.parseInt(draw().slice(0, 12), 16) / 2 ** 48);
    connection.create_function('gen_random_uuid', () => {
      const hex = `${draw()}${draw()}${draw()}`.slice(0, 30);
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
    });
    connection.create_function('eo_proposes', (table, row) => {
      this.proposed.push({ table: String(table), row: JSON.parse(String(row)) as SqlValue[] });
      return null;
    });
    connection.create_function('eo_touches', (table, id) => {
      this.touched.push({ table: String(table), id: Number(id) });
      return null;
    });
    for (const [name, text] of Object.entries(TEXT_FUNCTIONS)) connection.create_function(name, text);
  }
}

/** The rows' numbers are the last column of what SQLite has given, and no part of the result. */
function withoutNumbers(names: string[], rows: SqlValue[][]): { names: string[]; rows: SqlValue[][] } {
  if (names.length === 1) return { names: [], rows: [] };
  return { names: names.slice(0, -1), rows: rows.map((row) => row.slice(0, -1)) };
}

/** Nothing lasts longer than the memory it is in, so nothing is written safely. LIKE tells capitals apart, as PostgreSQL's does. */
const SETTINGS: readonly string[] = [
  'journal_mode = memory',
  'synchronous = off',
  'temp_store = memory',
  'locking_mode = exclusive',
  'foreign_keys = on',
  'case_sensitive_like = on',
];

/** The table that a statement writes to; empty for a query. */
function targetOf({ tokens }: Statement): string {
  const at = tokens.findIndex((token) => isWord(token, 'into', 'update', 'from'));
  return tokens[at + 1]?.value ?? '';
}

function bound(value: Parameter, isArray: boolean): SqlValue {
  if (isArray) return JSON.stringify(Array.isArray(value) ? value : [value]);
  return value instanceof Array ? `{${value.join(',')}}` : (value as SqlValue);
}

function readAll(prepared: SqliteStatement): SqlValue[][] {
  const rows: SqlValue[][] = [];
  let characters = 0;
  while (prepared.step()) {
    const row = prepared.get();
    for (const value of row) if (typeof value === 'string') characters += value.length;
    if (rows.length === MAX_ROWS || characters > MAX_CHARACTERS)
      throw new SqlError('54000', `the result has more than ${MAX_ROWS} rows or ${MAX_CHARACTERS} characters`, {
        hint: 'ask for less at once',
      });
    rows.push(row);
  }
  return rows;
}
