/**
 * Random transactions of several connections against a model of a few lines: maps that are copied. The store that
 * remembers has to give what SQLite gives when it is asked each time.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sqlite } from '../../../src/database/sqlite';
import type { DatabaseState, Outcome } from '../../../src/database/state';
import { DatabaseStore } from '../../../src/database/store';
import '../../fixtures/sqlite';
import { run } from './world';

type Step =
  | { readonly kind: 'begin' | 'commit' | 'rollback' | 'read'; readonly connection: number }
  | { readonly kind: 'add'; readonly connection: number; readonly account: 'alice' | 'bob'; readonly cents: number }
  | { readonly kind: 'insert'; readonly connection: number; readonly account: string };

const connection = fc.nat(1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('begin' as const, 'commit' as const, 'rollback' as const, 'read' as const),
    connection,
  }),
  fc.record({
    kind: fc.constant('add' as const),
    connection,
    account: fc.constantFrom('alice' as const, 'bob' as const),
    cents: fc.integer({ min: -9, max: 9 }),
  }),
  fc.record({ kind: fc.constant('insert' as const), connection, account: fc.constantFrom('alice', 'carol', 'dave') }),
);

interface ModelSession {
  /** Changes to be repeated at COMMIT; null outside of a transaction. */
  log: { readonly step: Step; readonly result: string }[] | null;
  view: Map<string, number>;
  hasFailed: boolean;
}

class Model {
  committed = new Map([
    ['alice', 1000],
    ['bob', 500],
  ]);
  private readonly sessions: ModelSession[] = [0, 1].map(() => ({ log: null, view: new Map(), hasFailed: false }));

  perform(next: Step): string {
    const session = this.sessions[next.connection]!;
    if (next.kind === 'begin') return this.begin(session);
    if (next.kind === 'commit') return this.commit(session);
    if (next.kind === 'rollback') return this.end(session, 'ROLLBACK');
    if (session.hasFailed) return '25P02';
    const target = session.log === null ? this.committed : session.view;
    const result = change(target, next);
    if (session.log === null) return result;
    if (result === '23505') session.hasFailed = true;
    else session.log.push({ step: next, result });
    return result;
  }

  private begin(session: ModelSession): string {
    if (session.hasFailed) return '25P02';
    if (session.log !== null) return 'BEGIN';
    session.log = [];
    session.view = new Map(this.committed);
    return 'BEGIN';
  }

  /** At one moment: now. */
  private commit(session: ModelSession): string {
    if (session.log === null || session.hasFailed) return this.end(session, session.hasFailed ? 'ROLLBACK' : 'COMMIT');
    const log = session.log;
    const isReading = log.every(({ step, result }) => step.kind === 'read' || result.endsWith(' 0') || isZero(step));
    const after = new Map(this.committed);
    const isSame = log.every(({ step, result }) => change(after, step) === result);
    if (isSame) this.committed = after;
    return this.end(session, isSame || isReading ? 'COMMIT' : '40001');
  }

  private end(session: ModelSession, result: string): string {
    session.log = null;
    session.hasFailed = false;
    return result;
  }
}

/** Adding nothing changes nothing. */
function isZero(next: Step): boolean {
  return next.kind === 'add' && next.cents === 0;
}

function change(accounts: Map<string, number>, next: Step): string {
  if (next.kind === 'read') return [...accounts].sort().flat().join();
  if (next.kind === 'insert') {
    if (accounts.has(next.account)) return '23505';
    accounts.set(next.account, 0);
    return 'INSERT 1';
  }
  if (next.kind !== 'add') return '';
  accounts.set(next.account, accounts.get(next.account)! + next.cents);
  return 'UPDATE 1';
}

function sqlOf(next: Step): string {
  switch (next.kind) {
    case 'read':
      return 'SELECT id, cents FROM accounts ORDER BY id';
    case 'insert':
      return `INSERT INTO accounts VALUES ('${next.account}', 0)`;
    case 'add':
      return `UPDATE accounts SET cents = cents + ${next.cents} WHERE id = '${next.account}'`;
    case 'begin':
      return 'BEGIN ISOLATION LEVEL SERIALIZABLE';
    default:
      return next.kind.toUpperCase();
  }
}

it('two serializable connections of a process see what a model of snapshots and serial commits says', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      const model = new Model();
      const expected = steps.map((next) => model.perform(next));
      const { output } = run(`
        const clients = [new Client(), new Client()];
        for (const client of clients) await client.connect();
        for (const [connection, sql] of ${JSON.stringify(steps.map((next) => [next.connection, sqlOf(next)]))}) {
          try {
            const { command, rowCount, rows } = await clients[connection].query(sql);
            if (command === 'SELECT') console.log(rows.map(({ id, cents }) => id + ',' + cents).join());
            else console.log(rowCount === null ? command : command + ' ' + rowCount);
          } catch (error) {
            console.log(error.code);
          }
        }
      `);
      expect(output).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});

