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
  readonly rows: readonly (readonly SqlValue[])[];
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
}

interface Step {
  readonly from: DatabaseState;
  readonly statement: Statement;
  readonly values: readonly Parameter[];
  readonly surroundings: Surroundings;
}

export class DatabaseState {
  readonly outcomes = new Map<string, Outcome>();
  /** What the lab reads off the state, by workload; kept for the next look. */
  readonly readings: Record<number | string, Readonly<Record<string, number>>> = {};

  constructor(
    readonly catalog: Catalog,
    readonly tables: ReadonlyMap<string, TableContent>,
    /** Equal for equal contents, whichever way they came about. */
    readonly fingerprint: string,
    /** Definition of all tables and indexes, as SQLite has it. */
    readonly shape: string,
    /** How it came about; null for the first. */
    readonly step: Step | null,
  ) {}
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
    this.connection.run('savepoint first');
    this.initial = this.capture(catalog, this.readShape(), null);
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
    try {
      checkWork(statement, (table) => from.tables.get(table)?.rows.length ?? null);
      this.goTo(from);
      return this.run(step);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      return { state: from, columns: [], rows: [], rowCount: null, error, observesTime: false, observesChance: false };
    }
  }

  private run(step: Step): Outcome {
    const { from, statement } = step;
    const { names, rows } = this.perform(step);
    const { observesTime, observesChance } = this;
    const columns = names.length === 0 ? [] : resultColumns(statement, from.catalog, names);
    const isCounted = statement.kind !== 'schema' && statement.tag !== 'TRUNCATE TABLE';
    let rowCount: number | null = null;
    if (statement.kind === 'read') rowCount = rows.length;
    else if (isCounted) rowCount = columns.length > 0 ? rows.length : this.connection.getRowsModified();
    const state = statement.kind === 'read' ? from : this.next(step);
    return { state, columns, rows, rowCount, error: null, observesTime, observesChance };
  }

  /** The state that SQLite is in after a step that may have changed something. */
  private next(step: Step): DatabaseState {
    const { from, statement } = step;
    const isSchema = statement.kind === 'schema';
    const catalog = isSchema ? changedCatalog(from.catalog, statement) : from.catalog;
    this.checkSize(catalog);
    this.current = this.capture(catalog, isSchema ? this.readShape() : from.shape, step);
    return this.current;
  }

  /** Lets SQLite run the statement of a step. @throws SqlError in PostgreSQL's words */
  private perform({ from, statement, values, surroundings }: Step): { names: string[]; rows: SqlValue[][] } {
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
      return statement.upserts ? this.withoutNumbers(names, rows) : { names, rows };
    } catch (error) {
      if (error instanceof SqlError) throw error;
      throw translateError(String((error as Error).message ?? error), from.catalog, targetOf(statement));
    } finally {
      prepared?.reset();
    }
  }

  /** Takes the rows' numbers off an upsert's result. @throws SqlError 21000 when it has written one row twice */
  private withoutNumbers(names: string[], rows: SqlValue[][]): { names: string[]; rows: SqlValue[][] } {
    const numbers = new Set(rows.map((row) => row.at(-1)));
    if (numbers.size < rows.length) {
      this.startOver();
      throw new SqlError('21000', 'ON CONFLICT DO UPDATE command cannot affect row a second time', {
        hint: 'Ensure that no rows proposed for insertion within the same command have duplicate constrained values.',
      });
    }
    if (names.length === 1) return { names: [], rows: [] };
    return { names: names.slice(0, -1), rows: rows.map((row) => row.slice(0, -1)) };
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
    const steps: Step[] = [];
    let start: DatabaseState = state;
    while (start.step !== null && start !== this.current) {
      steps.push(start.step);
      start = start.step.from;
    }
    if (start !== this.current) this.connection.run('rollback to first');
    for (const step of steps.reverse()) this.perform(step);
    this.current = state;
  }

  /** Reads the contents of SQLite, and gives the state that has them. */
  private capture(catalog: Catalog, shape: string, step: Step | null): DatabaseState {
    const tables = new Map<string, TableContent>();
    const contents: unknown[] = [shape];
    for (const name of catalog.keys()) {
      const [found] = this.connection.exec(`select rowid, * from ${quoted(name)} order by rowid`);
      const rows = found?.values ?? [];
      contents.push(name, rows);
      tables.set(name, {
        columns: catalog.get(name)!.columns.map((column) => column.name),
        rows: rows.map((row) => row.slice(1)),
      });
    }
    if (shape.includes('sqlite_sequence'))
      contents.push(this.connection.exec('select * from sqlite_sequence order by name'));
    const fingerprint = hashText(JSON.stringify(contents));
    const known = this.states.get(fingerprint);
    if (known !== undefined) return known;
    if (this.states.size === MAX_STATES) this.forgetStates();
    const state = new DatabaseState(catalog, tables, fingerprint, shape, step);
    this.states.set(fingerprint, state);
    return state;
  }

  private readShape(): string {
    return JSON.stringify(this.connection.exec('select name, sql from sqlite_master order by name')[0]?.values ?? []);
  }

  /** A program that stores ever new values would fill the memory; what is forgotten is asked again. */
  private forgetStates(): void {
    this.states.clear();
    this.initial.outcomes.clear();
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
    for (const [name, text] of Object.entries(TEXT_FUNCTIONS)) connection.create_function(name, text);
  }
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
