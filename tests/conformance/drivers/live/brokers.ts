/** Connections to every broker of a cluster, and requests that are repeated while the answer says "not yet". */
import { pause, waitFor } from '../../cluster/waiting';
import { errorName, ERRORS } from '../../../../src/kafka/errors';
import { PASSING } from '../../../../src/scenarios/model/requests';
import type { Api } from '../../wire/api';
import { Connection, ConnectionLost } from '../../wire/connection';
import { DescribeTopicPartitionsV0, type DescribedPartition } from '../../wire/describe-topic-partitions';
import { COORDINATOR_TYPE, FindCoordinatorV2, MetadataV5 } from '../../wire/messages';

export interface Address {
  readonly id: number;
  readonly host: string;
  readonly port: number;
}

/** A broker answered with an error code, and asking again did not help. */
export class BrokerError extends Error {
  override readonly name = 'BrokerError';

  constructor(readonly code: number) {
    super(codeName(code));
  }
}

/** Kafka's name of a code. */
export function codeName(code: number): string {
  const name = errorName(code);
  return name === 'UNKNOWN_SERVER_ERROR' ? `ERROR_${code}` : name;
}

/** Answers that mean: the cluster has not caught up with itself yet. */
const NOT_YET: ReadonlySet<number> = new Set(PASSING);

const RETRY_MS = 15_000;
const ANSWER_MS = 3000;

export class Brokers {
  private readonly connections = new Map<string, Connection>();
  /** Brokers that are paused: they would take a request and not answer it. */
  private readonly avoided = new Set<number>();

  private constructor(readonly addresses: readonly Address[]) {}

  /** Learns the brokers from the first of these addresses that answers; all of them have to be up. */
  static async find(bootstrap: string): Promise<Brokers> {
    for (const address of bootstrap.split(',')) {
      const [host, port] = address.split(':');
      try {
        const connection = await Connection.open(host!, Number(port));
        const { brokers } = await connection.ask(MetadataV5, { topics: [], allowAutoTopicCreation: false });
        connection.close();
        return new Brokers(brokers.map(({ nodeId, host: at, port: on }) => ({ id: nodeId, host: at, port: on })));
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error;
      }
    }
    throw new ConnectionLost(`No broker answers at ${bootstrap}.`);
  }

  get ids(): readonly number[] {
    return this.addresses.map(({ id }) => id).sort((a, b) => a - b);
  }

  avoid(id: number): void {
    this.avoided.add(id);
    this.drop(id);
  }

  trust(id: number): void {
    this.avoided.delete(id);
  }

  /** Every broker is down or paused. */
  get areAllAvoided(): boolean {
    return this.ids.every((id) => this.avoided.has(id));
  }

  isAvoided(id: number): boolean {
    return this.avoided.has(id);
  }

  /** Forgets the connection, so that the next request opens a new one. */
  drop(id: number): void {
    for (const [key, connection] of [...this.connections]) {
      if (!key.startsWith(`${id} `)) continue;
      connection.close();
      this.connections.delete(key);
    }
  }

  close(): void {
    for (const connection of this.connections.values()) connection.close();
    this.connections.clear();
  }

  /**
   * The open connection to that broker. A broker reads the next request of a connection when it has answered the last one,
   * so what may wait for its answer, as a join does, takes a lane of its own.
   *
   * @throws ConnectionLost
   */
  async to(id: number, lane = ''): Promise<Connection> {
    const key = `${id} ${lane}`;
    const known = this.connections.get(key);
    if (known?.isOpen === true) return known;
    const address = this.addresses.find((candidate) => candidate.id === id);
    if (address === undefined) throw new ConnectionLost(`There is no broker ${id}.`);
    const connection = await Connection.open(address.host, address.port);
    this.connections.set(key, connection);
    return connection;
  }

  /** Asks one broker once. */
  async askOne<Q, A>(id: number, api: Api<Q, A>, request: Q, timeoutMs = ANSWER_MS, lane = ''): Promise<A> {
    return (await this.to(id, lane)).ask(api, request, timeoutMs);
  }

  /** Asks any broker that is up. @throws ConnectionLost when none answers */
  async askAny<Q, A>(api: Api<Q, A>, request: Q): Promise<A> {
    let last: unknown = new ConnectionLost('Every broker is down or paused.');
    for (const id of this.ids.filter((candidate) => !this.avoided.has(candidate))) {
      try {
        return await this.askOne(id, api, request, 8000);
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error;
        this.drop(id);
        last = error;
      }
    }
    throw last;
  }

  async describe(topic: string): Promise<readonly DescribedPartition[]> {
    const { topics } = await this.askAny(DescribeTopicPartitionsV0, { topics: [{ name: topic }] });
    const found = topics.find(({ name }) => name === topic);
    if (found === undefined || found.error !== 0)
      throw new BrokerError(found?.error ?? ERRORS.UNKNOWN_TOPIC_OR_PARTITION);
    return found.partitions;
  }

  async describePartition(topic: string, partition: number): Promise<DescribedPartition> {
    const found = (await this.describe(topic)).find(({ index }) => index === partition);
    if (found === undefined) throw new BrokerError(ERRORS.UNKNOWN_TOPIC_OR_PARTITION);
    return found;
  }

  /** The broker that leads the partition. @throws BrokerError LEADER_NOT_AVAILABLE */
  async leader(topic: string, partition: number): Promise<number> {
    const { leader } = await this.describePartition(topic, partition);
    if (leader < 0) throw new BrokerError(ERRORS.LEADER_NOT_AVAILABLE);
    return leader;
  }

  /** @throws BrokerError while there is none */
  async coordinator(type: keyof typeof COORDINATOR_TYPE, key: string): Promise<number> {
    const answer = await this.askAny(FindCoordinatorV2, { key, keyType: COORDINATOR_TYPE[type] });
    if (answer.error !== 0) throw new BrokerError(answer.error);
    return answer.nodeId;
  }

  /**
   * Asks whom `whom` names, and once more while the answer has an error that passes, for 15 seconds.
   *
   * @throws BrokerError with the last error, ConnectionLost when the broker does not answer
   */
  async askUntilReady<Q, A>(
    whom: () => Promise<number>,
    api: Api<Q, A>,
    request: Q,
    errorOf: (answer: A) => number,
    passing: ReadonlySet<number> = NOT_YET,
  ): Promise<A> {
    const until = performance.now() + RETRY_MS;
    for (;;) {
      try {
        const answer = await this.askOne(await whom(), api, request);
        const code = errorOf(answer);
        if (code === 0) return answer;
        if (!passing.has(code) || performance.now() > until) throw new BrokerError(code);
      } catch (error) {
        const mayPass = error instanceof ConnectionLost || (error instanceof BrokerError && passing.has(error.code));
        if (!mayPass || performance.now() > until) throw error;
      }
      await pause(50);
    }
  }

  /** A name for which the coordinator is that broker; found by trial in a few steps. */
  async nameCoordinatedBy(type: keyof typeof COORDINATOR_TYPE, base: string, broker: number): Promise<string> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const name = attempt === 0 ? base : `${base}-${attempt}`;
      const found = await waitFor(
        'a coordinator',
        () => this.coordinator(type, name),
        () => true,
        { withinMs: 15_000 },
      );
      if (found === broker) return name;
    }
    throw new Error(
      `No ${type} name is coordinated by broker ${broker}: does it lead a partition of the internal topic?`,
    );
  }
}
