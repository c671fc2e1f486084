/** SQL that wants out, or wants too much: refused in words, at once, and the database lives on. */
import { expect, it } from 'vitest';
import { run } from './world';

const HUGE = `[${Array.from({ length: 12 }, () => "'x'").join()}]`;

const CASES: readonly (readonly [string, string, RegExp])[] = [
  ["ATTACH DATABASE '/etc/passwd' AS secrets", '42601', /near "ATTACH"/],
  ['PRAGMA writable_schema = 1', '42601', /near "PRAGMA"/],
  ['DETACH main', '42601', /near "DETACH"/],
  ["SELECT load_extension('evil')", '0A000', /load_extension/],
  ['SELECT sqlite_version()', '0A000', /sqlite_version/],
  ['SELECT * FROM sqlite_master', '0A000', /sqlite_master/],
  ['SELECT * FROM `sqlite_master`', '42601', /near "`"/],
  ['SELECT * FROM "sqlite_master"', '0A000', /sqlite_master/],
  ["SELECT * FROM pragma_table_info('orders')", '0A000', /pragma_table_info/],
  ['SELECT zeroblob(1000000000)', '0A000', /zeroblob/],
  ["SELECT printf('%.*c', 900000000, 'x')", '0A000', /printf/],
  ["SELECT * FROM json_each('[1]')", '0A000', /json_each/],
  ["SELECT readfile('/etc/passwd')", '0A000', /readfile/],
  ["VACUUM INTO '/tmp/copy'", '0A000', /VACUUM/],
  ['CREATE TRIGGER t AFTER INSERT ON orders BEGIN SELECT 1; END', '0A000', /TRIGGER/],
  ['CREATE VIRTUAL TABLE t USING fts5(x)', '0A000', /VIRTUAL/],
  ['CREATE VIEW v AS SELECT 1', '0A000', /VIEW/],
  ['WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT * FROM n', '0A000', /RECURSIVE/],
  // SQLite takes a recursion without the word as well.
  ['WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n', '42P01', /relation "n"/],
  ['SELECT rowid FROM orders', '42703', /rowid/],
];

it.each(CASES)('%s', (sql, code, message) => {
  const { output } = run(`
    const error = await fails(pool.query(${JSON.stringify(sql)}));
    console.log(error.code, error.message);
    console.log((await pool.query('SELECT * FROM accounts')).rowCount);
  `);
  expect(output[0]).toMatch(new RegExp(`^${code} `));
  expect(output[0]).toMatch(message);
  expect(output[1]).toBe('2');
});

it('joins that could take for ever are refused by the number of their rows', () => {
  const { output } = run(`
    const values = Array.from({ length: 40 }, (_, index) => "('" + index + "', 'x')").join();
    await pool.query('INSERT INTO orders (id, customer) VALUES ' + values);
    for (const sql of [
      'SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e',
      'WITH a AS (SELECT 1 FROM orders, orders o), b AS (SELECT 1 FROM a, a x) SELECT count(*) FROM b, b y',
      'SELECT count(*) FROM (VALUES ' + Array.from({ length: 900 }, () => '(1)').join() + ') a, (VALUES ' + Array.from({ length: 900 }, () => '(1)').join() + ') b, (VALUES (1), (2)) c',
    ]) console.log((await fails(pool.query(sql))).code);
    console.log((await pool.query('SELECT count(*) FROM orders a JOIN orders b ON a.id = b.id')).rows[0].count);
  `);
  expect(output).toEqual(['54001', '54001', '54001', '40']);
});

it('huge results, texts and parameters are refused', () => {
  const { output } = run(`
    const values = Array.from({ length: 150 }, (_, index) => "('" + index + "', 'x')").join();
    await pool.query('INSERT INTO orders (id, customer) VALUES ' + values);
    console.log((await fails(pool.query('SELECT a.id FROM orders a, orders b'))).code);
    console.log((await fails(pool.query('SELECT 1 -- ' + 'x'.repeat(30000)))).code);
    console.log((await fails(pool.query('SELECT $1', ['x'.repeat(200000)]))).code);
    console.log((await fails(pool.query('SELECT $1', [new Uint8Array(3)]))).code);
    console.log((await fails(pool.query('SELECT $1', ['a\\0b']))).code, ${HUGE}.length);
  `);
  expect(output).toEqual(['54000', '54000', '54000', '0A000', '22021 12']);
});

it('tables that grow without end are full some time (53100), and hold what they held', () => {
  const { output } = run(`
    const rows = await pool.connect();
    await rows.query('CREATE TABLE many (n INTEGER)');
    await rows.query('INSERT INTO many VALUES (1)');
    let error;
    while (error === undefined) error = await rows.query('INSERT INTO many SELECT n FROM many').then(() => undefined, (e) => e);
    console.log(error.code, (await rows.query('SELECT count(*)::int AS n FROM many')).rows[0].n);
    await rows.query("CREATE TABLE long (t TEXT); INSERT INTO long VALUES ('0123456789')");
    error = undefined;
    while (error === undefined) error = await rows.query('UPDATE long SET t = t || t').then(() => undefined, (e) => e);
    console.log(error.code, (await rows.query('SELECT length(t) AS n FROM long')).rows[0].n);`);
  expect(output).toEqual(['53100 256', '53100 163840']);
});

it('texts that are made of texts that are made of texts end at a bound', () => {
  const nested = Array.from({ length: 12 }).reduce<string>(
    (inner) => `replace(${inner}, 'a', 'aaaaaaaaaa')`,
    "'aaaaaaaaaa'",
  );
  const chain = Array.from({ length: 20 }).reduce<string>(
    (inner) => `SELECT t || t AS t FROM (${inner}) AS u`,
    "SELECT 'aaaaaaaaaa' AS t",
  );
  const { output } = run(`
    for (const sql of ${JSON.stringify([`SELECT length(${nested})`, `SELECT length(t) FROM (${chain}) AS u`])})
      console.log((await fails(pool.query(sql))).code);
    console.log((await pool.query("SELECT replace('a-b-c', '-', '+') AS t")).rows[0].t);`);
  expect(output).toEqual(['54000', '54001', 'a+b+c']);
});
