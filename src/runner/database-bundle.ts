/**
 * Builds the database script: SQLite (sql.js, WebAssembly) as one text, which hosts evaluate in the engine's realm for
 * labs that have a database, and only for those.
 *
 * WebAssembly and not sql.js's plain JavaScript: that is a third larger, takes three times as long until the first
 * statement has run, and would use up the time in which a first verdict has to be there.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { INTRINSICS } from './sqlite-realm';

export interface DatabaseBundle {
  readonly code: string;
  /** First 12 hex digits of the code's SHA-256. */
  readonly hash: string;
}

const DISTRIBUTION = path.resolve(__dirname, '../../node_modules/sql.js/dist');

/** Names of hosts that the loader looks for: it is to find none, and to work the same in all of them. */
const ABSENT = [
  'process',
  'require',
  'module',
  'exports',
  'define',
  'self',
  'window',
  'document',
  'setTimeout',
  'fetch',
];

export async function buildDatabase(): Promise<DatabaseBundle> {
  const [loader, bytes] = await Promise.all([
    readFile(path.join(DISTRIBUTION, 'sql-wasm.js'), 'utf8'),
    readFile(path.join(DISTRIBUTION, 'sql-wasm.wasm')),
  ]);
  const code =
    `__eo_database("${bytes.toString('base64')}",(globalThis,WebAssembly,crypto,performance,console,TextDecoder,Date,` +
    `${INTRINSICS.join(',')},${ABSENT.join(',')})=>{${loader}\nreturn initSqlJs;});\n`;
  return { code, hash: createHash('sha256').update(code).digest('hex').slice(0, 12) };
}
