/** @confluentinc/kafka-javascript, its API in the shape of kafkajs. */
import type { ClientError, ConsumerSpec, OfPartition, ProducerSpec } from '../protocol';
import { heartbeatFor, MAX_WAIT_MS, sessionFor, textOf, type Client, type MadeConsumer } from './client';
import type { Admin, Consumer, Producer } from './client-api';

interface ConfluentConsumer extends Consumer {
  assignment(): readonly OfPartition[];
  committed(of: readonly OfPartition[]): Promise<readonly { readonly offset: string | number | null }[]>;
}

interface Config {
  readonly kafkaJS: Readonly<Record<string, unknown>>;
  readonly [setting: string]: unknown;
}

interface Confluent {
  producer(config: Config): Producer;
  consumer(config: Config): ConfluentConsumer;
  admin(): Admin;
}

interface Package {
  readonly KafkaJS: {
    readonly Kafka: new (config: Config) => Confluent;
    readonly logLevel: { readonly NOTHING: number };
  };
  readonly CODES: { readonly ERRORS: Readonly<Record<string, number>> };
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- installed in a folder of its own, beside the built driver
const { KafkaJS, CODES } = require('@confluentinc/kafka-javascript') as Package;

const METADATA_REFRESH_MS = 5000;

function connectTo(bootstrap: string, brokers: number, requestTimeout?: number): Confluent {
  return new KafkaJS.Kafka({
    kafkaJS: {
      brokers: bootstrap.split(','),
      logLevel: KafkaJS.logLevel.NOTHING,
      ...(requestTimeout !== undefined && { requestTimeout }),
    },
    ...(brokers > 1 && { 'topic.metadata.refresh.interval.ms': METADATA_REFRESH_MS }),
  });
}

function makeProducer(spec: ProducerSpec): Producer {
  // A key with the value undefined is refused, so absent settings are left out.
  return connectTo(spec.bootstrap, spec.brokers, spec.requestTimeoutMs).producer({
    kafkaJS: {
      ...(spec.idempotent !== undefined && { idempotent: spec.idempotent }),
      ...(spec.tid !== undefined && { transactionalId: spec.tid }),
      ...(spec.acks !== undefined && { acks: spec.acks }),
      ...(spec.ackTimeoutMs !== undefined && { timeout: spec.ackTimeoutMs }),
      ...(spec.retries !== undefined && { retry: { retries: Math.min(spec.retries, 2_147_483_647) } }),
      ...(spec.txnTimeoutMs !== undefined && { transactionTimeout: spec.txnTimeoutMs }),
    },
    ...(spec.deliveryTimeoutMs !== undefined && { 'message.timeout.ms': spec.deliveryTimeoutMs }),
  });
}

function makeConsumer(spec: ConsumerSpec): MadeConsumer {
  const sessionTimeout = spec.sessionMs ?? sessionFor(spec.brokers);
  let assignments = 0;
  const consumer = connectTo(spec.bootstrap, spec.brokers).consumer({
    kafkaJS: {
      groupId: spec.group,
      sessionTimeout,
      heartbeatInterval: heartbeatFor(sessionTimeout),
      ...(spec.from !== undefined && { fromBeginning: spec.from === 'earliest' }),
      ...(spec.autoCommit !== undefined && { autoCommit: spec.autoCommit }),
      ...(spec.isolation !== undefined && { readUncommitted: spec.isolation === 'ru' }),
    },
    'fetch.wait.max.ms': MAX_WAIT_MS,
    // Gives nothing back: whatever it returned would replace the assignment.
    rebalance_cb: (event: { readonly code: number }): void => {
      if (event.code === CODES.ERRORS.ERR__ASSIGN_PARTITIONS) assignments += 1;
    },
    ...(spec.instanceId !== undefined && { 'group.instance.id': spec.instanceId }),
  });
  return {
    consumer,
    assignments: () => assignments,
    assigned: () => consumer.assignment().map(({ topic, partition }) => `${topic}/${partition}`),
    runOptions: { ...(spec.autoResolve !== undefined && { eachBatchAutoResolve: spec.autoResolve }) },
  };
}

const LOCAL_NAMES = new Map(Object.entries(CODES.ERRORS).map(([name, code]) => [code, name]));

/** Only `code` can be relied upon: negative ones are the library's own, positive ones Kafka's. */
function errorOf(error: unknown): ClientError {
  const name = error instanceof Error ? error.name : String(error);
  const code = (error as { readonly code?: unknown } | null | undefined)?.code;
  if (typeof code !== 'number') return { name, type: name, code: null, message: textOf(error) };
  return { name, type: LOCAL_NAMES.get(code) ?? name, code: code > 0 ? code : null, message: textOf(error) };
}

async function committed(consumer: Consumer, of: OfPartition): Promise<number | null> {
  const [answer] = await (consumer as ConfluentConsumer).committed([of]);
  const { offset } = answer!;
  // -1001 is the library's word for none.
  return offset === null || Number(offset) < 0 ? null : Number(offset);
}

export const confluent: Client = {
  makeProducer,
  makeConsumer,
  makeAdmin: (bootstrap, brokers) => connectTo(bootstrap, brokers).admin(),
  takesAcksAtSend: false,
  initialisesAtFirstTransaction: false,
  sendsOffsetsByGroupId: false,
  committed,
  fetchOffsetsTopic: ({ topic, partition }) => ({ topic, partitions: [partition] }),
  quietMs: 1300,
  errorOf,
};
