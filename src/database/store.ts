/**
 * The states of a lab's database and the ways between them.
 *
 * A state is immutable, and what a statement does to a state never changes. So SQLite is asked once for each pair of
 * state and statement, and a search that comes to the same pair ten thousand times reads the answer: this made labs with
 * a database three times as fast as resetting SQLite for each execution. It also gives sessions their snapshots, and known
 * states their fingerprint, for nothing.
 *
 * SQLite holds one state at a time. To ask for another one it goes back to the first state (a savepoint) and repeats the
 * statements that lead there.
 */
import { hashText } from '../simulation/hash';
import { WORLD_EPOCH_MS } from '../simulation/world';
import { changesBetween, movedTo, reversed, type Row, type TableChange } from './changes';
import type { Catalog } from './sql/errors';
import { translateError } from './sql/errors';
import { resultColumns, type ResultColumn } from './sql/result-columns';
import { SqlError } from './sql/sql-error';
import { parseQuery, type Query, type Statement } from './sql/statement';
import { isWord } from './sql/tokens';
import { checkWork } from './sql/work-bound';
import type { Sqlite, SqliteConnection, SqliteStatement, SqlValue } from './sqlite';
import { TEXT_FUNCTIONS } from './text-functions';

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

interface Step {
  readonly from: DatabaseState;
  readonly statement: Statement;
  readonly values: readonly Parameter[];
  readonly surroundings: Surroundings;
}

/** Changes that were made elsewhere, and the last numbers that SERIAL columns have given. */
interface Transfer {
  readonly from: DatabaseState;
  readonly changes: readonly TableChange[];
  readonly serials: Serials;
}

export type Serials = ReadonlyMap<string, number>;

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

interface Shape {
  readonly text: string;
  /** Columns of the unique keys of a table, by table. */
  readonly keys: ReadonlyMap<string, readonly (readonly string[])[]>;
}

const MAX_STATES = 20_000;
const MAX_STATEMENTS = 400;
const MAX_ROWS = 10_000;
const MAX_CHARACTERS = 1_000_000;
/** What all tables together may hold: every state is read as a whole. */
const MAX_STORED_ROWS = 500;
const MAX_STORED_CHARACTERS = 200_000;

export class DatabaseStore {
  readonly initial: DatabaseState;
  /** Times SQLite was asked; the rest was known. */
  asked = 0;
  private readonly connection: SqliteConnection;
  private current: DatabaseState;
  private readonly states = new Map<string, DatabaseState>();
  private readonly queries = new Map<string, Query | SqlError>();
  private readonly prepared = new Map<Statement, SqliteStatement>();
  private readonly numbers = new Map<Statement, number>();
  private surroundings: Surroundings = { now: 0, draw: 0 };
  private observesTime = false;
  private observesChance = false;
  /** Numbers that the statement has drawn. */
  private draws = 0;
  private touched: RowName[] = [];
  private proposed: ProposedRow[] = [];

  /**
   * @param schema statements that make and fill the tables
   * @param remembers false to ask SQLite each time, for comparison
   */
  constructor(
    { Database }: Sqlite,
    schema: string,
    private readonly remembers = true,
  ) {
    this.connection = new Database();
    for (const setting of SETTINGS) this.connection.run(`PRAGMA ${setting}`);
    this.defineFunctions();
    let catalog: Catalog = new Map();
    for (const statement of parseQuery(schema).statements) {
      this.connection.run(statement.sql);
      catalog = changedCatalog(catalog, statement);
    }
    for (const name of catalog.keys()) this.watch(name, catalog);
    this.connection.run('savepoint first');
    this.initial = this.capture(catalog, this.readShape(catalog), null);
    this.current = this.initial;
  }

  /** Reads a query text; what is wrong with it is kept as well. @throws SqlError */
  parse(text: string): Query {
    let parsed = this.queries.get(text);
    if (parsed === undefined) {
      parsed = attempt(() => parseQuery(text));
      if (this.queries.size === MAX_STATEMENTS) this.forgetStatements();
      this.queries.set(text, parsed);
    }
    if (parsed instanceof SqlError) throw parsed;
    return parsed;
  }

