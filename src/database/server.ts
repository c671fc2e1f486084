/**
 * The database of a world: takes queries, keeps sessions, and lets statements wait for each other.
 *
 * - A change waits while another transaction keeps from it what it would touch (`locks.ts`). Having waited, it is carried
 *   out on what was committed when it began, with the rows it waited for as they are now (PostgreSQL: EvalPlanQual).
 * - A BEGIN at the level SERIALIZABLE waits while another process's transaction has locks or is at that level. Two
 *   connections of one process do not wait for each other at that level, and are checked at COMMIT (`session.ts`).
 * - Reading never waits.
 * - A connection that ends, with its process or without, takes its transaction with it.
 * - A statement outside of a transaction is a transaction.
 */
import type { Endpoint } from '../simulation/network';
import { LATENCY_MS } from '../simulation/network';
import { CallEvent } from '../simulation/event-queue';
import type { Incarnation } from '../simulation/process';
import type { World } from '../simulation/world';
import { DatabaseJournal, outcomeOf, type Reading } from './journal';
import type { Row } from './changes';
import { keysOf, locksOf, rowName, ALL, type Locks } from './locks';
import type { QueryAnswer, QueryRequest, StatementResult } from './protocol';
import { locksEverything, Session } from './session';
import { SqlError } from './sql/sql-error';
import { isOfThisTransaction } from './sql/isolation';
import type { Query, Statement, StatementKind } from './sql/statement';
import type { DatabaseStore } from './store';
import type { DatabaseState, Outcome, Serials, Surroundings } from './state';
import { Blocked, done, type QueryEvent, type Wait, type Work } from './work';

const DEADLOCK_HINT = 'See server log for query details.';

export class DatabaseServer implements Endpoint<QueryRequest, QueryAnswer> {
  committed: DatabaseState;
  private readonly sessions: Session[] = [];
  /** In the order in which they came. */
  private readonly waiting: Work[] = [];
  private readonly journal: DatabaseJournal;
  /** Statements so far that have looked at chance. */
  private draws = 0;

  constructor(
    private readonly world: World,
    private readonly store: DatabaseStore,
    /** Lane and host name, e.g. `database`. */
    readonly name: string,
    reading: Reading,
  ) {
    this.committed = store.initial;
    this.journal = new DatabaseJournal(world, name, reading, store.initial);
  }

  /** A connection of a process has been made. */
  connect(incarnation: Incarnation, number: number): void {
    const session = new Session(incarnation, number);
    this.sessions.push(session);
    if (number === 1) incarnation.whenGone(() => this.disconnectAll(incarnation));
  }

  /** The connection is closing or broken; the database learns of it when everything sent before has arrived. */
  disconnect(incarnation: Incarnation, number: number): void {
    const session = this.find(incarnation, number);
    if (session !== undefined) this.world.schedule(new CallEvent(() => this.close(session)), LATENCY_MS);
  }

  /** Whether a query that is about to be sent can change what is committed (exploration.md c.3). */
  isMutating(incarnation: Incarnation, { connection, text }: QueryRequest): boolean {
    const session = this.find(incarnation, connection);
    if (session === undefined || session.status === 'E') return false;
    const kinds = this.kindsOf(text);
    const writes = kinds.includes('write') || kinds.includes('schema');
    if (kinds.includes('commit')) return writes || session.hasChanged;
    return writes && session.status === 'I' && !kinds.includes('begin');
  }

  private kindsOf(text: string): readonly StatementKind[] {
    try {
      return this.store.parse(text).statements.map(({ kind }) => kind);
    } catch (error) {
      asSqlError(error);
      return [];
    }
  }

  receive(request: QueryEvent): void {
    const { sender, message } = request;
    const session = this.find(sender, message.connection);
    if (session === undefined || session.isClosed) return;
    const query = this.parse(request, session);
    if (query === null) return;
    const isImplicit = session.status === 'I' && query.statements.length > 1;
    if (isImplicit) this.begin(session, null);
    this.perform({ request, session, query, isImplicit, results: [], wait: null });
  }

