/** What passes between a client and the database: plain data, so that a search can tell requests apart by their text. */
import type { ResultColumn } from './sql/result-columns';
import type { SqlErrorFields } from './sql/sql-error';
import type { Parameter } from './state';
import type { SqlValue } from './sqlite';

export interface QueryRequest {
  /** The connection, counted within its process from 1. */
  readonly connection: number;
  readonly text: string;
  /** Null for a query without parameters, which may hold several statements. */
  readonly values: readonly Parameter[] | null;
}

/** As PostgreSQL's ReadyForQuery says it: no transaction, in one, in one that has failed. */
export type TransactionStatus = 'I' | 'T' | 'E';

export interface StatementResult {
  readonly tag: string;
  readonly rowCount: number | null;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly SqlValue[])[];
}

export interface QueryAnswer {
  /** One for each statement that was carried out. */
  readonly results: readonly StatementResult[];
  readonly error: ReportedError | null;
  readonly status: TransactionStatus;
}

export interface ReportedError extends SqlErrorFields {
  readonly code: string;
  readonly message: string;
}
