/**
 * Names and types of the columns of a result. SQLite tells neither PostgreSQL's names of expressions nor declared types,
 * and clients depend on both: `count(*)` is called `count` and is a text in JavaScript, because it is a bigint.
 */
import type { Catalog } from './errors';
import type { Column } from './create-table';
import { itemsFrom, namesIn } from './dialect';
import type { Statement } from './statement';
import { closing, isName, isSign, isWord, lastIndex, type Token } from './tokens';
import { typeAt, type TypeName } from './types';

export interface ResultColumn {
  readonly name: string;
  /** Null where only the value tells. */
  readonly type: TypeName | null;
}

/** @param sqliteNames what SQLite calls them, which is right for all that are not expressions */
export function resultColumns(
  statement: Statement,
  catalog: Catalog,
  sqliteNames: readonly string[],
): readonly ResultColumn[] {
  const scope = new Scope(statement.tokens, catalog);
  const columns = scope.items().flatMap((item) => scope.columnsOf(item));
  if (columns.length === sqliteNames.length) return columns;
  return sqliteNames.map((name) => ({ name, type: scope.typeOf(name) }));
}

const AFTER_LIST: readonly string[] = ['from', 'where', 'group', 'order', 'limit', 'union', 'except', 'intersect'];

class Scope {
  /** Tables in the order of their first mention, by table name and by alias. */
  private readonly tables: { readonly name: string; readonly columns: readonly Column[] }[] = [];

  constructor(
    private readonly tokens: readonly Token[],
    catalog: Catalog,
  ) {
    for (const name of new Set(namesIn(tokens))) {
      const table = catalog.get(name);
      if (table === undefined) continue;
      const { columns } = table;
      this.tables.push({ name, columns });
      tokens.forEach((token, index) => {
        if (!isName(token) || token.value !== name) return;
        const next = tokens[index + 1];
        const alias = isWord(next, 'as') ? tokens[index + 2] : next;
        if (isName(alias) && !catalog.has(alias!.value)) this.tables.push({ name: alias!.value, columns });
      });
    }
  }

  /** What SELECT or RETURNING lists. */
  items(): Token[][] {
    let depth = 0;
    for (let i = 0; i < this.tokens.length; i += 1) {
      const token = this.tokens[i];
      if (isSign(token, '(')) depth += 1;
      else if (isSign(token, ')')) depth -= 1;
      const isWriting = isWord(this.tokens[0], 'insert', 'update', 'delete');
      if (depth === 0 && isWord(token, isWriting ? 'returning' : 'select')) {
        const start = isWord(this.tokens[i + 1], 'distinct', 'all') ? i + 2 : i + 1;
        return itemsFrom(this.tokens, start, AFTER_LIST);
      }
    }
    return [];
  }

  columnsOf(item: readonly Token[]): ResultColumn[] {
    const isStar = isSign(item.at(-1), '*') && (item.length === 1 || (item.length === 3 && isSign(item[1], '.')));
    if (isStar) {
      const table = item.length === 3 ? this.tables.find(({ name }) => name === item[0]!.value) : this.tables[0];
      return (table?.columns ?? []).map(({ name, type }) => ({ name, type }));
    }
    const { expression, alias } = withoutAlias(item);
    return [{ name: alias ?? nameOf(expression), type: this.typeOfExpression(expression) }];
  }

  typeOf(column: string, table?: string): TypeName | null {
    for (const { name, columns } of this.tables) {
      if (table !== undefined && name !== table) continue;
      const found = columns.find((entry) => entry.name === column);
      if (found !== undefined) return found.type;
    }
    return null;
  }

  private typeOfExpression(expression: readonly Token[]): TypeName | null {
    const [first, second, third] = expression;
    if (first === undefined) return null;
    const cast = lastIndex(expression, (token) => isSign(token, '::'));
    if (cast > 0) return typeAt(expression.slice(cast + 1).map(({ value }) => value)).name;
    if (isWord(first, 'cast')) {
      const as = lastIndex(expression, (token) => isWord(token, 'as'));
      return as < 0 ? null : typeAt(expression.slice(as + 1).map(({ value }) => value)).name;
    }
    if (isWord(first, 'true', 'false', 'not', 'exists')) return 'bool';
    if (expression.length === 1 && isName(first)) return this.typeOf(first.value);
    if (expression.length === 3 && isSign(second, '.')) return this.typeOf(third!.value, first.value);
    if (isSign(second, '(') && closing(expression, 1) === expression.length - 1)
      return this.typeOfCall(first.value, expression.slice(2, -1));
    if (expression.some((token) => ['=', '<>', '!=', '<', '>', '<=', '>='].some((sign) => isSign(token, sign))))
      return isWord(first, 'case') ? null : 'bool';
    return null;
  }

  private typeOfCall(name: string, content: readonly Token[]): TypeName | null {
    switch (name) {
      case 'count':
      case 'sum':
      case 'row_number':
      case 'rank':
      case 'dense_rank':
        return 'int8';
      case 'now':
        return 'timestamptz';
      case 'gen_random_uuid':
        return 'uuid';
      case 'min':
      case 'max':
      case 'abs':
      case 'coalesce': {
        const comma = content.findIndex((token) => isSign(token, ','));
        return this.typeOfExpression(comma < 0 ? content : content.slice(0, comma));
      }
      default:
        return null;
    }
  }
}

function withoutAlias(item: readonly Token[]): { expression: readonly Token[]; alias: string | null } {
  const last = item.at(-1);
  if (item.length > 2 && isName(last) && isWord(item.at(-2), 'as'))
    return { expression: item.slice(0, -2), alias: last!.value };
  const before = item.at(-2);
  const isBare = isName(last) && (isName(before) || isSign(before, ')')) && !isWord(last, 'end', 'null');
  const isOperator = isWord(before, 'and', 'or', 'not', 'is', 'like', 'in', 'distinct', 'else', 'then', 'when', 'case');
  if (item.length > 1 && isBare && !isOperator) return { expression: item.slice(0, -1), alias: last!.value };
  return { expression: item, alias: null };
}

/** What PostgreSQL calls an expression without alias. */
function nameOf(expression: readonly Token[]): string {
  const cast = expression.findIndex((token) => isSign(token, '::'));
  const inner = cast > 0 ? expression.slice(0, cast) : expression;
  const [first, second, third] = inner;
  if (inner.length === 1 && isName(first)) return first!.value;
  if (inner.length === 3 && isSign(second, '.')) return third!.value;
  if (first?.kind === 'word' && isSign(second, '(') && closing(inner, 1) === inner.length - 1) return first.value;
  if (isWord(first, 'case', 'exists')) return first!.value;
  return cast > 0 ? (expression[cast + 1]?.value ?? '?column?') : '?column?';
}
