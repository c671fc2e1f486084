/** What a statement is: read, write, or a step of a transaction; and its text for SQLite. */
import { checkNames } from './functions';
import { toSqlite } from './dialect';
import { checkLockMode, isolationOf, lockingClause, type Isolation } from './isolation';
import { notSupported, SqlError, syntaxError } from './sql-error';
import { createTable, type Table } from './create-table';
import { closing, isName, isSign, isWord, opening, tokenize, type Token } from './tokens';

export type StatementKind =
  | 'read'
  | 'write'
  | 'schema'
  | 'begin'
  | 'commit'
  | 'rollback'
  | 'savepoint'
  | 'rollback-to'
  | 'release'
  /** LOCK TABLE. */
  | 'lock'
  /** Without effect, but for the level of isolation. */
  | 'setting';

export interface Statement {
  readonly kind: StatementKind;
  /** Command tag of its result, e.g. `INSERT`. */
  readonly tag: string;
  readonly tokens: readonly Token[];
  /** Empty for what the server does by itself. */
  readonly sql: string;
  /** Highest number of a `$n`. */
  readonly parameters: number;
  /** Parameters that are arrays: `= ANY($1)`. */
  readonly arrays: ReadonlySet<number>;
  /** Name of the savepoint. */
  readonly name: string;
  /** The level of isolation that it asks for; null for none. */
  readonly isolation: Isolation | null;
  /** SELECT … FOR UPDATE: the rows that it gives are locked. */
  readonly locks: boolean;
  /** … of this table, and its SQLite text gives the row's number as a last column; null when there are several tables. */
  readonly lockedTable: string | null;
  /** INSERT … ON CONFLICT. */
  readonly isConditional: boolean;
  /** INSERT … ON CONFLICT DO UPDATE: its SQLite text gives the row's number as a last column. */
  readonly upserts: boolean;
  /** What a CREATE TABLE makes. */
  readonly table: Table | null;
}

/** A query text as a whole; PostgreSQL reads all of it before it does anything. */
export interface Query {
  readonly statements: readonly Statement[];
  /** Short, for traces: `INSERT INTO orders`. */
  readonly label: string;
}

const MAX_TEXT = 20_000;

/** @throws SqlError when the text is wrong, or asks for what labs do not have */
export function parseQuery(text: string): Query {
  if (text.length > MAX_TEXT) throw new SqlError('54000', `a query of more than ${MAX_TEXT} characters`);
  const statements = splitStatements(tokenize(text)).map(parseStatement);
  return { statements, label: labelOf(text) };
}

function labelOf(text: string): string {
  const words = text.trim().split(/\s+/).join(' ');
  return words.length <= 60 ? words : `${words.slice(0, 59)}…`;
}

function splitStatements(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    if (isSign(token, ';')) statements.push([]);
    else statements.at(-1)!.push(token);
  }
  return statements.filter(({ length }) => length > 0);
}

function parseStatement(tokens: readonly Token[]): Statement {
  const [first] = tokens;
  if (first === undefined || first.kind !== 'word') throw syntaxError(first?.text ?? null, first?.start);
  switch (first.value) {
    case 'select':
    case 'values':
      return data('read', 'SELECT', tokens);
    case 'with':
      return withQuery(tokens);
    case 'insert':
    case 'update':
    case 'delete':
      return data('write', first.value.toUpperCase(), tokens);
    case 'truncate':
      return { ...data('write', 'TRUNCATE TABLE', tokens), sql: truncate(tokens) };
    case 'create':
    case 'drop':
      return schema(first.value, tokens);
    default:
      return control(first, tokens);
  }
}

const REFUSED: Readonly<Record<string, string>> = {
  explain: 'there is no planner to ask',
  copy: 'use INSERT',
  alter: 'create the table as it has to be',
  grant: 'there is one user',
  revoke: 'there is one user',
  listen: 'messages come from Kafka here',
  notify: 'messages come from Kafka here',
  do: 'write the program in TypeScript',
  call: 'write the program in TypeScript',
  merge: 'use INSERT … ON CONFLICT',
  vacuum: 'there is nothing to clean',
  analyze: 'there is no planner to inform',
  declare: 'read the rows at once',
  fetch: 'read the rows at once',
  prepare: 'give the statement a name: client.query({ name, text, values })',
  show: 'the level of isolation is READ COMMITTED unless BEGIN asks for SERIALIZABLE; nothing else can be set',
};

const SETTINGS: readonly string[] = ['set', 'reset', 'discard'];

