/**
 * An error as PostgreSQL reports it: SQLSTATE code, message and the fields that clients look at.
 *
 * Codes and sentences are those of PostgreSQL 16 (appendix A of its manual); what SQLite says is translated in
 * `errors.ts`.
 */
import { unavailableMessage } from '../../simulation/unavailable';

export interface SqlErrorFields {
  readonly detail?: string;
  readonly hint?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  readonly dataType?: string;
  /** 1-based character of the query text. */
  readonly position?: string;
}

export class SqlError extends Error {
  override readonly name = 'SqlError';

  constructor(
    /** SQLSTATE, e.g. `23505`. */
    readonly code: string,
    message: string,
    readonly fields: SqlErrorFields = {},
  ) {
    super(message);
  }
}

export function syntaxError(text: string | null, start = 0, hint?: string): SqlError {
  const message = text === null ? 'syntax error at end of input' : `syntax error at or near "${text}"`;
  return new SqlError('42601', message, { position: String(start + 1), ...(hint === undefined ? {} : { hint }) });
}

/** What PostgreSQL has and labs do not. */
export function notSupported(what: string, remedy: string): SqlError {
  return new SqlError('0A000', unavailableMessage(what, remedy), { hint: remedy });
}
