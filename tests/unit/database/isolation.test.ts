/** Transactions of two processes: what each sees, and who waits for whom (PostgreSQL manual, chapter 13). */
import { describe, expect, it } from 'vitest';
import { outputOf, run, startProcess, startWorld } from './world';

/** Two processes with a `client` each; the second begins 100 ms after the first. */
function both(first: string, second: string): { readonly output: string[]; readonly waits: number } {
  const surroundings = startWorld();
  const program = (body: string): string => `import { Client } from 'pg';
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const code = (promise) => promise.then(() => 'done', (error) => error.code);
    const client = new Client();
    await client.connect();
    ${body}`;
  startProcess(surroundings, program(first), 1);
  startProcess(surroundings, program(`await sleep(100);${second}`), 2);
  for (let i = 0; i < 5000 && surroundings.world.step(); i += 1);
  const waits = surroundings.recorder.events.filter(({ kind }) => kind === 'transaction-waits').length;
  return { output: outputOf(surroundings.recorder), waits };
}

const ADD = 'await client.query("UPDATE accounts SET cents = cents + 1 WHERE id = \'bob\'");';
const SHOW = 'console.log((await client.query("SELECT cents FROM accounts WHERE id = \'bob\'")).rows[0].cents);';

/** Looks whether there is an order of carol, thinks, and makes one. */
const LOOK_THEN_INSERT = (id: string, look: string): string => `
  const { rowCount } = await client.query("${look}");
  await sleep(1000);
  if (rowCount === 0) await client.query("INSERT INTO orders (id, customer) VALUES ('${id}', 'carol')");
  console.log(rowCount, await code(client.query('COMMIT')));`;

describe('READ COMMITTED', () => {
  it('sees with every statement what others have committed', () => {
    const reader = `await client.query('BEGIN'); ${SHOW} await sleep(1000); ${SHOW}`;
    expect(both(reader, ADD).output).toEqual(['500', '501']);
  });

  it.each([
    ["await client.query('COMMIT');", '502'],
    ['process.exit(1);', '501'],
    ['await client.end();', '501'],
  ])('a change waits for the transaction of another process that has changed something, until %s', (ending, sum) => {
    const holder = `await client.query('BEGIN'); ${ADD} await sleep(1000); console.log('ends'); ${ending}`;
    expect(both(holder, `${ADD} console.log('changed'); ${SHOW}`)).toEqual({
      output: ['ends', 'changed', sum],
      waits: 1,
    });
    const inTransaction = `await client.query('BEGIN'); console.log('begun'); ${ADD} ${SHOW}`;
    expect(both(holder, inTransaction)).toEqual({ output: ['begun', 'ends', sum], waits: 1 });
  });

  it('an INSERT of a key that another process has inserted waits, and fails when that one commits (23505)', () => {
    const insert = 'client.query("INSERT INTO accounts VALUES (\'carol\', 0)")';
    const holder = `await client.query('BEGIN'); await ${insert}; await sleep(1000); await client.query('COMMIT');`;
    expect(both(holder, `console.log(await code(${insert}));`).output).toEqual(['23505']);
  });

  it('nobody waits for a transaction that has only looked, or changed nothing', () => {
    const idle = `await client.query('BEGIN'); ${SHOW} await client.query("DELETE FROM orders"); await sleep(1000);`;
    expect(both(`${idle} console.log('late');`, `${ADD} console.log('soon');`)).toEqual({
      output: ['500', 'soon', 'late'],
      waits: 0,
    });
  });

  it('two that look, find nothing and insert do both insert', () => {
    const look = "SELECT 1 FROM orders WHERE customer = 'carol'";
    const outcome = both(
      `await client.query('BEGIN'); ${LOOK_THEN_INSERT('1', look)}`,
      `await client.query('BEGIN'); ${LOOK_THEN_INSERT('2', look)}`,
    );
    expect(outcome.output).toEqual(['0 done', '0 done']);
  });

  it('FOR UPDATE locks the rows that it finds', () => {
    const program = `await client.query('BEGIN');
      const { rows } = await client.query("SELECT cents FROM accounts WHERE id = 'bob' FOR UPDATE");
      await sleep(1000);
      await client.query("UPDATE accounts SET cents = $1 WHERE id = 'bob'", [Number(rows[0].cents) + 1]);
      await client.query('COMMIT'); ${SHOW}`;
    expect(both(program, program)).toEqual({ output: ['501', '502'], waits: 1 });
  });

  it('FOR UPDATE locks nothing where it finds nothing', () => {
    const look = "SELECT 1 FROM orders WHERE customer = 'carol' FOR UPDATE";
    const outcome = both(
      `await client.query('BEGIN'); ${LOOK_THEN_INSERT('1', look)}`,
      `await client.query('BEGIN'); ${LOOK_THEN_INSERT('2', look)}`,
    );
    expect(outcome.output).toEqual(['0 done', '0 done']);
  });

  it('LOCK TABLE lets one in at a time', () => {
    const begin = "await client.query('BEGIN'); await client.query('LOCK TABLE orders IN EXCLUSIVE MODE');";
    const look = "SELECT 1 FROM orders WHERE customer = 'carol'";
    const outcome = both(begin + LOOK_THEN_INSERT('1', look), begin + LOOK_THEN_INSERT('2', look));
    expect(outcome.output).toEqual(['0 done', '1 done']);
  });
});

