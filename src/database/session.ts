/**
 * A session: one connection's transaction.
 *
 * READ COMMITTED, PostgreSQL's default: every statement sees what is committed when it begins. From its first change on the
 * transaction works on a state of its own, and the server keeps other processes' changes waiting.
 * SERIALIZABLE: it works on the state that it began with and remembers what it was told, so that COMMIT can see whether it
 * would have been told the same on what others have committed meanwhile.
 */
import type { Incarnation } from '../simulation/process';
import type { TransactionStatus } from './protocol';
import type { Isolation } from './sql/isolation';
import { SqlError } from './sql/sql-error';
import type { Statement } from './sql/statement';
import type { DatabaseState, DatabaseStore, Outcome, Parameter, Surroundings } from './store';

interface Told {
  readonly statement: Statement;
  readonly values: readonly Parameter[];
  readonly outcome: Outcome;
}

interface Savepoint {
  readonly name: string;
  readonly state: DatabaseState | null;
  readonly told: number;
}

export class Session {
  status: TransactionStatus = 'I';
  /** The virtual time that `now()` gives throughout a transaction. */
  startedAt = 0;
  isClosed = false;
  /** The level of the transactions to come, unless they name their own. */
  usualLevel: Isolation = 'read committed';
  private level: Isolation = 'read committed';
  /** It has changed or locked rows, or a table. */
  private hasLocked = false;
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
    return this.status !== 'I' && this.hasLocked;
  }

  /** Others' transactions have to wait for it, with what would have to be checked against it at COMMIT. */
  get isHolding(): boolean {
    return this.isBlocking || (this.status !== 'I' && this.level === 'serializable');
  }

  /** The state that its statements see. */
  view(committed: DatabaseState): DatabaseState {
    return this.working ?? committed;
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
  lock(): void {
    this.hasAsked = true;
    this.hasLocked = true;
  }

  /** A statement of its transaction has been carried out on what `committed` and its own changes are. */
  note(statement: Statement, values: readonly Parameter[], outcome: Outcome, committed: DatabaseState): void {
    if (this.status === 'I') return;
    this.hasAsked = true;
    const isChange = statement.kind !== 'read';
    // Rows are locked, not the places where rows could be: who finds nothing has locked nothing.
    if ((isChange || statement.locks) && outcome.rowCount !== 0) this.hasLocked = true;
    if (this.level === 'read committed') {
      if (!isChange || outcome.state === this.view(committed)) return;
      if (this.working === null) this.snapshot = committed;
    }
    this.told.push({ statement, values, outcome });
    this.working = outcome.state;
  }

  /** A statement has failed: until the end of the transaction nothing else is done. */
  fail(): void {
    if (this.status === 'T') this.status = 'E';
  }

  /** Ends without effect. */
  rollback(): void {
    this.status = 'I';
    this.level = this.usualLevel;
    this.hasLocked = false;
    this.hasAsked = false;
    this.snapshot = null;
    this.working = null;
    this.told = [];
    this.savepoints = [];
  }

  /**
   * Ends with effect. When others have committed since its state began, its statements are repeated on what they left; if
   * one would now have another outcome, the transaction cannot have happened at one moment. To a READ COMMITTED transaction
   * that happens only by another connection of its own process, whose changes do not wait.
   * @returns the state to be committed
   * @throws SqlError 40001
   */
  commit(committed: DatabaseState, store: DatabaseStore, surroundings: Surroundings): DatabaseState {
    const { snapshot, working, told } = this;
    this.rollback();
    if (working === null || working === snapshot) return committed;
    if (committed === snapshot) return working;
    let state = committed;
    for (const { statement, values, outcome } of told) {
      const now = store.execute(state, statement, values, surroundings);
      if (!isSame(now, outcome)) {
        throw new SqlError('40001', 'could not serialize access due to read/write dependencies among transactions', {
          hint: 'The transaction might succeed if retried.',
        });
      }
      state = now.state;
    }
    return state;
  }

  savepoint(name: string): void {
    this.savepoints.push({ name, state: this.working, told: this.told.length });
  }

  /** @throws SqlError when there is no such savepoint */
  rollbackTo(name: string): void {
    const index = this.find(name);
    const { state, told } = this.savepoints[index]!;
    this.savepoints.length = index + 1;
    this.told.length = told;
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

  /** What is left of it when its process is gone, for telling states of the world apart. */
  fingerprint(): string {
    return `${this.status}${this.level[0]}${this.hasLocked ? '!' : ''}${this.working?.fingerprint ?? ''}`;
  }
}

function isSame(a: Outcome, b: Outcome): boolean {
  if (a === b) return true;
  return a.error === null && a.rowCount === b.rowCount && JSON.stringify(a.rows) === JSON.stringify(b.rows);
}