it('what is remembered is what SQLite answers when it is asked each time', () => {
  const schema =
    "CREATE TABLE accounts (id TEXT PRIMARY KEY, cents INTEGER NOT NULL); INSERT INTO accounts VALUES ('alice', 1), ('bob', 2)";
  const remembering = new DatabaseStore(sqlite(), schema);
  const asking = new DatabaseStore(sqlite(), schema, false);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(5), step), { maxLength: 12 }), (steps) => {
      // Statements on any of the states that came up so far, as a search asks for them.
      const states: [DatabaseState, DatabaseState][] = [[remembering.initial, asking.initial]];
      for (const [index, next] of steps) {
        const sql = sqlOf(
          next.kind === 'begin' || next.kind === 'commit' || next.kind === 'rollback'
            ? { kind: 'read', connection: 0 }
            : next,
        );
        const [known, asked] = states[index % states.length]!;
        const outcomes = [
          [remembering, known],
          [asking, asked],
        ].map(([store, state]) =>
          (store as DatabaseStore).execute(
            state as DatabaseState,
            (store as DatabaseStore).parse(sql).statements[0]!,
            [],
            { now: 0, draw: 0 },
          ),
        );
        const [a, b] = outcomes;
        expect([a!.rows, a!.rowCount, a!.error?.code, a!.state.fingerprint]).toEqual([
          b!.rows,
          b!.rowCount,
          b!.error?.code,
          b!.state.fingerprint,
        ]);
        states.push([a!.state, b!.state]);
      }
    }),
    { numRuns: 150 },
  );
  expect(remembering.asked).toBeLessThan(asking.asked);
});

describe('changes that are carried over to what others have committed', () => {
  const schema =
    "CREATE TABLE accounts (id TEXT PRIMARY KEY, cents INTEGER NOT NULL); INSERT INTO accounts VALUES ('alice', 1), ('bob', 2)";
  const store = new DatabaseStore(sqlite(), schema);
  const after = (state: DatabaseState, sql: string): Outcome =>
    store.execute(state, store.parse(sql).statements[0]!, [], { now: 0, draw: 0 });
  const add = (account: string, cents: number): string =>
    `UPDATE accounts SET cents = cents + ${cents} WHERE id = '${account}'`;
  const insert = (account: string): string => `INSERT INTO accounts VALUES ('${account}', 0)`;

  it('come to what they would have come to behind the others', () => {
    const ofOne = fc.oneof(
      fc.integer().map((cents) => add('alice', cents)),
      fc.constantFrom('c', 'd').map(insert),
    );
    const ofOther = fc.oneof(
      fc.integer().map((cents) => add('bob', cents)),
      fc.constantFrom('e', 'f').map(insert),
    );
    fc.assert(
      fc.property(fc.uniqueArray(ofOne, { maxLength: 4 }), fc.uniqueArray(ofOther, { maxLength: 4 }), (own, others) => {
        const perform = (state: DatabaseState, sql: string): DatabaseState => after(state, sql).state;
        const [mine, theirs] = [own.reduce(perform, store.initial), others.reduce(perform, store.initial)];
        const expected = own.reduce(perform, theirs);
        expect(store.moved(store.initial, mine, theirs).fingerprint).toBe(expected.fingerprint);
      }),
      { numRuns: 100 },
    );
  });

  it('are refused where others have changed the same rows (40001) or written the same keys (23505)', () => {
    const moved = (own: string, others: string): unknown =>
      store.moved(store.initial, after(store.initial, own).state, after(store.initial, others).state);
    expect(() => moved(add('bob', 1), add('bob', 2))).toThrow(expect.objectContaining({ code: '40001' }));
    expect(() => moved("INSERT INTO accounts VALUES ('c', 1)", insert('c'))).toThrow(
      expect.objectContaining({ code: '23505' }),
    );
    expect(after(store.initial, 'SELECT id FROM accounts').rows).toEqual([['alice'], ['bob']]);
  });

  it('are not taken for rows that a statement has touched', () => {
    const own = after(store.initial, add('alice', 100));
    const others = after(store.initial, add('bob', 100));
    store.moved(store.initial, own.state, others.state);
    expect(others.touched).toEqual([{ table: 'accounts', id: 2 }]);
  });
});
