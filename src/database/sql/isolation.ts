/** What a text says of isolation and locks: levels, FOR UPDATE, LOCK TABLE, as in PostgreSQL's manual, chapter 13. */
import { notSupported, syntaxError } from './sql-error';
import { isWord, type Token } from './tokens';

export type Isolation = 'read committed' | 'serializable';

/** The level that BEGIN, START TRANSACTION or SET names; null when it names none. @throws SqlError */
export function isolationOf(tokens: readonly Token[]): Isolation | null {
  const level = tokens.findIndex((token, index) => isWord(token, 'level') && isWord(tokens[index - 1], 'isolation'));
  if (level >= 0) return levelNamed(tokens.slice(level + 1).map(({ value }) => value));
  const setting = tokens.findIndex((token) => isWord(token, 'default_transaction_isolation'));
  return setting < 0 ? null : levelNamed((tokens[setting + 2]?.value ?? '').split(/\s+/));
}

function levelNamed([first = '', second = '']: readonly string[]): Isolation {
  switch (first.toLowerCase()) {
    case 'serializable':
      return 'serializable';
    case 'read':
      // PostgreSQL takes READ UNCOMMITTED for READ COMMITTED.
      if (/^(un)?committed$/i.test(second)) return 'read committed';
      throw syntaxError(second === '' ? null : second);
    case 'repeatable':
      throw notSupported('REPEATABLE READ', 'use SERIALIZABLE, or READ COMMITTED with locks');
    default:
      throw syntaxError(first === '' ? null : first);
  }
}

/** Whether SET speaks of the transaction at work, and not of those to come. */
export function isOfThisTransaction(tokens: readonly Token[]): boolean {
  return isWord(tokens[1], 'transaction');
}

/** Index of the FOR that begins FOR UPDATE and its like; -1 for none. */
export function lockingClause(tokens: readonly Token[]): number {
  return tokens.findIndex(
    (token, index) => isWord(token, 'for') && isWord(tokens[index + 1], 'update', 'share', 'no', 'key'),
  );
}

/** LOCK TABLE in a mode in which two transactions keep each other out. @throws SqlError for the weaker ones */
export function checkLockMode(tokens: readonly Token[]): void {
  const at = tokens.findIndex((token) => isWord(token, 'in'));
  if (at < 0) return;
  const mode = tokens
    .slice(at + 1)
    .filter((token) => !isWord(token, 'mode', 'nowait'))
    .map(({ value }) => value.toUpperCase())
    .join(' ');
  if (!/^(ACCESS EXCLUSIVE|EXCLUSIVE|SHARE ROW EXCLUSIVE)$/.test(mode))
    throw notSupported(`LOCK TABLE in ${mode || 'this'} mode`, 'use EXCLUSIVE MODE');
}
