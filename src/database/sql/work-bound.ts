/**
 * How much work a statement can be, from above. SQLite cannot be interrupted here, so what could take for ever is refused
 * before it starts: the rows of everything that is joined, multiplied.
 */
import type { Statement } from './statement';
import { SqlError } from './sql-error';
import { closing, isName, isSign, isWord, opening, type Token } from './tokens';

/** Combinations of rows; SQLite goes through millions a second. */
const MAX_COMBINATIONS = 5_000_000;

/** What is written is also kept. */
const MAX_WRITTEN = 300_000;

/** Each can double a text, when one query reads from another. */
const MAX_CONCATENATIONS = 12;

/** @throws SqlError 54001 when the statement could go through too many rows */
export function checkWork({ kind, tokens }: Statement, rowsOf: (table: string) => number | null): void {
  const named = namedQueries(tokens);
  let combinations = 1;
  tokens.forEach((token, index) => {
    if (isName(token)) combinations *= Math.max(1, rowsOf(token.value) ?? 1);
    const isSource = isSign(token, '(') && isWord(tokens[index + 1], 'select', 'values');
    if (isSource && isSourcePlace(tokens[index - 1])) combinations *= Math.max(1, closing(tokens, index) - index);
  });
  const uses = tokens.filter((token) => isName(token) && named.has(token.value)).length - named.size;
  // What a named query gives is at most all of that, and each use multiplies it with itself.
  if (uses > 1) combinations = Math.max(combinations, tokens.length) ** uses;
  if (tokens.filter((token) => isSign(token, '||')).length > MAX_CONCATENATIONS)
    throw new SqlError('54001', `the statement has more than ${MAX_CONCATENATIONS} concatenations`, {
      hint: 'put texts together in the program',
    });
  const limit = kind === 'write' ? MAX_WRITTEN : MAX_COMBINATIONS;
  if (combinations > limit)
    throw new SqlError('54001', `the statement could go through more than ${limit} combinations of rows`, {
      hint: 'join fewer tables at once',
    });
}

function isSourcePlace(previous: Token | undefined): boolean {
  return isWord(previous, 'from', 'join', 'lateral') || isSign(previous, ',');
}

/** Names that WITH defines. */
function namedQueries(tokens: readonly Token[]): ReadonlySet<string> {
  const names = new Set<string>();
  if (!isWord(tokens[0], 'with')) return names;
  tokens.forEach((token, index) => {
    if (isWord(token, 'as') && isSign(tokens[index + 1], '(') && isName(tokens[index - 1]))
      names.add(tokens[index - 1]!.value);
    else if (isWord(token, 'as') && isSign(tokens[index - 1], ')'))
      names.add(tokens[opening(tokens, index - 1) - 1]?.value ?? '');
  });
  return names;
}
