/**
 * The module `pg` on the database of a lab: `Pool`, `Client`, `DatabaseError`. Types and their documentation: `api.d.ts`.
 *
 * One frozen module serves all incarnations; what differs is looked up by the process whose turn it is.
 */
import { Client, escapeIdentifier, escapeLiteral } from './client';
import { Emitter } from './emitter';
import { Pool } from './pool';
import { registerPorts, type PgPorts } from './ports';
import { DatabaseError, Result } from './result';

export type { PgPorts } from './ports';

for (const shared of [Emitter, Client, Pool, Result]) {
  Object.freeze(shared.prototype);
  Object.freeze(shared);
}

const EXPORTS = { Client, Pool, DatabaseError, Result, escapeIdentifier, escapeLiteral };

const MODULE = Object.freeze({ ...EXPORTS, default: Object.freeze(EXPORTS) });

/** Names that programs can import. */
export const PG_EXPORTS: readonly string[] = Object.keys(EXPORTS);

/** Everything of the client that programs can reach and that all incarnations share. */
export const SHARED_PG_OBJECTS: readonly object[] = [
  MODULE,
  EXPORTS,
  Emitter,
  Client,
  Pool,
  Result,
  DatabaseError,
  escapeIdentifier,
  escapeLiteral,
];

/** The module as `ports.incarnation` imports it. */
export function createPgModule(ports: PgPorts): typeof MODULE {
  registerPorts(ports);
  return MODULE;
}
