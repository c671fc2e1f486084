/** From PostgreSQL's words to SQLite's, for what both can do. */
import { lockingClause } from './isolation';
import { notSupported, SqlError } from './sql-error';
import { closing, isName, isSign, isWord, splitAtCommas, type Token } from './tokens';
import { TYPES, typeAt } from './types';

export interface SqliteText {
  readonly sql: string;
  readonly parameters: number;
  readonly arrays: ReadonlySet<number>;
  /** The row's number has been added as a last column of RETURNING. */
  readonly upserts: boolean;
  /** SELECT … FOR UPDATE from this table alone: the row's number has been added as a last column. */
  readonly lockedTable: string | null;
}

const MAX_PARAMETERS = 500;

export function toSqlite(tokens: readonly Token[]): SqliteText {
  const locked = lockedTable(tokens);
  const translation = new Translation(withoutLocking(tokens), locked?.from ?? -1);
  translation.all();
  let sql = translation.text();
  if (isWord(tokens[0], 'insert')) sql = disambiguate(sql, tokens);
  const upserts = tokens.some((token, index) => isWord(token, 'do') && isWord(tokens[index + 1], 'update'));
  // A row that is given twice has been written twice, which PostgreSQL refuses (21000).
  if (upserts) sql += tokens.some((token) => isWord(token, 'returning')) ? ' , rowid' : ' returning rowid';
  return {
    sql,
    parameters: translation.parameters,
    arrays: translation.arrays,
    upserts,
    lockedTable: locked?.name ?? null,
  };
}

/** The one table that a SELECT … FOR UPDATE reads, and the place of its FROM; null when it is not that simple. */
function lockedTable(tokens: readonly Token[]): { readonly name: string; readonly from: number } | null {
  if (lockingClause(tokens) < 0 || !isWord(tokens[0], 'select') || isWord(tokens[1], 'distinct')) return null;
  const depths = depthsOf(tokens);
  const from = tokens.findIndex((token, index) => depths[index] === 0 && isWord(token, 'from'));
  const name = tokens[from + 1];
  if (from < 0 || !isName(name)) return null;
  const end = tokens.findIndex(
    (token, index) => index > from && depths[index] === 0 && isWord(token, 'where', 'order', 'limit', 'offset', 'for'),
  );
  const alias = tokens.slice(from + 2, end).filter((token) => !isWord(token, 'as'));
  return alias.length <= 1 && alias.every(isName) ? { name: name!.value, from } : null;
}

function depthsOf(tokens: readonly Token[]): number[] {
  let depth = 0;
  return tokens.map((token) => {
    if (isSign(token, '(')) depth += 1;
    else if (isSign(token, ')')) depth -= 1;
    return depth;
  });
}

/** SQLite has no locks of rows; the server sees to them. */
function withoutLocking(tokens: readonly Token[]): readonly Token[] {
  const at = lockingClause(tokens);
  if (at < 0) return tokens;
  if (tokens.slice(at).some((token) => isWord(token, 'skip')))
    throw notSupported('SKIP LOCKED', 'choose rows by a condition, so that each process has its own');
  return tokens.slice(0, at);
}

/** `INSERT … SELECT … ON CONFLICT` needs a WHERE in SQLite, which could take ON for a join's. */
function disambiguate(sql: string, tokens: readonly Token[]): string {
  const has = (word: string): boolean => tokens.some((token) => isWord(token, word));
  return has('select') && has('conflict') && !has('where')
    ? sql.replace(/\bon conflict\b/, 'where true on conflict')
    : sql;
}

class Translation {
  parameters = 0;
  readonly arrays = new Set<number>();
  private readonly out: string[] = [];
  private at = 0;

  /** @param numbersAt place before which the row's number is to stand; -1 for none */
  constructor(
    private readonly tokens: readonly Token[],
    private readonly numbersAt = -1,
  ) {}

  text(): string {
    return this.out.join(' ');
  }

  all(): void {
    while (this.at < this.tokens.length) this.next();
  }

  private next(): void {
    const token = this.tokens[this.at]!;
    if (this.at === this.numbersAt) this.out.push(',', 'rowid');
    if (isSign(token, '::')) this.castPrevious();
    else if (isWord(token, 'any') && isSign(this.tokens[this.at + 1], '(')) this.anyOf();
    else if (isWord(token, 'cast')) this.cast();
    else this.copy(token);
  }

