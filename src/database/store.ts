/**
 * The states of a lab's database and the ways between them.
 *
 * A state is immutable, and what a statement does to a state never changes. So SQLite is asked once for each pair of
 * state and statement, and a search that comes to the same pair ten thousand times reads the answer: this made labs with
 * a database three times as fast as resetting SQLite for each execution. It also gives sessions their snapshots, and known
 * states their fingerprint, for nothing.
 */
import { changesBetween, movedTo, reversed, type Row, type TableChange } from './changes';
import type { Catalog } from './sql/errors';
import { resultColumns } from './sql/result-columns';
import { SqlError } from './sql/sql-error';
import { parseQuery, type Query, type Statement } from './sql/statement';
import { checkWork } from './sql/work-bound';
import type { Sqlite } from './sqlite';
import {
  changedCatalog,
  DatabaseState,
  NO_SERIALS,
  type Outcome,
  type Parameter,
  type Serials,
  type Shape,
  type Step,
  type Surroundings,
  type Transfer,
} from './state';
import { Workbench } from './workbench';

const MAX_STATES = 20_000;
const MAX_STATEMENTS = 400;

export class DatabaseStore {
  readonly initial: DatabaseState;
  /** Times SQLite was asked; the rest was known. */
  asked = 0;
  private readonly workbench: Workbench;
  private readonly states = new Map<string, DatabaseState>();
  private readonly queries = new Map<string, Query | SqlError>();
  private readonly numbers = new Map<Statement, number>();

  /**
   * @param schema statements that make and fill the tables
   * @param remembers false to ask SQLite each time, for comparison
   */
  constructor(
    sqlite: Sqlite,
    schema: string,
    private readonly remembers = true,
  ) {
    this.workbench = new Workbench(sqlite, schema);
    const { catalog } = this.workbench;
    this.initial = this.capture(catalog, this.workbench.readShape(catalog), null);
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
    const { workbench } = this;
    const { from, statement } = step;
    workbench.forgetRows();
    try {
      checkWork(statement, (table) => from.tables.get(table)?.rows.length ?? null);
      workbench.goTo(from);
      workbench.forgetRows();
      return this.run(step);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      const { touched, proposed } = workbench;
      const seen = { observesTime: false, observesChance: false, touched, proposed };
      return { state: from, columns: [], rows: [], rowCount: null, error, ...seen };
    }
  }

  private run(step: Step): Outcome {
    const { workbench } = this;
    const { from, statement } = step;
    const { names, rows } = workbench.query(step);
    const { observesTime, observesChance, touched, proposed } = workbench;
    const columns = names.length === 0 ? [] : resultColumns(statement, from.catalog, names);
    const isCounted = statement.kind !== 'schema' && statement.tag !== 'TRUNCATE TABLE';
    let rowCount: number | null = null;
    if (statement.kind === 'read') rowCount = rows.length;
    else if (isCounted) rowCount = columns.length > 0 ? rows.length : workbench.rowsModified;
    const state = statement.kind === 'read' ? from : this.next(step);
    return { state, columns, rows, rowCount, error: null, observesTime, observesChance, touched, proposed };
  }

  /** The state that SQLite is in after a step that may have changed something. */
  private next(step: Step): DatabaseState {
    const { workbench } = this;
    const { from, statement } = step;
    const isSchema = statement.kind === 'schema';
    const catalog = isSchema ? changedCatalog(from.catalog, statement) : from.catalog;
    workbench.checkSize(catalog);
    if (isSchema && statement.table !== null && !from.catalog.has(statement.table.name))
      workbench.watch(statement.table.name, catalog);
    return this.capture(catalog, isSchema ? workbench.readShape(catalog) : from.shape, step);
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
    this.workbench.goTo(from);
    try {
      this.workbench.perform(transfer);
    } catch (error) {
      this.workbench.startOver();
      throw error;
    }
    return this.capture(from.catalog, from.shape, transfer);
  }

  /** The state that SQLite is in now. */
  private capture(catalog: Catalog, shape: Shape, step: Step | Transfer | null): DatabaseState {
    const { tables, serials, fingerprint } = this.workbench.read(catalog, shape);
    let state = this.states.get(fingerprint);
    if (state === undefined) {
      if (this.states.size === MAX_STATES) this.forgetStates();
      state = new DatabaseState(catalog, tables, fingerprint, shape, serials, step);
      this.states.set(fingerprint, state);
    }
    this.workbench.isAt(state);
    return state;
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
    this.workbench.forgetStatements();
    this.forgetStates();
    for (const state of this.states.values()) state.outcomes.clear();
  }
}

/** What PostgreSQL says when a transaction cannot have happened at one moment. */
export function notSerializable(): SqlError {
  return new SqlError('40001', 'could not serialize access due to read/write dependencies among transactions', {
    hint: 'The transaction might succeed if retried.',
  });
}

function attempt<T>(work: () => T): T | SqlError {
  try {
    return work();
  } catch (error) {
    if (error instanceof SqlError) return error;
    throw error;
  }
}