function control(first: Token, tokens: readonly Token[]): Statement {
  const word = first.value;
  const second = tokens[1];
  const step = (kind: StatementKind, tag: string, name = ''): Statement => ({ ...EMPTY, kind, tag, tokens, name });
  const isolated = (kind: StatementKind, tag: string): Statement => ({
    ...step(kind, tag),
    isolation: isolationOf(tokens),
  });
  if (word === 'begin') return isolated('begin', 'BEGIN');
  if (word === 'start' && isWord(second, 'transaction')) return isolated('begin', 'START TRANSACTION');
  if (word === 'commit' || word === 'end') return step('commit', 'COMMIT');
  if (word === 'rollback' || word === 'abort') {
    const to = tokens.findIndex((token) => isWord(token, 'to'));
    if (to < 0) return step('rollback', 'ROLLBACK');
    return step('rollback-to', 'ROLLBACK', tokens.at(-1)!.value);
  }
  if (word === 'savepoint' && second !== undefined) return step('savepoint', 'SAVEPOINT', second.value);
  if (word === 'release' && second !== undefined) return step('release', 'RELEASE', tokens.at(-1)!.value);
  if (word === 'lock') {
    checkLockMode(tokens);
    return step('lock', 'LOCK TABLE');
  }
  if (SETTINGS.includes(word)) return isolated('setting', word.toUpperCase());
  if (Object.hasOwn(REFUSED, word)) throw notSupported(word.toUpperCase(), REFUSED[word]!);
  const isSqlites = ['attach', 'detach', 'pragma', 'replace', 'reindex'].includes(word);
  throw syntaxError(first.text, first.start, isSqlites ? 'SQLite has this statement, PostgreSQL does not' : undefined);
}

const EMPTY: Statement = {
  kind: 'setting',
  tag: '',
  tokens: [],
  sql: '',
  parameters: 0,
  arrays: new Set(),
  name: '',
  isolation: null,
  locks: false,
  lockedTable: null,
  isConditional: false,
  upserts: false,
  table: null,
};

function data(kind: 'read' | 'write', tag: string, tokens: readonly Token[]): Statement {
  checkNames(tokens);
  const into = tokens.findIndex((token) => isWord(token, 'into'));
  if (kind === 'read' && into > 0) throw notSupported('SELECT … INTO', 'create the table and INSERT into it');
  const locks = lockingClause(tokens) >= 0;
  const isConditional = tag === 'INSERT' && tokens.some((token) => isWord(token, 'conflict'));
  return { ...EMPTY, kind, tag, tokens, locks, isConditional, ...toSqlite(tokens) };
}

/** Recursion could go on for ever, and nothing could stop it. */
function withQuery(tokens: readonly Token[]): Statement {
  if (isWord(tokens[1], 'recursive'))
    throw notSupported('WITH RECURSIVE', 'nothing here could end a recursion; loop in the program');
  refuseSelfReference(tokens);
  let depth = 0;
  let main: Token | undefined;
  for (const token of tokens) {
    if (isSign(token, '(')) depth += 1;
    else if (isSign(token, ')')) depth -= 1;
    const isVerb = isWord(token, 'insert', 'update', 'delete');
    if (isVerb && depth > 0 && !isWord(tokens[tokens.indexOf(token) - 1], 'for', 'on', 'do'))
      throw notSupported(`${token.text} inside WITH`, 'send it as a statement of its own');
    if (depth === 0 && main === undefined && (isVerb || isWord(token, 'select'))) main = token;
  }
  if (main === undefined) throw syntaxError(null);
  return main.value === 'select' ? data('read', 'SELECT', tokens) : data('write', main.value.toUpperCase(), tokens);
}

/** SQLite takes a query that reads from itself for a recursion also without the word; PostgreSQL does not know the name. */
function refuseSelfReference(tokens: readonly Token[]): void {
  tokens.forEach((token, index) => {
    if (!isWord(token, 'as') || !isSign(tokens[index + 1], '(')) return;
    const before = isSign(tokens[index - 1], ')') ? opening(tokens, index - 1) - 1 : index - 1;
    const name = tokens[before];
    if (!isName(name)) return;
    const body = tokens.slice(index + 1, closing(tokens, index + 1));
    const isRead = body.some((inner, at) => isName(inner) && inner.value === name!.value && !isSign(body[at + 1], '.'));
    if (isRead) throw new SqlError('42P01', `relation "${name!.value}" does not exist`);
  });
}

function truncate(tokens: readonly Token[]): string {
  const names = tokens.slice(isWord(tokens[1], 'table') ? 2 : 1);
  if (names.length !== 1) throw notSupported('TRUNCATE of several tables', 'truncate one after the other');
  return `DELETE FROM \`${names[0]!.value}\``;
}

function schema(verb: 'create' | 'drop', tokens: readonly Token[]): Statement {
  const what = isWord(tokens[1], 'unique') ? tokens[2] : tokens[1];
  if (what === undefined) throw syntaxError(null);
  const tag = `${verb.toUpperCase()} ${what.text.toUpperCase()}`;
  if (!isWord(what, 'table', 'index')) throw notSupported(tag, 'there are tables and indexes');
  checkNames(tokens);
  if (verb === 'create' && isWord(what, 'table')) {
    const { table, sql } = createTable(tokens);
    return { ...EMPTY, kind: 'schema', tag, tokens, sql, table };
  }
  return { ...EMPTY, kind: 'schema', tag, tokens, ...toSqlite(tokens.filter((token) => !isWord(token, 'cascade'))) };
}