  /**
   * What the future can depend on, for telling states of the world apart.
   * @param crashing an incarnation that is taken to be gone
   */
  fingerprint(crashing: Incarnation | null): string {
    const open = this.sessions.filter(({ isClosed, status }) => !isClosed && status !== 'I');
    const sessions = open.map((session) => {
      const { incarnation } = session;
      return `${incarnation.isGone || incarnation === crashing ? '' : 'alive'}${session.fingerprint()}`;
    });
    const waiting = this.waiting.map(({ session, request, results, wait }) => {
      const { began, blocker } = wait!;
      const sessions = [session.fingerprint(), blocker.fingerprint()];
      return [...sessions, began.fingerprint, JSON.stringify(request.message), results.length].join(' ');
    });
    return `${this.committed.fingerprint}/${sessions.sort().join()}/${waiting.join()}/${this.draws}`;
  }

  private parse(request: QueryEvent, session: Session): Query | null {
    try {
      const query = this.store.parse(request.message.text);
      if (request.message.values !== null && query.statements.length > 1)
        throw new SqlError('42601', 'cannot insert multiple commands into a prepared statement');
      return query;
    } catch (error) {
      session.fail();
      this.answer(request, session, [], asSqlError(error), 'query');
      return null;
    }
  }

  private perform(work: Work): void {
    const { session, query, results, isImplicit } = work;
    let error: SqlError | null = null;
    try {
      while (results.length < query.statements.length) {
        const result = this.step(work, query.statements[results.length]!);
        if (result instanceof Blocked) {
          this.wait(work, result.wait);
          return;
        }
        work.wait = null;
        results.push(result);
      }
      if (isImplicit && session.status === 'T' && !query.statements.some(({ kind }) => kind === 'begin'))
        this.commit(work.request, session);
    } catch (thrown) {
      error = asSqlError(thrown);
      session.fail();
      if (isImplicit && !query.statements.some(({ kind }) => kind === 'begin')) session.rollback();
    }
    this.answer(work.request, session, results, error, query.label);
    this.letGo();
  }

  /** @throws SqlError 40P01 when everybody would wait for somebody, for ever */
  private wait(work: Work, wait: Wait): void {
    for (let next: Session | undefined = wait.blocker; next !== undefined;) {
      const current: Session = next;
      if (current === work.session) throw new SqlError('40P01', 'deadlock detected', { hint: DEADLOCK_HINT });
      next = this.waiting.find(({ session }) => session === current)?.wait?.blocker;
    }
    if (work.wait === null) this.journal.waits(work.request, work.query.label, wait.blocker.incarnation);
    work.wait = wait;
    this.waiting.push(work);
  }

  private step(work: Work, statement: Statement): StatementResult | Blocked {
    const { request, session } = work;
    const { kind, tag } = statement;
    const isEnd = kind === 'commit' || kind === 'rollback' || kind === 'rollback-to';
    if (session.status === 'E' && !isEnd)
      throw new SqlError('25P02', 'current transaction is aborted, commands ignored until end of transaction block');
    switch (kind) {
      case 'begin':
        return this.stepBegin(work, statement);
      case 'commit':
        if (session.status !== 'E') return (this.commit(request, session), done('COMMIT'));
        session.rollback();
        return done('ROLLBACK');
      case 'rollback':
        session.rollback();
        return done('ROLLBACK');
      case 'savepoint':
      case 'rollback-to':
      case 'release':
        return this.stepSavepoint(session, statement);
      case 'lock':
        if (session.status === 'I') throw new SqlError('25P01', 'LOCK TABLE can only be used in transaction blocks');
        return this.blockedBy(this.keeperOf(session, ALL), null) ?? (session.lock(this.committed), done(tag));
      case 'setting':
        this.set(session, statement);
        return done(tag);
      default:
        return this.execute(work, statement);
    }
  }

