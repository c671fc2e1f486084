/** kafkajs. */
import type { ClientError, ConsumerSpec, ProducerSpec } from '../protocol';
import { heartbeatFor, MAX_WAIT_MS, sessionFor, textOf, type Client, type MadeConsumer } from './client';
import type { Admin, Consumer, Producer } from './client-api';

process.env.KAFKAJS_NO_PARTITIONER_WARNING = '1';

interface KafkaJsConsumer extends Consumer {
  readonly events: Readonly<Record<'GROUP_JOIN' | 'REBALANCING' | 'CRASH' | 'STOP' | 'DISCONNECT', string>>;
  on(event: string, listener: (event: { readonly payload: unknown }) => void): void;
}

interface KafkaJs {
  producer(config: Readonly<Record<string, unknown>>): Producer;
  consumer(config: Readonly<Record<string, unknown>>): KafkaJsConsumer;
  admin(): Admin;
}

interface Package {
  readonly Kafka: new (config: Readonly<Record<string, unknown>>) => KafkaJs;
  readonly logLevel: { readonly NOTHING: number };
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- installed in a folder of its own, beside the built driver
const { Kafka, logLevel } = require('kafkajs') as Package;

const DEFAULT_RETRIES = 5;

function connectTo(bootstrap: string, brokers: number, requestTimeout?: number): KafkaJs {
  // Retriers are nested, so an attempt against a dead broker takes long when those of the connection are many.
  const retry = brokers === 1 ? { initialRetryTime: 100 } : { retries: 2, initialRetryTime: 50, maxRetryTime: 300 };
  return new Kafka({
    brokers: bootstrap.split(','),
    logLevel: logLevel.NOTHING,
    retry,
    connectionTimeout: brokers === 1 ? 1000 : 500,
    requestTimeout: requestTimeout ?? (brokers === 1 ? 30_000 : 15_000),
  });
}

function makeProducer(spec: ProducerSpec): Producer {
  const kafka = connectTo(spec.bootstrap, spec.brokers, spec.requestTimeoutMs);
  const retries = spec.retries ?? DEFAULT_RETRIES;
  return kafka.producer({
    retry: { retries, initialRetryTime: 100, ...(retries > 100 && { maxRetryTime: 2000 }) },
    ...(spec.idempotent !== undefined && { idempotent: spec.idempotent }),
    ...(spec.tid !== undefined && { transactionalId: spec.tid, idempotent: true, maxInFlightRequests: 1 }),
    ...(spec.txnTimeoutMs !== undefined && { transactionTimeout: spec.txnTimeoutMs }),
  });
}

function makeConsumer(spec: ConsumerSpec, onCrash: (error: unknown) => void): MadeConsumer {
  const sessionTimeout = spec.sessionMs ?? sessionFor(spec.brokers);
  const consumer = connectTo(spec.bootstrap, spec.brokers).consumer({
    groupId: spec.group,
    sessionTimeout,
    rebalanceTimeout: Math.max(sessionTimeout, 6000),
    heartbeatInterval: heartbeatFor(sessionTimeout),
    maxWaitTimeInMs: MAX_WAIT_MS,
    retry: { retries: DEFAULT_RETRIES, initialRetryTime: 100 },
    ...(spec.isolation !== undefined && { readUncommitted: spec.isolation === 'ru' }),
  });
  let assignment: Readonly<Record<string, readonly number[]>> = {};
  let assignments = 0;
  const { GROUP_JOIN, REBALANCING, CRASH, STOP, DISCONNECT } = consumer.events;
  consumer.on(GROUP_JOIN, ({ payload }) => {
    assignments += 1;
    assignment = (payload as { readonly memberAssignment: typeof assignment }).memberAssignment;
  });
  for (const event of [REBALANCING, STOP, DISCONNECT]) consumer.on(event, () => (assignment = {}));
  consumer.on(CRASH, ({ payload }) => {
    const { error, restart } = payload as { readonly error: unknown; readonly restart: boolean };
    assignment = {};
    if (!restart) onCrash(error);
  });
  return {
    consumer,
    assignments: () => assignments,
    assigned: () =>
      Object.entries(assignment).flatMap(([topic, partitions]) => partitions.map((index) => `${topic}/${index}`)),
    runOptions: {
      ...(spec.autoCommit !== undefined && { autoCommit: spec.autoCommit }),
      ...(spec.autoResolve !== undefined && { eachBatchAutoResolve: spec.autoResolve }),
    },
  };
}

interface KafkaJsError {
  readonly name?: string;
  readonly type?: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly originalError?: unknown;
}

/** The broker's code is on a protocol error, often inside of others; a code that kafkajs does not know, in its message. */
function errorOf(error: unknown): ClientError {
  const name = error instanceof Error ? error.name : String(error);
  for (
    let cause = error as KafkaJsError | undefined | null;
    cause;
    cause = (cause.cause ?? cause.originalError) as KafkaJsError
  ) {
    const unknownCode = /^Unknown error code (\d+)/.exec(textOf(cause))?.[1];
    const code = unknownCode === undefined ? cause.code : Number(unknownCode);
    if (typeof cause.type === 'string' && typeof code === 'number' && code > 0) {
      return { name, type: cause.type, code, message: textOf(error) };
    }
  }
  return { name, type: name, code: null, message: textOf(error) };
}

export const kafkajs: Client = {
  makeProducer,
  makeConsumer,
  makeAdmin: (bootstrap, brokers) => connectTo(bootstrap, brokers).admin(),
  takesAcksAtSend: true,
  initialisesAtFirstTransaction: true,
  sendsOffsetsByGroupId: true,
  committed: () => Promise.reject(new Error('kafkajs has no committed().')),
  fetchOffsetsTopic: ({ topic }) => topic,
  quietMs: 800,
  errorOf,
};
