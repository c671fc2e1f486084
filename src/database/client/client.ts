/**
 * `pg`'s Client: one connection, one query at a time. After a lost connection it emits `error`, which ends a process that
 * does not listen for it, as with the real one (pg/lib/client.js `_handleErrorEvent`).
 */
import { LATENCY_MS, Request, type AnswerHandler } from '../../simulation/network';
import { fulfil, rejectWith, SimPromise } from '../../simulation/sim-promise';
import { turn } from '../../simulation/turn';
import type { QueryAnswer, QueryRequest, TransactionStatus } from '../protocol';
import { SqlError } from '../sql/sql-error';
import { addressOf, unreachable, type Address } from './address';
import { Emitter } from './emitter';
import { currentState, handOver, type PgPorts } from './ports';
import { databaseError, Result } from './result';
import { prepareValues } from './values';

type Callback = (error: unknown, value?: unknown) => unknown;

interface QueryConfig {
  readonly text: string;
  readonly values?: unknown;
  readonly rowMode?: unknown;
}

/** A query of the program, waiting or at work. */
class ActiveQuery implements AnswerHandler<QueryAnswer> {
  readonly promise = SimPromise.pending<unknown>();
  /** Line of the program that asks. */
  readonly line = turn.line;
  request: Request<QueryRequest, QueryAnswer> | null = null;

  constructor(
    private readonly connection: Connection,
    readonly config: QueryConfig,
  ) {}

  onSent(): void {
    this.connection.noteSent(this);
  }

  onAnswer({ results, error, status }: QueryAnswer): void {
    const isArrayMode = this.config.rowMode === 'array';
    const converted = results.map((result) => new Result(result, isArrayMode));
    if (error !== null) rejectWith(this.promise, databaseError(error));
    else fulfil(this.promise, converted.length > 1 ? converted : (converted[0] ?? emptyResult(isArrayMode)));
    this.connection.finish(status);
  }

  onLost(): void {
    this.connection.lose();
  }
}

function emptyResult(isArrayMode: boolean): Result {
  return new Result({ tag: '', rowCount: null, columns: [], rows: [] }, isArrayMode);
}

type Stage = 'new' | 'connecting' | 'open' | 'lost' | 'ended';

/** What a Client hides from programs. */
class Connection {
  stage: Stage = 'new';
  status: TransactionStatus = 'I';
  private number = 0;
  private active: ActiveQuery | null = null;
  private readonly queue: ActiveQuery[] = [];

  constructor(
    private readonly client: Client,
    private readonly ports: PgPorts,
    readonly address: Address,
  ) {}

  connect(): SimPromise<Client> {
    const promise = SimPromise.pending<Client>();
    if (this.stage !== 'new') {
      rejectWith(promise, new Error('Client has already been connected. You cannot reuse a client.'));
      return promise;
    }
    this.stage = 'connecting';
    const state = currentState();
    const { incarnation, server } = this.ports;
    incarnation.setTimer(2 * LATENCY_MS, () => {
      if (server === null || server.name !== this.address.host) {
        this.stage = 'ended';
        rejectWith(promise, unreachable(this.address));
        return;
      }
      this.stage = 'open';
      this.number = state.connections += 1;
      incarnation.handles += 1;
      server.connect(incarnation, this.number);
      fulfil(promise, this.client);
      this.client.emit('connect');
      this.sendNext();
    });
    return promise;
  }

  add(config: QueryConfig): SimPromise<unknown> {
    const query = new ActiveQuery(this, config);
    if (this.stage === 'lost')
      rejectWith(query.promise, new Error('Client has encountered a connection error and is not queryable'));
    else if (this.stage === 'ended') rejectWith(query.promise, new Error('Client was closed and is not queryable'));
    else {
      this.queue.push(query);
      this.sendNext();
    }
    return query.promise;
  }

  private sendNext(): void {
    if (this.stage !== 'open' || this.active !== null) return;
    const query = this.queue.shift();
    if (query === undefined) {
      this.client.emit('drain');
      return;
    }
    this.active = query;
    this.send(query);
  }

  private send(query: ActiveQuery): void {
    const { incarnation, server } = this.ports;
    const values = this.valuesOf(query);
    if (values === undefined) return;
    const message: QueryRequest = { connection: this.number, text: query.config.text, values };
    const isMutating = server!.isMutating(incarnation, message);
    query.request = new Request('query', isMutating, incarnation, message, server!, query);
    query.request.line = query.line;
    query.request.send();
  }

