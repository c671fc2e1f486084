/** The client: results, values and errors as `pg` has them (node-postgres 8, packages/pg and pg-pool). */
import { describe, expect, it } from 'vitest';
import { run } from './world';

function printed(body: string): string[] {
  return run(body).output;
}

describe('results', () => {
  it('have command, rowCount, rows and fields with the types’ numbers', () => {
    const [line] = printed(`
      const result = await pool.query('INSERT INTO orders (id, customer) VALUES ($1, $2) RETURNING *', ['1', 'x']);
      console.log(JSON.stringify([result.command, result.rowCount, result.rows, result.fields.map(({ name, dataTypeID }) => [name, dataTypeID])]));
    `);
    const fields = [
      ['id', 25],
      ['customer', 25],
      ['quantity', 23],
    ];
    expect(JSON.parse(line!)).toEqual(['INSERT', 1, [{ id: '1', customer: 'x', quantity: 1 }], fields]);
  });

  it('give bigint and count as text, booleans, dates and JSON as what they are', () => {
    const [line] = printed(`
      await pool.query("INSERT INTO orders (id, customer) VALUES ('1', 'x')");
      await pool.query("INSERT INTO payments (order_id, is_final, note) VALUES ('1', $1, $2)", [true, { a: [1] }]);
      const { rows: [row] } = await pool.query('SELECT is_final, note, paid_at, count(*), sum(id) AS total FROM payments');
      console.log(JSON.stringify([row.is_final, row.note, row.paid_at instanceof Date, row.count, row.total]));
      console.log(JSON.stringify((await pool.query('SELECT cents FROM accounts ORDER BY id')).rows));
    `);
    expect(JSON.parse(line!)).toEqual([true, { a: [1] }, true, '1', '1']);
  });

  it('count changed rows, and none where a conflict was passed over', () => {
    expect(
      printed(`
        const insert = 'INSERT INTO orders (id, customer) VALUES ($1, $2) ON CONFLICT DO NOTHING';
        console.log((await pool.query(insert, ['1', 'x'])).rowCount, (await pool.query(insert, ['1', 'y'])).rowCount);
        console.log((await pool.query('UPDATE accounts SET cents = cents + 1')).rowCount);
        console.log((await pool.query('BEGIN')).rowCount, (await pool.query('SELECT 1 WHERE false')).rows.length);
      `),
    ).toEqual(['1 0', '2', 'null 0']);
  });

  it('of several statements in one text come as a list; parameters allow one statement only', () => {
    expect(
      printed(`
        const results = await pool.query('SELECT 1 AS one; SELECT 2 AS two');
        console.log(JSON.stringify(results.map(({ rows }) => rows[0])));
        console.log((await fails(pool.query('SELECT $1; SELECT 2', [1]))).code);
        console.log((await fails(pool.query('SELECT $1', []))).code, (await fails(pool.query('SELECT 1', [1]))).message);
      `),
    ).toEqual([
      '[{"one":1},{"two":2}]',
      '42601',
      '08P01 bind message supplies 1 parameter, but prepared statement "" requires 0',
    ]);
  });

  it('bind parameters by their number, also out of order and as arrays', () => {
    expect(
      printed(`
        await pool.query('INSERT INTO orders (customer, id) VALUES ($2, $1), ($2, $3)', ['1', 'x', '2']);
        const { rows } = await pool.query({ text: 'SELECT id FROM orders WHERE id = ANY($1) ORDER BY id', values: [['2', '1', '9']], rowMode: 'array' });
        console.log(JSON.stringify(rows));
      `),
    ).toEqual(['[["1"],["2"]]']);
  });
});

