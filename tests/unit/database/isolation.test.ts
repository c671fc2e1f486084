/** Transactions of two processes: what each sees, and who waits for whom (PostgreSQL manual, chapter 13). */
import { describe, expect, it } from 'vitest';
import { outputOf, run, startProcess, startWorld } from './world';

/** Two processes with a `client` each; the second begins 100 ms after the first. */
function runBoth(
  first: string,
  second: string,
): ReturnType<typeof startWorld> & { readonly output: string[]; readonly waits: number } {
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
  return { ...surroundings, output: outputOf(surroundings.recorder), waits };
}

function both(first: string, second: string): { readonly output: string[]; readonly waits: number } {
  const { output, waits } = runBoth(first, second);
  return { output, waits };
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

  it.each([
    "INSERT INTO orders (id, customer) SELECT $1, 'carol' WHERE NOT EXISTS (SELECT 1 FROM orders WHERE customer = 'carol')",
    "INSERT INTO orders (id, customer) VALUES ($1, 'carol')",
  ])('an INSERT waits for nobody whose keys are others, and does not see their rows: %s', (insert) => {
    const program = (id: string): string => `await client.query('BEGIN');
      const { rowCount } = await client.query(${JSON.stringify(insert)}, ['${id}']);
      const { rows } = await client.query("SELECT id FROM orders WHERE customer = 'carol'");
      await sleep(1000);
      await client.query('COMMIT');
      console.log(rowCount, rows.length, (await client.query('SELECT id FROM orders')).rowCount);`;
    expect(both(program('1'), program('2'))).toEqual({ output: ['1 1 1', '1 1 2'], waits: 0 });
  });

  it('a change of one row does not wait for a change of another', () => {
    const change = (id: string): string => `await client.query('BEGIN');
      await client.query("UPDATE accounts SET cents = cents + 1 WHERE id = '${id}'");
      await sleep(1000);
      await client.query('COMMIT');
      console.log((await client.query('SELECT cents FROM accounts ORDER BY id')).rows.map(({ cents }) => cents).join());`;
    expect(both(change('alice'), change('bob'))).toEqual({ output: ['1001,500', '1001,501'], waits: 0 });
  });

  it('an UPDATE that has waited sees its row as it is now, and other tables as they were when it began', () => {
    const first = `await client.query('BEGIN');
      await client.query("INSERT INTO orders (id, customer) VALUES ('1', 'carol')"); ${ADD}
      await sleep(1000);
      await client.query('COMMIT');`;
    const update = `UPDATE accounts SET cents = cents + 10 WHERE id = 'bob' AND NOT EXISTS (SELECT 1 FROM orders WHERE id = '1')`;
    const second = `console.log((await client.query("${update}")).rowCount);
      console.log((await client.query("${update}")).rowCount); ${SHOW}`;
    expect(both(first, second)).toEqual({ output: ['1', '0', '511'], waits: 1 });
  });

  it('an UPDATE that has waited looks at its row again, and may not want it any more', () => {
    const first = `await client.query('BEGIN'); ${ADD} await sleep(1000); await client.query('COMMIT');`;
    const update = 'UPDATE accounts SET cents = 0 WHERE cents = 500';
    expect(both(first, `console.log((await client.query("${update}")).rowCount); ${SHOW}`).output).toEqual([
      '0',
      '501',
    ]);
  });

  it('an INSERT whose rows were found before it waited fails where their key is there by now (23505)', () => {
    const first = `await client.query('BEGIN');
      await client.query("INSERT INTO orders (id, customer) VALUES ('1', 'carol')");
      await sleep(1000);
      await client.query('COMMIT');`;
    const insert =
      "INSERT INTO orders (id, customer) SELECT '1', 'dave' WHERE NOT EXISTS (SELECT 1 FROM orders WHERE id = '1')";
    expect(both(first, `console.log(await code(client.query("${insert}")));`)).toEqual({ output: ['23505'], waits: 1 });
    const conditional = `console.log(await code(client.query("${insert} ON CONFLICT DO NOTHING")));`;
    expect(both(first, conditional)).toEqual({ output: ['done'], waits: 1 });
  });

  it('a row that is deleted and inserted again is another row', () => {
    const again = `await client.query('BEGIN');
      const { rowCount } = await client.query("DELETE FROM accounts WHERE id = 'bob'");
      const inserted = await code(client.query("INSERT INTO accounts VALUES ('bob', 1)"));
      await sleep(1000);
      console.log(rowCount, inserted, await code(client.query('COMMIT')));`;
    expect(both(again, again).output).toEqual(['1 done done', '0 23505 done']);
  });

  it('SERIAL columns give different numbers to transactions that do not know each other', () => {
    const insert = (code: string): string => `await client.query('BEGIN');
      await client.query("INSERT INTO orders (id, customer) VALUES ('${code}', 'carol')");
      const { rows } = await client.query("INSERT INTO payments (order_id, code) VALUES ('${code}', '${code}') RETURNING id");
      await sleep(1000);
      console.log(rows[0].id, await code(client.query('COMMIT')));`;
    expect(both(insert('a'), insert('b'))).toEqual({ output: ['1 done', '2 done'], waits: 0 });
  });

  it('numbers that others have got make no difference to who inserts nothing', () => {
    const { world, server, output } = runBoth(
      `await client.query('BEGIN');
       await client.query("INSERT INTO orders (id, customer) VALUES ('a', 'carol')");
       await client.query("INSERT INTO payments (order_id) VALUES ('a')");
       await sleep(1000);`,
      `console.log((await client.query('SELECT id FROM payments')).rowCount);
       console.log((await client.query("INSERT INTO payments (order_id) SELECT id FROM orders")).rowCount);`,
    );
    expect(output).toEqual(['0', '0']);
    expect(world.history.changes).toBe(0);
    expect(server.committed.serials.size).toBe(0);
  });

  it('of two that wait for each other one is refused (40P01)', () => {
    const change = (one: string, other: string): string => `await client.query('BEGIN');
      await client.query("UPDATE accounts SET cents = cents + 1 WHERE id = '${one}'");
      await sleep(1000);
      const outcome = await code(client.query("UPDATE accounts SET cents = cents + 1 WHERE id = '${other}'"));
      console.log(outcome, (await client.query('COMMIT')).command);`;
    const { output } = both(change('alice', 'bob'), change('bob', 'alice'));
    expect(output).toEqual(['40P01 ROLLBACK', 'done COMMIT']);
  });

  it('two connections of one process wait for each other as well', () => {
    const { output } = run(`
      const [one, two] = [await pool.connect(), await pool.connect()];
      for (const client of [one, two]) await client.query('BEGIN');
      const add = (client) => client.query("UPDATE accounts SET cents = cents + 1 WHERE id = 'bob'");
      await add(one);
      const second = add(two).then(() => console.log('added'));
      console.log((await one.query('COMMIT')).command);
      await second;
      await two.query('COMMIT');
      console.log((await pool.query("SELECT cents FROM accounts WHERE id = 'bob'")).rows[0].cents);`);
    expect(output).toEqual(['COMMIT', 'added', '502']);
  });

  it('FOR UPDATE of one row keeps no other', () => {
    const first = `await client.query('BEGIN');
      await client.query("SELECT cents FROM accounts AS a WHERE a.id = 'alice' FOR UPDATE");
      await sleep(1000); console.log('late'); await client.query('COMMIT');`;
    expect(both(first, `${ADD} console.log('soon');`)).toEqual({ output: ['soon', 'late'], waits: 0 });
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