  private copy(token: Token): void {
    this.at += 1;
    switch (token.kind) {
      case 'parameter':
        this.out.push(this.parameter(token));
        return;
      case 'string':
        this.out.push(`'${token.value.replaceAll("'", "''")}'`);
        return;
      case 'quoted':
        this.out.push(`\`${token.value.replaceAll('`', '``')}\``);
        return;
      case 'word':
        this.out.push(this.word(token));
        return;
      default:
        this.out.push(token.text);
    }
  }

  private parameter(token: Token): string {
    const number = Number(token.value);
    if (number < 1 || number > MAX_PARAMETERS) throw new SqlError('42P02', `there is no parameter ${token.text}`);
    this.parameters = Math.max(this.parameters, number);
    return `?${number}`;
  }

  private word(token: Token): string {
    const previous = this.tokens[this.at - 2];
    if (token.value === 'current_timestamp') return 'now()';
    if (/^(rowid|oid|_rowid_|ctid)$/.test(token.value) && !isWord(previous, 'as'))
      throw new SqlError('42703', `column "${token.value}" does not exist`);
    if (token.value === 'ilike') throw notSupported('ILIKE', 'compare lower(a) LIKE lower(b)');
    if (token.value === 'interval') throw notSupported('INTERVAL', 'compute the time in the program and pass it');
    if (token.value === 'constraint' && isWord(previous, 'on'))
      throw notSupported('ON CONFLICT ON CONSTRAINT', 'name the columns: ON CONFLICT (id)');
    if (token.value === 'using' && isWord(this.tokens[0], 'delete'))
      throw notSupported('DELETE … USING', 'use a subquery: WHERE id IN (SELECT …)');
    return token.value;
  }

  /** `count(*)::int`, `$1::text`: the cast holds for the value right before it. */
  private castPrevious(): void {
    const { storage, length } = this.typeFrom(this.at + 1);
    const { out } = this;
    let start = out.length - 1;
    if (out[start] === ')') {
      for (let depth = 0; start >= 0; start -= 1) {
        if (out[start] === ')') depth += 1;
        else if (out[start] === '(' && (depth -= 1) === 0) break;
      }
      if (
        start > 0 &&
        /^[a-z_]\w*$/.test(out[start - 1]!) &&
        !/^(and|or|not|in|select|values|where)$/.test(out[start - 1]!)
      )
        start -= 1;
    } else if (out[start - 1] === '.') start -= 2;
    const operand = out.splice(Math.max(0, start)).join(' ');
    out.push(storage === null ? operand : `cast ( ${operand} as ${storage} )`);
    this.at += 1 + length;
  }

  private cast(): void {
    const open = this.at + 1;
    const close = closing(this.tokens, open);
    let as = close - 1;
    while (as > open && !isWord(this.tokens[as], 'as')) as -= 1;
    if (as === open) throw notSupported('this CAST', 'write CAST(value AS type)');
    const inner = new Translation(this.tokens.slice(open + 1, as));
    inner.all();
    this.parameters = Math.max(this.parameters, inner.parameters);
    const { storage } = this.typeFrom(as + 1);
    this.out.push('cast', '(', inner.text(), 'as', storage ?? 'TEXT', ')');
    this.at = close + 1;
  }

  /** @returns storage null for an array, whose cast says nothing to SQLite */
  private typeFrom(start: number): { storage: string | null; length: number } {
    const words = this.tokens.slice(start, start + 4).map(({ value }) => value);
    const type = typeAt(words);
    let length = type.length;
    if (isSign(this.tokens[start + length], '(')) length = closing(this.tokens, start + length) + 1 - start;
    if (isSign(this.tokens[start + length], '[')) return { storage: null, length: length + 2 };
    const { storage } = TYPES[type.name];
    return { storage: storage === 'INT' ? 'INTEGER' : storage, length };
  }

  /** `id = ANY($1)` with an array becomes `id IN (SELECT value FROM json_each(?1))`. */
  private anyOf(): void {
    const open = this.at + 1;
    const close = closing(this.tokens, open);
    const [parameter] = this.tokens.slice(open + 1, close);
    if (!isSign(this.tokens[this.at - 1], '=') || parameter?.kind !== 'parameter')
      throw notSupported('this use of ANY', 'write column = ANY($1) with an array as the parameter');
    this.out.pop();
    this.arrays.add(Number(parameter.value));
    this.out.push('in', '(', 'select', 'value', 'from', 'json_each', '(', this.parameter(parameter), ')', ')');
    this.at = close + 1;
  }
}

/** Items of a list at the top level of a statement, e.g. of SELECT: from `start` to one of `ends`. */
export function itemsFrom(tokens: readonly Token[], start: number, ends: readonly string[]): Token[][] {
  let depth = 0;
  let end = start;
  for (; end < tokens.length; end += 1) {
    const token = tokens[end]!;
    if (isSign(token, '(')) depth += 1;
    else if (isSign(token, ')')) depth -= 1;
    if (depth === 0 && isWord(token, ...ends)) break;
  }
  return splitAtCommas(tokens.slice(start, end));
}

/** Names that stand in the statement where a table may: used to look columns up, and to bound the work. */
export function namesIn(tokens: readonly Token[]): string[] {
  return tokens.filter(isName).map(({ value }) => value);
}
