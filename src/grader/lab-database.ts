/** The database of a lab: its states, kept for the whole search, and a server for each execution. */
import type { Tables } from '../database/journal';
import { tablesOf } from '../database/journal';
import { DatabaseServer } from '../database/server';
import { sqlite } from '../database/sqlite';
import { DatabaseStore } from '../database/store';
import type { Fold, Outbox } from '../simulation/history';
import type { World } from '../simulation/world';
import type { Lab, Workload } from './lab';
import { idsOf } from './storm/workload';

/** Lane and host name of every lab's database. */
export const DATABASE = 'database';

const stores = new Map<Lab, DatabaseStore>();

/** States found in one execution serve all others of the lab. */
function storeOf(lab: Lab, schema: string): DatabaseStore {
  let store = stores.get(lab);
  if (store === undefined) {
    store = new DatabaseStore(sqlite(), schema);
    stores.set(lab, store);
  }
  return store;
}

/** @returns null for a lab without a database */
export function startDatabase(world: World, lab: Lab, workload: Workload): DatabaseServer | null {
  const { database } = lab;
  if (database === undefined) return null;
  const records = workload.batches.flat();
  const reading = (tables: Tables): Readonly<Record<string, number>> => database.effects(tables, records);
  world.recorder?.addLane({ id: DATABASE, kind: 'service' });
  return new DatabaseServer(world, storeOf(lab, database.schema), DATABASE, {
    read: reading,
    workload: lab.workloads.includes(workload) ? lab.workloads.indexOf(workload) : idsOf(workload).join(),
  });
}

/** Environment variables by which a program finds the database, as PostgreSQL's clients know them. */
export const DATABASE_VARIABLES: Readonly<Record<string, string>> = {
  DATABASE_URL: `postgres://app@${DATABASE}:5432/shop`,
  PGHOST: DATABASE,
  PGPORT: '5432',
  PGUSER: 'app',
  PGDATABASE: 'shop',
};

/** What the tables amount to at the end, against what the input does (A11). */
export function foldOf(lab: Lab, workload: Workload, server: DatabaseServer): Fold | null {
  const fold = lab.database?.fold;
  if (fold === undefined) return null;
  const records = workload.batches.flat();
  return {
    expected: new Map(Object.entries(fold.expected(records))),
    actual: new Map(Object.entries(fold.actual(tablesOf(server.committed), records))),
  };
}

/** What the tables announce at the end (A26). */
export function outboxOf(lab: Lab, server: DatabaseServer): Outbox | null {
  const outbox = lab.database?.outbox;
  if (outbox === undefined) return null;
  return { topic: outbox.topic, rows: new Set(outbox.rows(tablesOf(server.committed))) };
}
