/** What the client needs of the incarnation it runs in, and the few things all its classes share. */
import type { Incarnation } from '../../../simulation/process';
import { SimPromise } from '../../../simulation/sim-promise';
import { turn } from '../../../simulation/turn';
import type { KafkaEndpoint } from '../../protocol/messages';

export type LogLevelName = 'error' | 'warn' | 'info' | 'debug';

export interface ConfluentPorts {
  readonly incarnation: Incarnation;
  readonly endpoint: KafkaEndpoint;
  /** Comma-separated `host:port` list at which the cluster answers. */
  readonly bootstrapServers: string;
  /** Makes a `Buffer` of a text. */
  readonly toBuffer: (text: string) => object;
  /** Text of a `Buffer`; null for any other value. */
  readonly fromBuffer: (value: unknown) => string | null;
  /** The client's own log lines, as they would appear on the console. */
  readonly logger: (level: LogLevelName, text: string) => void;
}

/** What an incarnation keeps for its clients. */
class ClientHolder {
  /** Each lets go of what a client object of the program holds. */
  readonly releases: (() => void)[] = [];

  constructor(readonly ports: ConfluentPorts) {}

  /** The execution is over; see `Incarnation.release`. */
  release(): void {
    for (const release of this.releases) release();
    this.releases.length = 0;
    const ports = this.ports as { endpoint: unknown; incarnation: unknown };
    ports.endpoint = null;
    ports.incarnation = null;
  }
}

/** The classes are shared and frozen, so what differs from one incarnation to the next is kept with the incarnation. */
export function registerPorts(ports: ConfluentPorts): void {
  ports.incarnation.kafkaClient = new ClientHolder(ports);
}

/** Calls `release` when the execution is over. */
export function whenReleased(ports: ConfluentPorts, release: () => void): void {
  (ports.incarnation.kafkaClient as ClientHolder | null)?.releases.push(release);
}

/** Ports of the process whose turn it is. */
export function currentPorts(): ConfluentPorts {
  const holder = turn.owner === null ? null : ((turn.owner as Incarnation).kafkaClient as ClientHolder | null);
  if (holder === null) throw new Error('the Kafka client was used outside a turn of its process');
  return holder.ports;
}

/** Gives the body of an `async` method its promise: a throw becomes a rejection. */
export function promised<T>(body: () => T | Promise<T>): Promise<T> {
  try {
    return SimPromise.resolve(body()) as unknown as Promise<T>;
  } catch (error) {
    return SimPromise.reject(error) as unknown as Promise<T>;
  }
}

/** A promise of the engine's, as the type a program sees. */
export function asPromise<T>(promise: SimPromise<T>): Promise<T> {
  return promise as unknown as Promise<T>;
}

/** `retry.backoff.ms` as this client sets it, without its jitter. */
export const RETRY_BACKOFF_MS = 300;
