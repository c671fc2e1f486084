/** What the client needs of the incarnation it runs in. */
import type { Incarnation } from '../../simulation/process';
import type { SimPromise } from '../../simulation/sim-promise';
import { turn } from '../../simulation/turn';
import type { DatabaseServer } from '../server';

export interface PgPorts {
  readonly incarnation: Incarnation;
  /** Null in a lab without a database: there is nothing at any address. */
  readonly server: DatabaseServer | null;
  /** `process.env`, for `DATABASE_URL`, `PGHOST` and the rest. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What an incarnation keeps for its clients. */
export class PgState {
  /** Connections made so far. */
  connections = 0;

  constructor(readonly ports: PgPorts) {}

  /** The execution is over; see `Incarnation.release`. */
  release(): void {
    const ports = this.ports as { server: unknown; incarnation: unknown };
    ports.server = null;
    ports.incarnation = null;
  }
}

export function registerPorts(ports: PgPorts): void {
  ports.incarnation.databaseClient = new PgState(ports);
}

/** State of the process whose turn it is. */
export function currentState(): PgState {
  const state = turn.owner === null ? null : ((turn.owner as Incarnation).databaseClient as PgState | null);
  if (state === null) throw new Error('the database client was used outside a turn of its process');
  return state;
}

type Callback = (error: unknown, value?: unknown) => unknown;

/** Gives the promise back, or settles the callback where a program has passed one. */
export function handOver<T>(promise: SimPromise<T>, callback: unknown): Promise<T> {
  if (typeof callback !== 'function') return promise as unknown as Promise<T>;
  promise.then(
    (value: unknown) => void (callback as Callback)(null, value),
    (error: unknown) => void (callback as Callback)(error),
  );
  return undefined as unknown as Promise<T>;
}
