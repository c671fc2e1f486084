/**
 * A session: one connection's transaction.
 *
 * READ COMMITTED, PostgreSQL's default: every statement sees what is committed when it begins, and what its own
 * transaction has changed. What it has written or locked the server keeps from others until it ends, and nothing else.
 * SERIALIZABLE: it works on the state that it began with and remembers what it was told, so that COMMIT can see whether it
 * would have been told the same on what others have committed meanwhile.
 */
import { ALL, areInTheWay, locksOf, type Locks } from './locks';
import type { Incarnation } from '../simulation/process';
import type { TransactionStatus } from './protocol';
import type { Isolation } from './sql/isolation';
import { SqlError } from './sql/sql-error';
import type { Statement } from './sql/statement';
import { notSerializable } from './store';
import type { DatabaseStore } from './store';
import type { DatabaseState, Outcome, Parameter, Surroundings } from './state';

export interface Told {
  readonly statement: Statement;
  readonly values: readonly Parameter[];
  readonly outcome: Outcome;
}

/** A statement that has locked something, on which state, when this was committed. */
interface Holding {
  readonly outcome: Outcome | null;
  readonly before: DatabaseState;
  readonly committed: DatabaseState;
  /** Worked out when somebody asks. */
  locks: Locks | null;
}

interface Savepoint {
  readonly name: string;
  readonly snapshot: DatabaseState | null;
  readonly state: DatabaseState | null;
  readonly told: number;
  readonly held: number;
}

export class Session {
  status: TransactionStatus = 'I';
  /** The virtual time that `now()` gives throughout a transaction. */
  startedAt = 0;
  isClosed = false;
  /** The level of the transactions to come, unless they name their own. */
  usualLevel: Isolation = 'read committed';
  private level: Isolation = 'read committed';
  private holdings: Holding[] = [];
  private hasAsked = false;
  /** The committed state that its own state began with. */
  private snapshot: DatabaseState | null = null;
  private working: DatabaseState | null = null;
  private told: Told[] = [];
  private savepoints: Savepoint[] = [];

  constructor(
    readonly incarnation: Incarnation,
    readonly number: number,
  ) {}

  /** Its transaction has changed something. */
  get hasChanged(): boolean {
    return this.working !== this.snapshot;
  }

  /** Others' changes have to wait for it. */
  get isBlocking(): boolean {
    return this.status !== 'I' && this.holdings.length > 0;
  }

  /** Others' transactions have to wait for it, with what would have to be checked against it at COMMIT. */
  get isHolding(): boolean {
    return this.isBlocking || (this.status !== 'I' && this.level === 'serializable');
  }

  get isSerializable(): boolean {
    return this.status !== 'I' && this.level === 'serializable';
  }

  /** Numbers that SERIAL columns have given to it; nobody else gets them. */
  get serials(): DatabaseState['serials'] | null {
    return this.status === 'I' ? null : (this.working?.serials ?? null);
  }

  /** Whether it keeps from others what they want. */
  keeps(wanted: Locks): boolean {
    return this.holdings.some((holding) => {
      const { outcome, before, committed } = holding;
      holding.locks ??= outcome === null ? ALL : locksOf(outcome, before, committed);
      return areInTheWay(holding.locks, wanted, committed);
    });
  }

  /**
   * The state that its statements see.
   * @throws SqlError 40001 when a serializable transaction of its own process has changed the same rows
   */
  view(committed: DatabaseState, store: DatabaseStore): DatabaseState {
    const { snapshot, working, level } = this;
    if (working === null || snapshot === null) return committed;
    if (level === 'read committed' && snapshot !== committed) {
      this.working = store.moved(snapshot, working, committed);
      this.snapshot = committed;
    }
    return this.working!;
  }

  /** Begins; a BEGIN within a transaction changes nothing, as PostgreSQL warns. */
  begin(committed: DatabaseState, now: number, level: Isolation | null): void {
    if (this.status !== 'I') return;
    this.status = 'T';
    this.startedAt = now;
    this.setLevel(level ?? this.usualLevel, committed);
  }

  /** SET TRANSACTION. @throws SqlError when the transaction has already done something */
  changeLevel(level: Isolation, committed: DatabaseState): void {
    if (this.status === 'I' || level === this.level) return;
    if (this.hasAsked) throw new SqlError('25001', 'SET TRANSACTION ISOLATION LEVEL must be called before any query');
    this.setLevel(level, committed);
  }

  private setLevel(level: Isolation, committed: DatabaseState): void {
    this.level = level;
    this.snapshot = level === 'serializable' ? committed : null;
    this.working = this.snapshot;
  }