describe('errors carry PostgreSQL’s codes', () => {
  const CASES: readonly (readonly [string, string, string])[] = [
    ["INSERT INTO accounts VALUES ('alice', 1)", '23505', 'accounts_pkey'],
    ["INSERT INTO payments (order_id) VALUES ('9')", '23503', 'payments_order_id_fkey'],
    ["INSERT INTO orders (id) VALUES ('3')", '23502', 'null value in column "customer" of relation "orders"'],
    ["INSERT INTO orders VALUES ('3', 'x', 0)", '23514', 'violates check constraint'],
    ["INSERT INTO orders VALUES ('3', 'x', 'many')", '22P02', 'invalid input syntax for type integer'],
    ["INSERT INTO orders VALUES ('3', 'x', 3000000000)", '22003', 'integer out of range'],
    ["UPDATE accounts SET cents = NULL WHERE id = 'bob'", '23502', 'cents'],
    ['SELEC 1', '42601', 'syntax error at or near "SELEC"'],
    ['SELECT (1', '42601', 'syntax error at end of input'],
    ['SELECT * FROM nowhere', '42P01', 'relation "nowhere" does not exist'],
    ['SELECT nope FROM orders', '42703', 'column "nope" does not exist'],
    ['SELECT "nope" FROM orders', '42703', 'column "nope" does not exist'],
    ['CREATE TABLE orders (id TEXT)', '42P07', 'relation "orders" already exists'],
    ['INSERT INTO orders (id) VALUES (1, 2)', '42601', 'INSERT has more expressions than target columns'],
    ['SELECT ? FROM orders', '42601', 'syntax error at or near "?"'],
    ["SELECT 'open", '42601', 'unterminated quoted string'],
  ];
  it.each(CASES)('%s: %s', (sql, code, words) => {
    const [line] = printed(`
      const error = await fails(pool.query(${JSON.stringify(sql)}));
      console.log(error instanceof DatabaseError, error.code, error.name, error.message, error.constraint);
    `);
    expect(line).toMatch(new RegExp(`^true ${code} error `));
    expect(line).toContain(words);
  });
});

describe('connections', () => {
  it('to another host fail as they do in Node', () => {
    expect(
      printed(`
        console.log((await fails(new Client({ host: 'elsewhere' }).connect())).code);
        console.log((await fails(new Client('postgres://localhost/shop').connect())).code);
      `),
    ).toEqual(['ENOTFOUND', 'ECONNREFUSED']);
  });

  it('of a pool are used again, and an ended pool gives none', () => {
    expect(
      printed(`
        await pool.query('SELECT 1');
        await pool.query('SELECT 1');
        console.log(pool.totalCount, pool.idleCount);
        await Promise.all([pool.query('SELECT 1'), pool.query('SELECT 1')]);
        console.log(pool.totalCount);
        await pool.end();
        console.log((await fails(pool.query('SELECT 1'))).message);
      `),
    ).toEqual(['1 1', '2', 'Cannot use a pool after calling end on the pool']);
  });

  it('that are all lent are waited for, which the trace says', () => {
    const { output, recorder } = run(`
      const small = new Pool({ max: 2 });
      const [first] = await Promise.all([small.connect(), small.connect()]);
      const third = small.connect();
      console.log(small.waitingCount);
      setTimeout(() => first.release(), 5);
      await third;
      console.log(small.waitingCount, performance.now());`);
    expect(output).toEqual(['1', '0 7']);
    const waits = recorder.events.filter(({ kind }) => kind === 'pool-exhausted');
    expect(waits).toMatchObject([{ lane: 'program', connections: 2, line: 7 }]);
  });

  it('given back twice are an error, and a client that has ended takes no query', () => {
    expect(
      printed(`
        const lent = await pool.connect();
        lent.release();
        try { lent.release(); } catch (error) { console.log(error.message); }
        const client = new Client();
        await client.connect();
        await client.end();
        console.log((await fails(client.query('SELECT 1'))).message);
      `),
    ).toEqual([
      'Release called on client which has already been released to the pool.',
      'Client was closed and is not queryable',
    ]);
  });

  it('let the process end when all are closed', () => {
    expect(run('await pool.query("SELECT 1"); await pool.end();').incarnation.isGone).toBe(true);
    expect(run('const client = new Client(); await client.connect();').incarnation.isGone).toBe(false);
  });
});