  private stepBegin({ session, isImplicit, results }: Work, statement: Statement): StatementResult | Blocked {
    const { isolation } = statement;
    const isFirst = session.status === 'I' || (isImplicit && results.length === 0);
    if (isFirst && (isolation ?? session.usualLevel) === 'serializable') {
      const blocker = this.sessions.find(
        ({ incarnation, isClosed, isHolding }) => incarnation !== session.incarnation && !isClosed && isHolding,
      );
      if (blocker !== undefined) return new Blocked({ began: this.committed, wanted: null, blocker });
    }
    if (session.status === 'I') this.begin(session, isolation);
    else this.set(session, statement);
    return done('BEGIN');
  }

  private begin(session: Session, level: Statement['isolation']): void {
    session.begin(this.committed, this.world.now, level);
  }

  private set(session: Session, { kind, tokens, isolation }: Statement): void {
    if (isolation === null) return;
    if (kind === 'begin' || isOfThisTransaction(tokens)) session.changeLevel(isolation, this.committed);
    else session.usualLevel = isolation;
  }

  private stepSavepoint(session: Session, { kind, tag, name }: Statement): StatementResult {
    if (session.status === 'I')
      throw new SqlError(
        '25P01',
        `${tag === 'ROLLBACK' ? 'ROLLBACK TO SAVEPOINT' : tag} can only be used in transaction blocks`,
      );
    if (kind === 'savepoint') session.savepoint(name);
    else if (kind === 'release') session.release(name);
    else session.rollbackTo(name);
    return done(tag);
  }

  private execute(work: Work, statement: Statement): StatementResult | Blocked {
    const { request, session } = work;
    const values = request.message.values ?? [];
    if (values.length !== statement.parameters) {
      const count = (n: number): string => `${n} parameter${n === 1 ? '' : 's'}`;
      const message = `bind message supplies ${count(values.length)}, but prepared statement "" requires ${statement.parameters}`;
      throw new SqlError('08P01', message);
    }
    const seen = session.view(this.committed, this.store);
    const now = statement.tag === 'INSERT' ? this.afterSerials(session, seen) : seen;
    const { before, outcome, state: made } = this.evaluate(work, statement, now);
    const state = made === now ? seen : made;
    const isChange = statement.kind !== 'read' || statement.locks;
    const blocked = isChange ? this.blocked(work, statement, before, outcome) : null;
    if (blocked !== null) return blocked;
    if (outcome.observesTime) this.world.observes.time = true;
    if (outcome.observesChance) {
      this.world.observes.chance = true;
      this.draws += 1;
    }
    if (outcome.error !== null) throw outcome.error;
    session.note({ statement, values, outcome }, before, state, this.committed);
    if (session.status === 'I') this.install(request, state);
    return { tag: statement.tag, rowCount: outcome.rowCount, columns: outcome.columns, rows: outcome.rows };
  }

  /** The state that a session sees, with the numbers that SERIAL columns have given to others passed over. */
  private afterSerials(session: Session, state: DatabaseState): DatabaseState {
    if (session.isSerializable) return state;
    const given = new Map<string, number>();
    for (const other of this.sessions) {
      const serials: Serials | null = other === session || other.isClosed ? null : other.serials;
      for (const [table, last] of serials ?? []) given.set(table, Math.max(last, given.get(table) ?? 0));
    }
    return given.size === 0 ? state : this.store.afterSerials(state, given);
  }

  /**
   * Carries a statement out. When it has waited, it sees what was committed when it began, but for the rows that it would
   * have touched and those with a key that it would have written, which are as they are now.
   * @returns the state that it was carried out on, and what it makes of `now`
   */
  private evaluate(
    { session, request, wait }: Work,
    statement: Statement,
    now: DatabaseState,
  ): { readonly before: DatabaseState; readonly outcome: Outcome; readonly state: DatabaseState } {
    const { store, committed } = this;
    const values = request.message.values ?? [];
    const carryOut = (before: DatabaseState): ReturnType<DatabaseServer['evaluate']> => {
      const outcome = store.execute(before, statement, values, this.surroundings(session));
      const state = outcome.error === null ? store.moved(before, outcome.state, now) : now;
      return { before, outcome, state: store.renumbered(now, state, committed) };
    };
    const wanted = wait?.wanted ?? null;
    if (wait === null || wanted === null || wait.began === committed || session.isSerializable) return carryOut(now);
    const interval = [wait.began, committed] as const;
    // The rows to be inserted were found before it waited: a key that is there by now is a violation.
    if (statement.tag === 'INSERT' && !statement.isConditional) {
      const found = carryOut(store.without(now, interval, () => false));
      if (found.outcome.error === null) return found;
    }
    const isSpared = (table: string, id: number, row: Row): boolean =>
      wanted.rows.has(rowName(table, id)) || keysOf(committed, table, row).some((key) => wanted.proposed.has(key));
    return carryOut(store.without(now, interval, isSpared));
  }

