/** `pg-pool`: lends clients, makes them when they are wanted, and lets go of those that are idle for long. */
import type { SimEvent } from '../../simulation/event-queue';
import { fulfil, rejectWith, SimPromise } from '../../simulation/sim-promise';
import { turn } from '../../simulation/turn';
import { Client } from './client';
import { Emitter } from './emitter';
import { currentState, handOver, type PgPorts } from './ports';

type Callback = (error: unknown, value?: unknown) => unknown;

interface PoolOptions {
  readonly max: number;
  readonly idleTimeoutMillis: number;
  readonly connectionTimeoutMillis: number;
}

/** A client that waits for work. */
interface Idle {
  readonly client: Client;
  readonly timer: SimEvent | null;
}

function optionsOf(config: unknown): PoolOptions {
  const given = (typeof config === 'object' && config !== null ? config : {}) as Partial<
    Record<keyof PoolOptions, unknown>
  >;
  const number = (value: unknown, otherwise: number): number => (Number(value) > 0 ? Number(value) : otherwise);
  return {
    max: number(given.max, 10),
    // 0 means that idle clients are kept.
    idleTimeoutMillis: given.idleTimeoutMillis === undefined ? 10_000 : Number(given.idleTimeoutMillis),
    connectionTimeoutMillis: number(given.connectionTimeoutMillis, 0),
  };
}

/** What a Pool hides from programs. */
class Lender {
  readonly clients: Client[] = [];
  readonly idle: Idle[] = [];
  readonly waiting: SimPromise<Client>[] = [];
  ended: SimPromise<void> | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly ports: PgPorts,
    private readonly config: unknown,
    private readonly options: PoolOptions,
  ) {}

  lend(): SimPromise<Client> {
    const promise = SimPromise.pending<Client>();
    if (this.ended !== null) {
      rejectWith(promise, new Error('Cannot use a pool after calling end on the pool'));
      return promise;
    }
    const { connectionTimeoutMillis: limit } = this.options;
    if (limit > 0) this.limitWait(promise, limit);
    this.waiting.push(promise);
    this.serve();
    if (this.waiting.includes(promise)) this.noteExhaustion();
    return promise;
  }

  private noteExhaustion(): void {
    const { world, name, number } = this.ports.incarnation;
    world.record(
      { lane: name, incarnation: number, line: turn.line || undefined },
      { kind: 'pool-exhausted', connections: this.options.max },
    );
  }

  private limitWait(promise: SimPromise<Client>, limit: number): void {
    this.ports.incarnation.setTimer(
      limit,
      () => {
        const index = this.waiting.indexOf(promise);
        if (index < 0) return;
        this.waiting.splice(index, 1);
        rejectWith(promise, new Error('timeout exceeded when trying to connect'));
      },
      true,
    );
  }

  private serve(): void {
    while (this.waiting.length > 0) {
      const idle = this.idle.pop();
      if (idle === undefined && this.clients.length >= this.options.max) return;
      const promise = this.waiting.shift()!;
      if (idle === undefined) this.make(promise);
      else {
        if (idle.timer !== null) this.ports.incarnation.clearTimer(idle.timer);
        this.hand(idle.client, promise);
      }
    }
  }

  private make(promise: SimPromise<Client>): void {
    const client = new Client(this.config);
    this.clients.push(client);
    (client.connect() as unknown as SimPromise<Client>).then(
      () => {
        this.pool.emit('connect', client);
        this.hand(client, promise);
      },
      (error: unknown) => {
        this.forget(client);
        rejectWith(promise, error);
        this.serve();
      },
    );
  }

  /** While a program has the client, an error of the connection is the program's to listen for. */
  private hand(client: Client, promise: SimPromise<Client>): void {
    client.removeListener('error', this.onIdleError);
    let isReleased = false;
    client.release = (error?: unknown): void => {
      if (isReleased) throw new Error('Release called on client which has already been released to the pool.');
      isReleased = true;
      this.takeBack(client, error);
    };
    this.pool.emit('acquire', client);
    fulfil(promise, client);
  }

  private readonly onIdleError = (error: unknown): void => {
    this.pool.emit('error', error);
  };

  private takeBack(client: Client, error: unknown): void {
    client.on('error', this.onIdleError);
    this.pool.emit('release', error, client);
    const isUsable = Client.isUsable(client);
    if (error || this.ended !== null || !isUsable) {
      this.remove(client);
      this.serve();
      return;
    }
    this.idle.push({ client, timer: this.idleTimer(client) });
    this.serve();
  }

  private idleTimer(client: Client): SimEvent | null {
    const { idleTimeoutMillis: limit } = this.options;
    return limit > 0 ? this.ports.incarnation.setTimer(limit, () => this.remove(client), true) : null;
  }

  private remove(client: Client): void {
    this.forget(client);
    void client.end();
    this.pool.emit('remove', client);
    this.finishEnd();
  }

  private forget(client: Client): void {
    const index = this.clients.indexOf(client);
    if (index >= 0) this.clients.splice(index, 1);
    const at = this.idle.findIndex((entry) => entry.client === client);
    if (at < 0) return;
    const [idle] = this.idle.splice(at, 1);
    if (idle?.timer) this.ports.incarnation.clearTimer(idle.timer);
  }

  end(): SimPromise<void> {
    if (this.ended !== null) return SimPromise.reject(new Error('Called end on pool more than once'));
    this.ended = SimPromise.pending<void>();
    for (const { client } of [...this.idle]) this.remove(client);
    this.finishEnd();
    return this.ended;
  }

  private finishEnd(): void {
    if (this.ended !== null && this.clients.length === 0) fulfil(this.ended, undefined);
  }
}

export class Pool extends Emitter {
  readonly #lender: Lender;

  constructor(config?: unknown) {
    super();
    this.#lender = new Lender(this, currentState().ports, config, optionsOf(config));
  }

  get totalCount(): number {
    return this.#lender.clients.length;
  }

  get idleCount(): number {
    return this.#lender.idle.length;
  }

  get waitingCount(): number {
    return this.#lender.waiting.length;
  }

  connect(callback?: Callback): Promise<Client> {
    return handOver(this.#lender.lend(), callback);
  }

  /** One query on a client that is lent for it; an error of its connection is the query's. */
  query(config: unknown, values?: unknown, callback?: unknown): Promise<unknown> {
    const result = SimPromise.pending<unknown>();
    this.#lender.lend().then(
      (lent: unknown) => {
        const client = lent as Client;
        const onError = (): void => undefined;
        client.once('error', onError);
        const finish = (error: unknown, value: unknown): void => {
          client.removeListener('error', onError);
          client.release(error);
          if (error) rejectWith(result, error);
          else fulfil(result, value);
        };
        try {
          (
            client.query(config, typeof values === 'function' ? undefined : values) as unknown as SimPromise<unknown>
          ).then(
            (value: unknown) => finish(undefined, value),
            (error: unknown) => finish(error, undefined),
          );
        } catch (error) {
          finish(error, undefined);
        }
      },
      (error: unknown) => rejectWith(result, error),
    );
    return handOver(result, typeof values === 'function' ? values : callback);
  }

  end(callback?: Callback): Promise<void> {
    return handOver(this.#lender.end(), callback);
  }
}
