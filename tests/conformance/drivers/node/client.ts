/** What differs between the two JavaScript clients: how they are made and asked. */
import type { ClientError, ConsumerSpec, OfPartition, ProducerSpec } from '../protocol';
import type { Admin, Consumer, EachBatchPayload, EachMessagePayload, Producer, RunOptions } from './client-api';

export interface MadeConsumer {
  readonly consumer: Consumer;
  /** `t/0` for each partition that the consumer believes to own. */
  assigned(): readonly string[];
  /** How many assignments it has been given. */
  assignments(): number;
  /** What `run` takes besides the handler. */
  readonly runOptions: RunOptions;
}

export interface Handlers {
  readonly eachMessage?: (payload: EachMessagePayload) => Promise<void>;
  readonly eachBatch?: (payload: EachBatchPayload) => Promise<void>;
}

export interface Client {
  makeProducer(spec: ProducerSpec): Producer;
  makeConsumer(spec: ConsumerSpec, onCrash: (error: unknown) => void): MadeConsumer;
  makeAdmin(bootstrap: string, brokers: number): Admin;
  /** Confluent's client takes acks when the producer is made and refuses them later. */
  readonly takesAcksAtSend: boolean;
  /** Whether a transactional id is initialised by the first transaction only. */
  readonly initialisesAtFirstTransaction: boolean;
  readonly sendsOffsetsByGroupId: boolean;
  committed(consumer: Consumer, of: OfPartition): Promise<number | null>;
  fetchOffsetsTopic(of: OfPartition): string | { readonly topic: string; readonly partitions: readonly number[] };
  /** How long a new consumer is watched before "nothing was delivered" can be said. */
  readonly quietMs: number;
  errorOf(error: unknown): ClientError;
}

/**
 * Session of consumers whose scenario does not say any: short, because a killed member is waited for that long; but long
 * enough to outlast the change of a coordinator.
 */
export const sessionFor = (brokers: number): number => (brokers === 1 ? 3000 : 10_000);
export const MAX_WAIT_MS = 150;
export const heartbeatFor = (sessionMs: number): number => Math.min(Math.floor(sessionMs / 5), 500);

export function textOf(error: unknown): string {
  return String(error instanceof Error ? error.message : error).slice(0, 300);
}
