/**
 * The database of a world: takes queries, keeps sessions, and has one changing transaction of all processes at a time.
 *
 * - A change waits while a transaction of another process has changed or locked something, whichever rows (PostgreSQL: the
 *   same rows), and a BEGIN at the level SERIALIZABLE while there is another process's transaction that has or is at that
 *   level. Reading never waits.
 * - Two connections of one process do not wait for each other, and are checked against each other at COMMIT (`session.ts`).
 * - A connection that ends, with its process or without, takes its transaction with it.
 * - A statement outside of a transaction is a transaction.
 */
import type { Endpoint, Request } from '../simulation/network';
import { LATENCY_MS } from '../simulation/network';
import { CallEvent } from '../simulation/event-queue';
import type { Incarnation } from '../simulation/process';
import type { World } from '../simulation/world';
import { DatabaseJournal, outcomeOf, type Reading } from './journal';
import type { QueryAnswer, QueryRequest, StatementResult } from './protocol';
import { Session } from './session';
import { SqlError } from './sql/sql-error';
import { isOfThisTransaction } from './sql/isolation';
import type { Query, Statement, StatementKind } from './sql/statement';
import type { DatabaseState, DatabaseStore, Surroundings } from './store';

type QueryEvent = Request<QueryRequest, QueryAnswer>;

export class DatabaseServer implements Endpoint<QueryRequest, QueryAnswer> {
  committed: DatabaseState;
  private readonly sessions: Session[] = [];
  /** The session whose transaction others wait for. */
  private holder: Session | null = null;
  private readonly waiting: { readonly request: QueryEvent; readonly session: Session }[] = [];
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
    if (this.mustWait(session, query)) {
      this.waiting.push({ request, session });
      this.journal.waits(request, query.label, this.holder!.incarnation);
      return;
    }
    this.perform(request, session, query);
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
    return `${this.committed.fingerprint}/${sessions.sort().join()}/${this.waiting.length}/${this.draws}`;
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

  private mustWait(session: Session, { statements }: Query): boolean {
    const { holder } = this;
    if (session.status === 'E' || holder === null || holder.incarnation === session.incarnation) return false;
    const isAlone = session.status === 'I' && statements.length === 1;
    return statements.some(({ kind, locks, isolation }) => {
      if (kind === 'begin') return session.status === 'I' && (isolation ?? session.usualLevel) === 'serializable';
      const isChange = kind === 'write' || kind === 'schema' || kind === 'lock' || locks;
      return isChange && (holder.isBlocking || !isAlone);
    });
  }

  private perform(request: QueryEvent, session: Session, query: Query): void {
    const results: StatementResult[] = [];
    let error: SqlError | null = null;
    // Several statements in one text are one transaction, unless they say otherwise.
    const isImplicit = session.status === 'I' && query.statements.length > 1;
    if (isImplicit) this.begin(session, null);
    try {
      for (const statement of query.statements) results.push(this.step(request, session, statement));
      if (isImplicit && session.status === 'T' && !query.statements.some(({ kind }) => kind === 'begin'))
        this.commit(request, session);
    } catch (thrown) {
      error = asSqlError(thrown);
      session.fail();
      if (isImplicit && !query.statements.some(({ kind }) => kind === 'begin')) session.rollback();
    }
    if (session.isHolding) this.holder ??= session;
    this.answer(request, session, results, error, query.label);
    this.letGo(session);
  }

  private step(request: QueryEvent, session: Session, statement: Statement): StatementResult {
    const { kind, tag } = statement;
    const isEnd = kind === 'commit' || kind === 'rollback' || kind === 'rollback-to';
    if (session.status === 'E' && !isEnd)
      throw new SqlError('25P02', 'current transaction is aborted, commands ignored until end of transaction block');
    switch (kind) {
      case 'begin':
        if (session.status === 'I') this.begin(session, statement.isolation);
        else this.set(session, statement);
        return done('BEGIN');
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
        session.lock();
        return done(tag);
      case 'setting':
        this.set(session, statement);
        return done(tag);
      default:
        return this.execute(request, session, statement);
    }
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

  private execute(request: QueryEvent, session: Session, statement: Statement): StatementResult {
    const values = request.message.values ?? [];
    if (values.length !== statement.parameters) {
      const count = (n: number): string => `${n} parameter${n === 1 ? '' : 's'}`;
      const message = `bind message supplies ${count(values.length)}, but prepared statement "" requires ${statement.parameters}`;
      throw new SqlError('08P01', message);
    }
    const outcome = this.store.execute(session.view(this.committed), statement, values, this.surroundings(session));
    if (outcome.observesTime) this.world.observes.time = true;
    if (outcome.observesChance) {
      this.world.observes.chance = true;
      this.draws += 1;
    }
    if (outcome.error !== null) throw outcome.error;
    session.note(statement, values, outcome, this.committed);
    if (session.status === 'I') this.install(request, outcome.state);
    return { tag: statement.tag, rowCount: outcome.rowCount, columns: outcome.columns, rows: outcome.rows };
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
    this.letGo(session);
  }

  private disconnectAll(incarnation: Incarnation): void {
    for (const session of this.sessions) {
      if (session.incarnation === incarnation) this.disconnect(incarnation, session.number);
    }
  }

  /** The transaction of a session has ended: those who waited for it go on, in the order in which they came. */
  private letGo(session: Session): void {
    if (this.holder !== session || session.isHolding) return;
    this.holder = this.sessions.find(({ isClosed, isHolding }) => !isClosed && isHolding) ?? null;
    for (let [next] = this.waiting; next !== undefined; [next] = this.waiting) {
      const query = this.store.parse(next.request.message.text);
      if (this.mustWait(next.session, query)) return;
      this.waiting.shift();
      this.perform(next.request, next.session, query);
    }
  }

  private find(incarnation: Incarnation, number: number): Session | undefined {
    return this.sessions.find((session) => session.incarnation === incarnation && session.number === number);
  }
}

function done(tag: string): StatementResult {
  return { tag, rowCount: null, columns: [], rows: [] };
}

function asSqlError(error: unknown): SqlError {
  if (error instanceof SqlError) return error;
  throw error;
}
