/** Functions of texts that SQLite has otherwise than PostgreSQL, or without a bound. */
import type { SqlValue } from './sqlite';

/** What a function may give: a text in a text in a text could otherwise fill the memory. */
const MAX_TEXT = 100_000;

/** By their names; how many parameters each has is how many SQLite gives it. */
export const TEXT_FUNCTIONS: Readonly<Record<string, (...args: SqlValue[]) => SqlValue>> = {
  lower: (text: SqlValue) => (text === null ? null : String(text).toLowerCase()),
  upper: (text: SqlValue) => (text === null ? null : String(text).toUpperCase()),
  replace: (text: SqlValue, from: SqlValue, to: SqlValue) => {
    if (text === null || from === null || to === null) return null;
    if (String(from) === '') return String(text);
    const parts = String(text).split(String(from));
    if (String(text).length + parts.length * String(to).length > MAX_TEXT) throw new Error('string or blob too big');
    return parts.join(String(to));
  },
};