  /** What a statement does to a state. */
  execute(
    state: DatabaseState,
    statement: Statement,
    values: readonly Parameter[],
    surroundings: Surroundings,
  ): Outcome {
    const key = this.keyOf(statement, values);
    const known = this.remembers ? state.outcomes.get(key) : undefined;
    if (known !== undefined) return known;
    const outcome = this.ask({ from: state, statement, values, surroundings });
    if (!outcome.observesTime && !outcome.observesChance) state.outcomes.set(key, outcome);
    return outcome;
  }

  private keyOf(statement: Statement, values: readonly Parameter[]): string {
    let number = this.numbers.get(statement);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(statement, number);
    }
    return values.length === 0 ? String(number) : `${number}:${JSON.stringify(values)}`;
  }

  private ask(step: Step): Outcome {
    this.asked += 1;
    const { from, statement } = step;
    this.forgetRows();
    try {
      checkWork(statement, (table) => from.tables.get(table)?.rows.length ?? null);
      this.goTo(from);
      this.forgetRows();
      return this.run(step);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      const { touched, proposed } = this;
      const seen = { observesTime: false, observesChance: false, touched, proposed };
      return { state: from, columns: [], rows: [], rowCount: null, error, ...seen };
    }
  }

  private run(step: Step): Outcome {
    const { from, statement } = step;
    const { names, rows } = this.query(step);
    const { observesTime, observesChance, touched, proposed } = this;
    const columns = names.length === 0 ? [] : resultColumns(statement, from.catalog, names);
    const isCounted = statement.kind !== 'schema' && statement.tag !== 'TRUNCATE TABLE';
    let rowCount: number | null = null;
    if (statement.kind === 'read') rowCount = rows.length;
    else if (isCounted) rowCount = columns.length > 0 ? rows.length : this.connection.getRowsModified();
    const state = statement.kind === 'read' ? from : this.next(step);
    return { state, columns, rows, rowCount, error: null, observesTime, observesChance, touched, proposed };
  }

  /** The state that SQLite is in after a step that may have changed something. */
  private next(step: Step): DatabaseState {
    const { from, statement } = step;
    const isSchema = statement.kind === 'schema';
    const catalog = isSchema ? changedCatalog(from.catalog, statement) : from.catalog;
    this.checkSize(catalog);
    if (isSchema && statement.table !== null && !from.catalog.has(statement.table.name))
      this.watch(statement.table.name, catalog);
    this.current = this.capture(catalog, isSchema ? this.readShape(catalog) : from.shape, step);
    return this.current;
  }

  /**
   * What a transaction has made of `from`, made of `onto`.
   * @throws SqlError 40001 when others have changed the same rows, 23505 when they have written the same keys
   */
  moved(from: DatabaseState, to: DatabaseState, onto: DatabaseState): DatabaseState {
    if (from === onto || from === to) return from === onto ? to : onto;
    const changes =
      from.shape === to.shape
        ? movedTo(changesBetween(from.tables, to.tables), from.tables, onto.tables, (table) => to.serials.has(table))
        : null;
    if (changes === null) throw notSerializable();
    return this.transferred(onto, changes, to.serials);
  }

  /** Takes care that no new row has the number of a committed row that its own transaction has deleted: it is another one. */
  renumbered(before: DatabaseState, after: DatabaseState, committed: DatabaseState): DatabaseState {
    if (before === after || before === committed) return after;
    const isShorter = [...before.tables].some(
      ([table, { ids }]) => (ids.at(-1) ?? 0) < (committed.tables.get(table)?.ids.at(-1) ?? 0),
    );
    if (!isShorter || before.shape !== after.shape) return after;
    const changes = changesBetween(before.tables, after.tables);
    const moved = movedTo(changes, committed.tables, before.tables, (table) => after.serials.has(table));
    return this.transferred(before, moved ?? changes, after.serials);
  }

  /** A state as it would be without what has been committed between two others, except for the rows that `isSpared`. */
  without(
    state: DatabaseState,
    [before, after]: readonly [DatabaseState, DatabaseState],
    isSpared: (table: string, id: number, row: Row) => boolean,
  ): DatabaseState {
    if (before.shape !== after.shape) return state;
    return this.transferred(state, reversed(changesBetween(before.tables, after.tables), isSpared), NO_SERIALS);
  }

  /** A state in which SERIAL columns go on from these numbers at least. */
  afterSerials(state: DatabaseState, serials: Serials): DatabaseState {
    return this.transferred(state, [], serials);
  }

  private transferred(from: DatabaseState, changes: readonly TableChange[], floors: Serials): DatabaseState {
    const serials = new Map([...floors].filter(([table, last]) => last > (from.serials.get(table) ?? 0)));
    if (changes.length === 0 && serials.size === 0) return from;
    const key = JSON.stringify([changes, [...serials]]);
    let known = this.remembers ? from.transfers.get(key) : undefined;
    if (known === undefined) {
      known = attempt(() => this.transfer({ from, changes, serials }));
      from.transfers.set(key, known);
    }
    if (known instanceof SqlError) throw known;
    return known;
  }

  private transfer(transfer: Transfer): DatabaseState {
    const { from } = transfer;
    this.goTo(from);
    try {
      this.perform(transfer);
    } catch (error) {
      this.startOver();
      throw error;
    }
    this.current = this.capture(from.catalog, from.shape, transfer);
    return this.current;
  }

  private perform(step: Step | Transfer): void {
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
  private query({ from, statement, values, surroundings }: Step): { names: string[]; rows: SqlValue[][] } {
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
  private checkSize(catalog: Catalog): void {
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

  /** What SQLite has just done is no state: the next question begins at the first one. */
  private startOver(): void {
    this.connection.run('rollback to first');
    this.current = this.initial;
  }

  private prepare(statement: Statement): SqliteStatement {
    let prepared = this.prepared.get(statement);
    if (prepared === undefined) {
      prepared = this.connection.prepare(statement.sql);
      this.prepared.set(statement, prepared);
    }
    return prepared;
  }

  private goTo(state: DatabaseState): void {
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

  /** Rows are noted from here on; those noted so far belong to another outcome. */
  private forgetRows(): void {
    this.touched = [];
    this.proposed = [];
  }

  /** Reads the contents of SQLite, and gives the state that has them. */
  private capture(catalog: Catalog, shape: Shape, step: Step | Transfer | null): DatabaseState {
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
    const fingerprint = hashText(JSON.stringify(contents));
    const known = this.states.get(fingerprint);
    if (known !== undefined) return known;
    if (this.states.size === MAX_STATES) this.forgetStates();
    const state = new DatabaseState(catalog, tables, fingerprint, shape, serials, step);
    this.states.set(fingerprint, state);
    return state;
  }

  private readShape(catalog: Catalog): Shape {
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
  private watch(name: string, catalog: Catalog): void {
    const values = catalog.get(name)!.columns.map((column) => `NEW.${quoted(column.name)}`);
    const trigger = (event: string, action: string): unknown =>
      this.connection.run(
        `create temp trigger ${quoted(`${event} ${name}`)} ${event} on ${quoted(name)} begin select ${action}; end`,
      );
    trigger('before insert', `eo_proposes(${text(name)}, json_array(${values.join(', ')}))`);
    trigger('after update', `eo_touches(${text(name)}, OLD.rowid)`);
    trigger('after delete', `eo_touches(${text(name)}, OLD.rowid)`);
  }

  /** A program that stores ever new values would fill the memory; what is forgotten is asked again. */
  private forgetStates(): void {
    this.states.clear();
    this.initial.outcomes.clear();
    this.initial.transfers.clear();
    this.states.set(this.initial.fingerprint, this.initial);
  }

  private forgetStatements(): void {
    this.queries.clear();
    this.numbers.clear();
    for (const prepared of this.prepared.values()) prepared.free();
    this.prepared.clear();
    this.forgetStates();
    for (const state of this.states.values()) state.outcomes.clear();
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

const NO_SERIALS: Serials = new Map();

/** What PostgreSQL says when a transaction cannot have happened at one moment. */
export function notSerializable(): SqlError {
  return new SqlError('40001', 'could not serialize access due to read/write dependencies among transactions', {
    hint: 'The transaction might succeed if retried.',
  });
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

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function attempt<T>(work: () => T): T | SqlError {
  try {
    return work();
  } catch (error) {
    if (error instanceof SqlError) return error;
    throw error;
  }
}

function changedCatalog(catalog: Catalog, { kind, tag, table, tokens }: Statement): Catalog {
  if (kind !== 'schema') return catalog;
  if (table !== null && !catalog.has(table.name)) return new Map([...catalog, [table.name, table]]);
  if (tag !== 'DROP TABLE') return catalog;
  return new Map([...catalog].filter(([name]) => !tokens.some(({ value }) => value === name)));
}

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
