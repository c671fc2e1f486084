/**
 * CREATE TABLE: what a table is, read from PostgreSQL's words, and the same table for SQLite.
 *
 * SQLite checks types only in STRICT tables and knows few of them, so ranges and forms become constraints, whose names
 * `errors.ts` turns back into PostgreSQL's errors.
 */
import { toSqlite } from './dialect';
import { notSupported, syntaxError } from './sql-error';
import { closing, isName, isSign, isWord, splitAtCommas, type Token } from './tokens';
import { TYPES, typeAt, type TypeName } from './types';

export interface Column {
  readonly name: string;
  readonly type: TypeName;
}

/** A PRIMARY KEY or UNIQUE constraint, by the name that PostgreSQL gives it. */
export interface UniqueKey {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly table: string;
}

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly keys: readonly UniqueKey[];
  readonly foreignKeys: readonly ForeignKey[];
}

/** Names of constraints that stand for a rule of a type: `type:int4:quantity`, `length:20:name`. */
const RULES: Readonly<Partial<Record<TypeName, (column: string) => string>>> = {
  bool: (column) => `${column} in (0, 1)`,
  int2: (column) => `${column} between -32768 and 32767`,
  int4: (column) => `${column} between -2147483648 and 2147483647`,
  uuid: (column) => `length(${column}) = 36 and ${column} not glob '*[^-0-9a-fA-F]*'`,
  json: (column) => `json_valid(${column})`,
  jsonb: (column) => `json_valid(${column})`,
};

export function createTable(tokens: readonly Token[]): { readonly table: Table; readonly sql: string } {
  const isConditional = isWord(tokens[2], 'if');
  const nameAt = isConditional ? 5 : 2;
  const name = tokens[nameAt];
  const open = nameAt + 1;
  if (!isName(name) || isWord(name, 'as')) throw syntaxError(name?.text ?? null, name?.start);
  if (!isSign(tokens[open], '(')) throw notSupported('this form of CREATE TABLE', 'write CREATE TABLE name (columns)');
  const close = closing(tokens, open);
  if (close < tokens.length - 1)
    throw notSupported(`${tokens[close + 1]!.text.toUpperCase()} after the columns`, 'leave it out');
  const builder = new TableBuilder(name!.value);
  for (const part of splitAtCommas(tokens.slice(open + 1, close))) builder.add(part);
  const condition = isConditional ? 'if not exists ' : '';
  return {
    table: builder.table,
    sql: `create table ${condition}${quoted(builder.table.name)} (${builder.sql()}) strict`,
  };
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

const COLUMN_CONSTRAINTS: readonly string[] = ['not', 'null', 'primary', 'unique', 'references', 'check', 'constraint'];

/** SQLite wants a default that is more than a literal in parentheses. */
function columnConstraints(tail: readonly Token[]): string {
  const start = tail.findIndex((token) => isWord(token, 'default'));
  if (start < 0) return toSqlite(tail).sql;
  let end = start + 2;
  while (end < tail.length && !isWord(tail[end], ...COLUMN_CONSTRAINTS)) end += 1;
  const expression = toSqlite(tail.slice(start + 1, end)).sql;
  return `${toSqlite(tail.slice(0, start)).sql} default (${expression}) ${toSqlite(tail.slice(end)).sql}`;
}

const TABLE_CONSTRAINTS: readonly string[] = ['constraint', 'primary', 'unique', 'foreign', 'check'];

class TableBuilder {
  private readonly parts: string[] = [];
  private readonly columns: Column[] = [];
  private readonly keys: UniqueKey[] = [];
  private readonly foreignKeys: ForeignKey[] = [];
  private readonly constraints: string[] = [];

  constructor(private readonly name: string) {}

  get table(): Table {
    const { name, columns, keys, foreignKeys } = this;
    return { name, columns, keys, foreignKeys };
  }

  /** SQLite wants the constraints behind all columns. */
  sql(): string {
    return [...this.parts, ...this.constraints].join(', ');
  }

  add(part: readonly Token[]): void {
    const [first] = part;
    if (first === undefined) throw syntaxError(')');
    if (part.some((token) => isWord(token, 'deferrable', 'deferred')))
      throw notSupported('a deferred constraint', 'constraints are checked by each statement');
    if (isWord(first, ...TABLE_CONSTRAINTS)) this.addConstraint(part);
    else this.addColumn(part);
  }

  private addColumn(part: readonly Token[]): void {
    const [nameToken, ...rest] = part;
    if (!isName(nameToken)) throw syntaxError(nameToken!.text, nameToken!.start);
    const name = nameToken!.value;
    const type = typeAt(rest.map(({ value }) => value));
    let at = type.length;
    let length: string | null = null;
    if (isSign(rest[at], '(')) {
      length = rest[at + 1]?.text ?? null;
      at = closing(rest, at) + 1;
    }
    const tail = rest.slice(at);
    const isIdentity = tail.some((token) => isWord(token, 'generated'));
    const isPrimary = tail.some((token) => isWord(token, 'primary'));
    this.columns.push({ name, type: type.name });
    if (type.isSerial || isIdentity) {
      if (!isPrimary) throw notSupported('a numbered column that is not the primary key', 'make it the PRIMARY KEY');
      this.keys.push({ name: `${this.name}_pkey`, columns: [name] });
      this.parts.push(`${quoted(name)} integer primary key autoincrement`);
      return;
    }
    this.noteKeys(name, tail);
    this.parts.push(
      `${quoted(name)} ${TYPES[type.name].storage} ${columnConstraints(tail)}${this.rules(name, type.name, length)}`,
    );
  }

  private rules(name: string, type: TypeName, length: string | null): string {
    const rule = RULES[type]?.(quoted(name));
    const ofType = rule === undefined ? '' : ` constraint \`type:${type}:${name}\` check (${rule})`;
    const isBounded = length !== null && type === 'varchar';
    return isBounded
      ? `${ofType} constraint \`length:${length}:${name}\` check (length(${quoted(name)}) <= ${Number(length)})`
      : ofType;
  }

  private noteKeys(column: string, tail: readonly Token[]): void {
    tail.forEach((token, index) => {
      if (isWord(token, 'primary')) this.keys.push({ name: `${this.name}_pkey`, columns: [column] });
      if (isWord(token, 'unique')) this.keys.push({ name: `${this.name}_${column}_key`, columns: [column] });
      if (isWord(token, 'references')) {
        const table = tail[index + 1]?.value ?? '';
        this.foreignKeys.push({ name: `${this.name}_${column}_fkey`, columns: [column], table });
      }
    });
  }

  private addConstraint(part: readonly Token[]): void {
    const isNamed = isWord(part[0], 'constraint');
    const body = isNamed ? part.slice(2) : part;
    const open = body.findIndex((token) => isSign(token, '('));
    const columns = body
      .slice(open + 1, closing(body, open))
      .filter(isName)
      .map(({ value }) => value);
    const name = (suffix: string): string => (isNamed ? part[1]!.value : `${this.name}_${suffix}`);
    if (isWord(body[0], 'primary')) this.keys.push({ name: name('pkey'), columns });
    if (isWord(body[0], 'unique')) this.keys.push({ name: name(`${columns.join('_')}_key`), columns });
    if (isWord(body[0], 'foreign')) {
      const references = body.findIndex((token) => isWord(token, 'references'));
      const table = body[references + 1]?.value ?? '';
      this.foreignKeys.push({ name: name(`${columns.join('_')}_fkey`), columns, table });
    }
    this.constraints.push(toSqlite(part).sql);
  }
}