  /** @returns undefined when a value cannot be sent, and the query has failed by it */
  private valuesOf({ config, promise }: ActiveQuery): QueryRequest['values'] | undefined {
    try {
      return prepareValues(config.values);
    } catch (error) {
      rejectWith(
        promise,
        error instanceof SqlError ? databaseError({ code: error.code, message: error.message }) : error,
      );
      this.active = null;
      this.sendNext();
      return undefined;
    }
  }

  noteSent({ request, config }: ActiveQuery): void {
    const { incarnation, server } = this.ports;
    if (incarnation.world.recorder === null || request === null) return;
    const words = config.text.trim().split(/\s+/).join(' ');
    const label = words.length <= 60 ? words : `${words.slice(0, 59)}…`;
    incarnation.world.record(
      {
        lane: incarnation.name,
        peer: server!.name,
        incarnation: incarnation.number,
        line: request.line || undefined,
      },
      { kind: 'request', request: request.name, api: 'pg', label },
    );
  }

  finish(status: TransactionStatus): void {
    this.status = status;
    this.active = null;
    if (this.stage === 'open') this.sendNext();
  }

  /** The connection broke: nobody can tell what became of the query at work. */
  lose(): void {
    if (this.stage !== 'open') return;
    this.stage = 'lost';
    this.close();
    const error = new Error('Connection terminated unexpectedly');
    const failed = this.active === null ? [...this.queue] : [this.active, ...this.queue];
    this.active = null;
    this.queue.length = 0;
    this.client.emit('error', error);
    for (const { promise } of failed) rejectWith(promise, error);
    this.client.emit('end');
  }

  end(): SimPromise<void> {
    const promise = SimPromise.pending<void>();
    if (this.stage !== 'open') {
      if (this.stage === 'new') this.stage = 'ended';
      fulfil(promise, undefined);
      return promise;
    }
    this.stage = 'ended';
    this.close();
    const error = new Error('Connection terminated');
    for (const { promise: pending } of [...(this.active === null ? [] : [this.active]), ...this.queue.splice(0)])
      rejectWith(pending, error);
    this.ports.incarnation.setTimer(LATENCY_MS, () => {
      fulfil(promise, undefined);
      this.client.emit('end');
    });
    return promise;
  }

  private close(): void {
    const { incarnation, server } = this.ports;
    incarnation.handles -= 1;
    server!.disconnect(incarnation, this.number);
  }
}

export class Client extends Emitter {
  /** Set by the pool that lends it. */
  declare release: (error?: unknown) => void;
  readonly host: string;
  readonly port: number;
  readonly #connection: Connection;

  constructor(config?: unknown) {
    super();
    const { ports } = currentState();
    this.#connection = new Connection(this, ports, addressOf(config));
    this.host = this.#connection.address.host;
    this.port = this.#connection.address.port;
  }

  /** Can take queries. @internal */
  static isUsable(client: Client): boolean {
    return client.#connection.stage === 'open';
  }

  connect(callback?: Callback): Promise<Client> {
    return handOver(this.#connection.connect(), callback);
  }

  query(config: unknown, values?: unknown, callback?: unknown): Promise<unknown> {
    if (config === null || config === undefined) throw new TypeError('Client was passed a null or undefined query');
    const query = queryOf(config, values);
    const listener = typeof values === 'function' ? values : callback;
    return handOver(this.#connection.add(query), listener);
  }

  end(callback?: Callback): Promise<void> {
    return handOver(this.#connection.end(), callback);
  }

  /** `I`, `T` or `E`, as PostgreSQL reports it; null before the first connection. */
  getTransactionStatus(): TransactionStatus | null {
    return this.#connection.stage === 'new' ? null : this.#connection.status;
  }

  escapeIdentifier(text: string): string {
    return escapeIdentifier(text);
  }

  escapeLiteral(text: string): string {
    return escapeLiteral(text);
  }
}

function queryOf(config: unknown, values: unknown): QueryConfig {
  const given: { readonly [key in keyof QueryConfig]?: unknown } =
    typeof config === 'object' ? (config ?? {}) : { text: config };
  const { text, rowMode } = given;
  if (typeof text !== 'string')
    throw new TypeError('A query must have a text: client.query(text, values) or client.query({ text, values })');
  return { text, rowMode, values: typeof values === 'function' ? given.values : (values ?? given.values) };
}

export function escapeIdentifier(text: string): string {
  return `"${String(text).replaceAll('"', '""')}"`;
}

export function escapeLiteral(text: unknown): string {
  if (typeof text !== 'string') return "''";
  const escaped = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
  return text.includes('\\') ? ` E${escaped}` : escaped;
}
