/** Transactions of one process: snapshots, savepoints, what a broken connection leaves (design.md §4). */
import { describe, expect, it } from 'vitest';
import { tablesOf } from '../../../src/database/journal';
import { NO_FAULTS, type Chooser, type SentRequest } from '../../../src/simulation/network';
import { run, type DatabaseRun } from './world';

const balances = ({ server }: Pick<DatabaseRun, 'server'>): unknown[] =>
  tablesOf(server.committed)['accounts']!.map(({ cents }) => cents);

/** Strikes at one query, counted from 1. */
function at(nth: number, when: 'onSend' | 'onEffect', choice: 'crash' | 'lose' | 'pause'): Chooser {
  let sent = 0;
  const strike = (request: SentRequest): ReturnType<Chooser['onSend']> =>
    request.kind === 'query' && request.nth === nth ? choice : 'default';
  return {
    ...NO_FAULTS,
    onSend: (request) => {
      if (request.kind === 'query') request.nth = sent += 1;
      return when === 'onSend' ? strike(request) : 'default';
    },
    onEffect: (request) => (when === 'onEffect' ? strike(request) : 'default'),
  };
}

const TRANSFER = `
  const client = await pool.connect();
  client.on('error', (error) => console.log('client', error.message));
  try {
    await client.query('BEGIN');
    await client.query("UPDATE accounts SET cents = cents - 100 WHERE id = 'alice'");
    await client.query("UPDATE accounts SET cents = cents + 100 WHERE id = 'bob'");
    await client.query('COMMIT');
    console.log('done');
  } catch (error) {
    console.log(error.message);
  }
`;

describe('a transaction', () => {
  it('is seen by others when it is committed, and not before', () => {
    expect(
      run(`
        const one = await pool.connect();
        await one.query('BEGIN');
        await one.query('DELETE FROM accounts');
        console.log((await one.query('SELECT * FROM accounts')).rowCount, (await pool.query('SELECT * FROM accounts')).rowCount);
        await one.query('COMMIT');
        console.log((await pool.query('SELECT * FROM accounts')).rowCount);
      `).output,
    ).toEqual(['0 2', '0']);
  });

  it('that has failed refuses everything until it ends (25P02), and COMMIT rolls it back', () => {
    expect(
      run(`
        const one = await pool.connect();
        await one.query('BEGIN');
        await one.query('DELETE FROM accounts');
        console.log((await fails(one.query('SELECT nope'))).code, (await fails(one.query('SELECT 1'))).code);
        console.log((await one.query('COMMIT')).command, (await pool.query('SELECT * FROM accounts')).rowCount);
      `).output,
    ).toEqual(['42703 25P02', 'ROLLBACK 2']);
  });

  it('goes back to a savepoint and on from there', () => {
    expect(
      run(`
        const one = await pool.connect();
        await one.query('BEGIN');
        await one.query("INSERT INTO orders (id, customer) VALUES ('1', 'x')");
        await one.query('SAVEPOINT here');
        console.log((await fails(one.query("INSERT INTO orders (id, customer) VALUES ('1', 'y')"))).code);
        await one.query('ROLLBACK TO SAVEPOINT here');
        await one.query("INSERT INTO orders (id, customer) VALUES ('2', 'y')");
        await one.query('COMMIT');
        console.log((await pool.query('SELECT id FROM orders ORDER BY id')).rows.map(({ id }) => id).join());
      `).output,
    ).toEqual(['23505', '1,2']);
  });

  it('that is serializable and cannot have happened at one moment is refused at COMMIT (40001)', () => {
    expect(
      run(`
        const one = await pool.connect();
        await one.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
        const { rows: [{ cents }] } = await one.query("SELECT cents FROM accounts WHERE id = 'bob'");
        await pool.query("UPDATE accounts SET cents = 1 WHERE id = 'bob'");
        await one.query("UPDATE accounts SET cents = $1 WHERE id = 'bob'", [Number(cents) + 5]);
        console.log((await fails(one.query('COMMIT'))).code);
        console.log((await pool.query("SELECT cents FROM accounts WHERE id = 'bob'")).rows[0].cents);
      `).output,
    ).toEqual(['40001', '1']);
  });

  it('of several statements in one text is all or nothing', () => {
    const outcome = run(`await fails(pool.query("DELETE FROM accounts; SELECT nope"));`);
    expect(balances(outcome)).toEqual([1000, 500]);
  });
});

describe('a connection that breaks', () => {
  it('before COMMIT arrives takes the transaction with it', () => {
    const outcome = run(TRANSFER, at(4, 'onSend', 'lose'));
    expect(outcome.output).toEqual(['client Connection terminated unexpectedly', 'Connection terminated unexpectedly']);
    expect(balances(outcome)).toEqual([1000, 500]);
  });

  it('after COMMIT leaves what was committed, and the program does not know', () => {
    const outcome = run(TRANSFER, at(4, 'onEffect', 'lose'));
    expect(outcome.output).toEqual(['client Connection terminated unexpectedly', 'Connection terminated unexpectedly']);
    expect(balances(outcome)).toEqual([900, 600]);
  });

  it('ends a process that does not listen for errors of a client it was lent', () => {
    const { incarnation, world } = run(TRANSFER.replace(/client\.on.*\n/, ''), at(4, 'onSend', 'lose'));
    expect(incarnation.isGone).toBe(true);
    expect(world.history.ends[0]?.error?.message).toBe('Connection terminated unexpectedly');
  });

  it('only rejects for pool.query, and the next query has a new connection', () => {
    const { output } = run(
      `console.log((await fails(pool.query('DELETE FROM accounts'))).message);
       console.log((await pool.query('SELECT * FROM accounts')).rowCount);`,
      at(1, 'onSend', 'lose'),
    );
    expect(output).toEqual(['Connection terminated unexpectedly', '2']);
  });
});

describe('a process that vanishes', () => {
  it('before COMMIT leaves nothing of its transaction', () => {
    expect(balances(run(TRANSFER, at(4, 'onSend', 'crash')))).toEqual([1000, 500]);
  });

  it('right after COMMIT leaves all of it', () => {
    expect(balances(run(TRANSFER, at(4, 'onEffect', 'crash')))).toEqual([900, 600]);
  });
});

it('statements, errors and tables are in the trace', () => {
  const { recorder } = run(`await fails(pool.query("INSERT INTO accounts VALUES ('alice', 1)"));
    await pool.query("INSERT INTO accounts VALUES ('carol', 1)");`);
  const statements = recorder.events.flatMap((event) =>
    event.kind === 'statement' ? [[event.code, event.outcome, event.line]] : [],
  );
  expect(statements.map(([code]) => code)).toEqual(['23505', null]);
  expect(statements[1]![1]).toBe('INSERT 1');
  const tables = recorder.events.flatMap((event) => (event.kind === 'table' ? [event.rows.length] : []));
  expect(tables).toEqual([0, 2, 0, 3]);
});
