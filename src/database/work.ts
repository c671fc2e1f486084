/** A query on its way through the database: what has been done of it, and what it waits for. */
import type { Request } from '../simulation/network';
import type { Locks } from './locks';
import type { QueryAnswer, QueryRequest, StatementResult } from './protocol';
import type { Session } from './session';
import type { Query } from './sql/statement';
import type { DatabaseState } from './state';

export type QueryEvent = Request<QueryRequest, QueryAnswer>;

/** A query that is being carried out, or waits in the middle of it. */
export interface Work {
  readonly request: QueryEvent;
  readonly session: Session;
  readonly query: Query;
  /** Several statements in one text are one transaction, unless they say otherwise. */
  readonly isImplicit: boolean;
  /** Of the statements so far. */
  readonly results: StatementResult[];
  /** The statement at work has waited. */
  wait: Wait | null;
}

export interface Wait {
  /** What was committed when the statement began. */
  readonly began: DatabaseState;
  /** What it would have touched; null when it is nothing that is looked at row by row. */
  readonly wanted: Locks | null;
  readonly blocker: Session;
}

/** A statement is to wait. */
export class Blocked {
  constructor(readonly wait: Wait) {}
}

/** The result of a statement that gives no rows and counts none. */
export function done(tag: string): StatementResult {
  return { tag, rowCount: null, columns: [], rows: [] };
}
