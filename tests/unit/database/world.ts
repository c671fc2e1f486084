/** A database in a world of its own, and a program that works on it. */
import { DatabaseServer } from '../../../src/database/server';
import { sqlite } from '../../../src/database/sqlite';
import { DatabaseStore } from '../../../src/database/store';
import '../../fixtures/sqlite';
import { Incarnation } from '../../../src/simulation/process';
import { Recorder } from '../../../src/simulation/recorder';
import { NO_FAULTS, type Chooser } from '../../../src/simulation/network';
import { World } from '../../../src/simulation/world';
import { load } from '../runner/run-program';

export const SCHEMA = `
  CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    customer TEXT NOT NULL,
    quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity > 0)
  );
  CREATE TABLE accounts (id TEXT PRIMARY KEY, cents BIGINT NOT NULL);
  CREATE TABLE payments (
    id SERIAL PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    is_final BOOLEAN NOT NULL DEFAULT FALSE,
    paid_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    note JSONB,
    code VARCHAR(4) UNIQUE
  );
  INSERT INTO accounts (id, cents) VALUES ('alice', 1000), ('bob', 500);
`;

export const ENVIRONMENT = { KAFKA_BROKERS: '', DATABASE_URL: 'postgres://app@database:5432/shop', PGHOST: 'database' };

export interface DatabaseRun {
  readonly world: World;
  readonly server: DatabaseServer;
  readonly recorder: Recorder;
  /** Console lines. */
  readonly output: string[];
  readonly incarnation: Incarnation;
}

const store = new DatabaseStore(sqlite(), SCHEMA);

export function startWorld(chooser: Chooser = NO_FAULTS): { world: World; server: DatabaseServer; recorder: Recorder } {
  const recorder = new Recorder();
  const world = new World(chooser, recorder);
  const effects = { read: () => ({}), workload: 0 };
  return { world, recorder, server: new DatabaseServer(world, store, 'database', effects) };
}

export function startProcess(
  { world, server }: { readonly world: World; readonly server: DatabaseServer },
  source: string,
  number = 1,
): Incarnation {
  const program = load(source);
  const incarnation = new Incarnation(world, 'program', number, program.describeError);
  const kafka = { receive: () => undefined, broker: () => kafka, findCoordinator: () => -1 };
  const ports = { kafka, services: new Map(), env: ENVIRONMENT, input: null };
  incarnation.start(() => program.start(incarnation, { ...ports, database: server }));
  return incarnation;
}

/** Runs a program that has `pool`, until nothing happens any more. */
export function run(body: string, chooser: Chooser = NO_FAULTS): DatabaseRun {
  const surroundings = startWorld(chooser);
  const source = `import { Client, Pool, DatabaseError } from 'pg';
    const pool = new Pool();
    const fails = (promise) => promise.then(() => 'no error', (error) => error);
    ${body}`;
  const incarnation = startProcess(surroundings, source);
  const { world, recorder } = surroundings;
  for (let i = 0; i < 5000 && world.step(); i += 1);
  return { ...surroundings, incarnation, output: outputOf(recorder) };
}

export function outputOf(recorder: Recorder): string[] {
  return recorder.events.flatMap((event) => (event.kind === 'console' ? [event.text] : []));
}