  private blocked(work: Work, statement: Statement, before: DatabaseState, outcome: Outcome): Blocked | null {
    const { session, wait } = work;
    if (!this.sessions.some((other) => other !== session && other.isBlocking)) return null;
    if (locksEverything(statement) || session.isSerializable) {
      const isNothing = statement.kind === 'read' && outcome.rowCount === 0;
      return isNothing ? null : this.blockedBy(this.keeperOf(session, ALL), null);
    }
    const wanted = locksOf(outcome, before, this.committed);
    return this.blockedBy(this.keeperOf(session, wanted), wanted, wait?.began);
  }

  private blockedBy(blocker: Session | undefined, wanted: Locks | null, began = this.committed): Blocked | null {
    return blocker === undefined ? null : new Blocked({ began, wanted, blocker });
  }

  /** The session that keeps from another one what it wants. */
  private keeperOf(session: Session, wanted: Locks): Session | undefined {
    return this.sessions.find((other) => {
      if (other === session || other.isClosed || !other.isBlocking) return false;
      const isChecked = other.isSerializable || session.isSerializable;
      return !(isChecked && other.incarnation === session.incarnation) && other.keeps(wanted);
    });
  }

  private surroundings(session: Session): Surroundings {
    return { now: session.status === 'I' ? this.world.now : session.startedAt, draw: this.draws };
  }

  private commit(request: QueryEvent, session: Session): void {
    this.install(request, session.commit(this.committed, this.store, this.surroundings(session)));
  }

  private install(request: QueryEvent, state: DatabaseState): void {
    if (state === this.committed) return;
    const before = this.committed;
    this.committed = state;
    this.journal.committed(request, before, state);
  }

  private answer(
    request: QueryEvent,
    session: Session,
    results: readonly StatementResult[],
    error: SqlError | null,
    label: string,
  ): void {
    const reported = error === null ? null : { code: error.code, message: error.message, ...error.fields };
    const outcome = this.world.recorder === null ? '' : outcomeOf(results, reported);
    this.journal.performed(request, label, outcome, reported);
    request.applied();
    this.journal.answered(request, label, outcome, reported);
    request.answer({ results, error: reported, status: session.status });
  }

  private close(session: Session): void {
    if (session.isClosed) return;
    session.isClosed = true;
    if (session.status !== 'I') this.journal.rolledBack(session.incarnation);
    session.rollback();
    const index = this.waiting.findIndex((entry) => entry.session === session);
    if (index >= 0) this.waiting.splice(index, 1);
    this.letGo();
  }

  private disconnectAll(incarnation: Incarnation): void {
    for (const session of this.sessions) {
      if (session.incarnation === incarnation) this.disconnect(incarnation, session.number);
    }
  }

  /** A transaction may have ended: those who waited for it go on, in the order in which they came. */
  private letGo(): void {
    for (const work of [...this.waiting]) {
      const index = this.waiting.indexOf(work);
      if (index < 0 || this.isStillBlocked(work)) continue;
      this.waiting.splice(index, 1);
      this.perform(work);
    }
  }

  private isStillBlocked({ session, wait }: Work): boolean {
    const { blocker, wanted } = wait!;
    if (blocker.isClosed) return false;
    return wanted === null ? blocker.isHolding : blocker.isBlocking && blocker.keeps(wanted) && blocker !== session;
  }

  private find(incarnation: Incarnation, number: number): Session | undefined {
    return this.sessions.find((session) => session.incarnation === incarnation && session.number === number);
  }
}

function asSqlError(error: unknown): SqlError {
  if (error instanceof SqlError) return error;
  throw error;
}