  /** LOCK TABLE. */
  lock(committed: DatabaseState): void {
    this.hasAsked = true;
    this.hold(null, committed, committed);
  }

  private hold(outcome: Outcome | null, before: DatabaseState, committed: DatabaseState): void {
    this.holdings.push({ outcome, before, committed, locks: null });
  }

  /**
   * A statement of its transaction has been carried out.
   * @param before the state that it was carried out on
   * @param state what it has made of what is committed now
   */
  note(told: Told, before: DatabaseState, state: DatabaseState, committed: DatabaseState): void {
    if (this.status === 'I') return;
    this.hasAsked = true;
    const { statement, outcome } = told;
    const isChange = statement.kind !== 'read';
    // Rows are locked, not the places where rows could be: who finds nothing has locked nothing.
    if ((isChange || statement.locks) && outcome.rowCount !== 0)
      this.hold(locksEverything(statement) || this.level === 'serializable' ? null : outcome, before, committed);
    if (this.level === 'serializable') this.told.push(told);
    else if (!isChange || (state === committed && this.working === null)) return;
    else this.snapshot = committed;
    this.working = state;
  }

  /** A statement has failed: until the end of the transaction nothing is done, and only what a savepoint saves is kept. */
  fail(): void {
    if (this.status === 'T') this.status = 'E';
    const saved = this.savepoints.at(-1);
    this.holdings.length = saved?.held ?? 0;
    if (saved === undefined) this.working = this.snapshot;
  }

  /** Ends without effect. */
  rollback(): void {
    this.status = 'I';
    this.level = this.usualLevel;
    this.holdings = [];
    this.hasAsked = false;
    this.snapshot = null;
    this.working = null;
    this.told = [];
    this.savepoints = [];
  }

  /**
   * Ends with effect. When others have committed since a serializable transaction began, its statements are repeated on
   * what they left; if one would now have another outcome, the transaction cannot have happened at one moment. To others
   * what they have changed is added to what others have committed.
   * @returns the state to be committed
   * @throws SqlError 40001
   */
  commit(committed: DatabaseState, store: DatabaseStore, surroundings: Surroundings): DatabaseState {
    const { snapshot, working, told, level } = this;
    this.rollback();
    if (working === null || snapshot === null || working === snapshot) return committed;
    if (level === 'read committed') return store.moved(snapshot, working, committed);
    if (committed === snapshot) return working;
    let state = committed;
    for (const { statement, values, outcome } of told) {
      const now = store.execute(state, statement, values, surroundings);
      if (!isSame(now, outcome)) throw notSerializable();
      state = now.state;
    }
    return state;
  }

  savepoint(name: string): void {
    const { snapshot, working: state, told, holdings } = this;
    this.savepoints.push({ name, snapshot, state, told: told.length, held: holdings.length });
  }

  /** @throws SqlError when there is no such savepoint */
  rollbackTo(name: string): void {
    const index = this.find(name);
    const { snapshot, state, told, held } = this.savepoints[index]!;
    this.holdings.length = held;
    this.savepoints.length = index + 1;
    this.told.length = told;
    this.snapshot = snapshot;
    this.working = state;
    this.status = 'T';
  }

  /** @throws SqlError when there is no such savepoint */
  release(name: string): void {
    this.savepoints.length = this.find(name);
  }

  private find(name: string): number {
    const index = this.savepoints.map((savepoint) => savepoint.name).lastIndexOf(name);
    if (index < 0) throw new SqlError('3B001', `savepoint "${name}" does not exist`);
    return index;
  }

  /** What the future can depend on, for telling states of the world apart. */
  fingerprint(): string {
    const { status, level, snapshot, working, holdings } = this;
    const held = holdings.map(({ outcome, before }) => {
      if (outcome === null) return '*';
      const rows = outcome.touched.map(({ table, id }) => `${table}.${id}`);
      return `${before.fingerprint}>${outcome.state.fingerprint}:${rows.join()}`;
    });
    return [status + level[0]!, snapshot?.fingerprint, working?.fingerprint, ...held].join(' ');
  }
}

/** PostgreSQL locks the table; here that is everything. */
export function locksEverything({ kind, tag, locks, lockedTable }: Statement): boolean {
  return kind === 'schema' || tag === 'TRUNCATE TABLE' || (locks && lockedTable === null);
}

function isSame(a: Outcome, b: Outcome): boolean {
  if (a === b) return true;
  return a.error === null && a.rowCount === b.rowCount && JSON.stringify(a.rows) === JSON.stringify(b.rows);
}
