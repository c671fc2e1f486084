/** Which functions a query may call: those that mean the same in PostgreSQL and here. */
import { notSupported } from './sql-error';
import { closing, isName, isSign, isWord, splitAtCommas, type Token } from './tokens';

const FUNCTIONS: ReadonlySet<string> = new Set([
  'count',
  'sum',
  'min',
  'max',
  'coalesce',
  'nullif',
  'abs',
  'round',
  'length',
  'lower',
  'upper',
  'trim',
  'ltrim',
  'rtrim',
  'substr',
  'replace',
  'now',
  'random',
  'gen_random_uuid',
  'row_number',
  'rank',
  'dense_rank',
  'lag',
  'lead',
]);

/** Words that a parenthesis may follow without a call. */
const BEFORE_PARENTHESIS: ReadonlySet<string> = new Set(
  (
    'all and any as between by case cast check conflict default distinct else except exists filter from group having ' +
    'if in intersect into is join key like limit not nothing offset on or order over partition primary references ' +
    'returning select set some then union unique using values varying varchar when where with'
  ).split(' '),
);

/** Words after which a name stands that may be followed by a list of columns. */
const BEFORE_NAME: readonly string[] = ['into', 'table', 'references', 'exists', 'on', 'index', 'update'];

const FOREIGN_NAMES = /^(sqlite_|pragma_|pg_|json_each$|json_tree$|information_schema$|fts\d|dbstat$|bytecode$)/;

const ADVISORY_LOCK = /^pg_(?:try_)?advisory_/;

/** @throws SqlError for a function or a table that labs do not have */
export function checkNames(tokens: readonly Token[]): void {
  tokens.forEach((token, index) => {
    if (!isName(token)) return;
    if (ADVISORY_LOCK.test(token.value)) {
      throw notSupported(
        `the function ${token.text}()`,
        'use LOCK TABLE, or SELECT … FOR UPDATE where there is a row to lock',
      );
    }
    if (FOREIGN_NAMES.test(token.value)) {
      throw notSupported(`"${token.text}"`, 'use the tables of the lab and those that you create');
    }
    if (!isSign(tokens[index + 1], '(') || isNotCalled(tokens, index)) return;
    const before = isWord(tokens[index - 1], 'as') ? index - 2 : index - 1;
    if (isSign(tokens[before], ')'))
      throw notSupported('a list of columns after an alias', 'name the columns in the subquery');
    if (!FUNCTIONS.has(token.value)) {
      throw notSupported(`the function ${token.text}()`, `there are ${[...FUNCTIONS].join(', ')}`);
    }
    checkArguments(token, tokens.slice(index + 2, closing(tokens, index + 1)));
  });
}

function isNotCalled(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]!;
  if (token.kind === 'word' && BEFORE_PARENTHESIS.has(token.value)) return true;
  if (isWord(tokens[index - 1], ...BEFORE_NAME)) return true;
  // `with totals (account, cents) as (…)`
  return isWord(tokens[closing(tokens, index + 1) + 1], 'as') && isWord(tokens[0], 'with');
}

/** SQLite's min(a, b) is another function, and it would take `*` for much. */
function checkArguments({ value }: Token, content: readonly Token[]): void {
  if ((value === 'min' || value === 'max') && splitAtCommas(content).length > 1)
    throw notSupported(`${value}() of several values`, 'use CASE');
}