describe('SERIALIZABLE', () => {
  it.each([
    "await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');",
    "await client.query('START TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ WRITE');",
    "await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT 1');",
    "await client.query('BEGIN'); await client.query('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE');",
    "await client.query('SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE'); await client.query('BEGIN');",
    "await client.query(\"SET default_transaction_isolation = 'serializable'\"); await client.query('BEGIN');",
  ])('two that look, find nothing and insert do not both insert: %s', (begin) => {
    const look = "SELECT 1 FROM orders WHERE customer = 'carol'";
    const { output } = both(begin + LOOK_THEN_INSERT('1', look), begin + LOOK_THEN_INSERT('2', look));
    expect([
      ['0 done', '1 done'],
      ['0 done', '0 40001'],
    ]).toContainEqual(output);
  });
});

describe('what is asked of isolation', () => {
  it.each([
    ["await one.query('BEGIN ISOLATION LEVEL REPEATABLE READ')", '0A000'],
    ["await one.query('BEGIN ISOLATION LEVEL NONE')", '42601'],
    ["await one.query('LOCK TABLE orders')", '25P01'],
    ["await one.query('BEGIN'); await one.query('LOCK TABLE orders IN SHARE MODE')", '0A000'],
    [
      "await one.query('BEGIN'); await one.query('SELECT 1'); await one.query('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE')",
      '25001',
    ],
  ])('and cannot be had is refused: %s', (body, code) => {
    const { output } = run(
      `const one = await pool.connect(); try { ${body}; console.log('none'); } catch (error) { console.log(error.code); }`,
    );
    expect(output).toEqual([code]);
  });

  it('by an advisory lock is answered with the locks that there are', () => {
    const { output } = run("console.log((await fails(pool.query('SELECT pg_advisory_xact_lock(1)'))).message);");
    expect(output[0]).toContain('use LOCK TABLE, or SELECT … FOR UPDATE');
  });
});

describe('ON CONFLICT DO UPDATE', () => {
  it('that would write one row twice is refused and has no effect (21000)', () => {
    const { output } = run(`
      const upsert = "INSERT INTO accounts VALUES ('carol', 1), ('carol', 2) ON CONFLICT (id) DO UPDATE SET cents = EXCLUDED.cents";
      const error = await fails(pool.query(upsert));
      console.log(error.code, error.message);
      console.log((await fails(pool.query(upsert + ' RETURNING cents'))).code);
      console.log((await pool.query('SELECT id FROM accounts')).rowCount);`);
    expect(output).toEqual(['21000 ON CONFLICT DO UPDATE command cannot affect row a second time', '21000', '2']);
  });

  it('gives what RETURNING asks for, and nothing else', () => {
    const { output } = run(`
      const upsert = "INSERT INTO accounts VALUES ('alice', 1), ('carol', 2) ON CONFLICT (id) DO UPDATE SET cents = EXCLUDED.cents";
      const plain = await pool.query(upsert);
      console.log(plain.rowCount, plain.rows.length, plain.fields.length);
      const { rows, rowCount, fields } = await pool.query(upsert + ' RETURNING id, cents + 1 AS more');
      console.log(rowCount, JSON.stringify(rows), fields.map(({ name }) => name).join());`);
    expect(output).toEqual(['2 0 0', '2 [{"id":"alice","more":2},{"id":"carol","more":3}] id,more']);
  });
});
