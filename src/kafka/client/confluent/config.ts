/**
 * Options: which stand where, which are refused, and what the clients take from them (CLI-40; the real client:
 * `_common.js`, `_kafka.js`). The real client looks at most of them in `connect()`, and so does this one.
 */
import { argumentError, KafkaJSError, notImplemented, notModelled } from './errors';
import { ClientLogger, type LoggerLike } from './logger';
import type { ConfluentPorts } from './ports';

export type Options = Readonly<Record<string, unknown>>;

const COMMON = [
  'brokers',
  'clientId',
  'sasl',
  'ssl',
  'requestTimeout',
  'enforceRequestTimeout',
  'connectionTimeout',
  'authenticationTimeout',
  'retry',
  'socketFactory',
  'reauthenticationThreshold',
  'logLevel',
  'logger',
];

/** Options of the `kafkaJS` block, by client. */
const KAFKA_JS_OPTIONS = {
  common: COMMON,
  producer: [
    'createPartitioner',
    'metadataMaxAge',
    'allowAutoTopicCreation',
    'transactionTimeout',
    'idempotent',
    'maxInFlightRequests',
    'transactionalId',
    'compression',
    'acks',
    'timeout',
  ],
  consumer: [
    'groupId',
    'partitionAssigners',
    'partitionAssignors',
    'sessionTimeout',
    'rebalanceTimeout',
    'heartbeatInterval',
    'metadataMaxAge',
    'allowAutoTopicCreation',
    'maxBytesPerPartition',
    'maxWaitTimeInMs',
    'minBytes',
    'maxBytes',
    'readUncommitted',
    'maxInFlightRequests',
    'rackId',
    'fromBeginning',
    'autoCommit',
    'autoCommitInterval',
    'autoCommitThreshold',
  ],
  admin: [] as string[],
};

export type ClientKind = 'producer' | 'consumer' | 'admin';

/** Options of librdkafka, beside the `kafkaJS` block, that the model knows. */
const OUTER_COMMON = [
  'kafkaJS',
  'bootstrap.servers',
  'client.id',
  'log_level',
  'retry.backoff.ms',
  'retry.backoff.max.ms',
  'socket.timeout.ms',
  'topic.metadata.refresh.interval.ms',
];
const OUTER: Readonly<Record<ClientKind, readonly string[]>> = {
  producer: [
    ...OUTER_COMMON,
    'linger.ms',
    'acks',
    'request.required.acks',
    'retries',
    'message.send.max.retries',
    'max.in.flight',
    'max.in.flight.requests.per.connection',
    'message.timeout.ms',
    'delivery.timeout.ms',
    'request.timeout.ms',
    'enable.idempotence',
    'transactional.id',
    'transaction.timeout.ms',
  ],
  consumer: [
    ...OUTER_COMMON,
    'group.id',
    'group.instance.id',
    'group.protocol',
    'auto.offset.reset',
    'enable.auto.commit',
    'auto.commit.interval.ms',
    'session.timeout.ms',
    'heartbeat.interval.ms',
    'max.poll.interval.ms',
    'partition.assignment.strategy',
    'isolation.level',
    'fetch.wait.max.ms',
    'js.consumer.max.batch.size',
    'js.consumer.max.cache.size.per.worker.ms',
    'enable.auto.offset.store',
  ],
  admin: OUTER_COMMON,
};

/** An option of the `kafkaJS` block that stands beside it. `acks` has the same name in both places. */
export function refuseMisplaced(kind: ClientKind | 'common', config: Options): void {
  for (const key in config) {
    if (key === 'acks' || !KAFKA_JS_OPTIONS[kind].includes(key)) continue;
    const target = kind === 'common' ? 'new Kafka' : `kafka.${kind}`;
    throw new KafkaJSError(
      `The '${key}' property seems to be a KafkaJS property in the main config block. It must be moved to the kafkaJS block: ` +
        `${target}({ kafkaJS: { ${key}: … } })`,
    );
  }
}

/** A call's option that belongs to the constructor (CLI-40). */
export function refuseOldPlace(kind: 'consumer' | 'producer', call: string, options: object, key: string): void {
  if (!Object.hasOwn(options, key)) return;
  throw argumentError(
    `'${key}' is not supported as a property to '${call}', but must be passed to the ${kind} during creation: ` +
      `kafka.${kind}({ kafkaJS: { ${key}: …, … } })`,
  );
}

/** The options of one client: the cluster's, overridden by its own. */
export function mergeOptions(common: Options, own: Options): Options {
  const block = { ...(common['kafkaJS'] as object | undefined), ...(own['kafkaJS'] as object | undefined) };
  return { ...common, ...own, kafkaJS: block };
}

/** What every client takes from its options. */
export interface ClientOptions {
  /** Options of the `kafkaJS` block; empty when there is none, and then librdkafka's defaults hold. */
  readonly block: Options;
  readonly hasBlock: boolean;
  readonly outer: Options;
  readonly servers: readonly string[];
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  /** A request without an answer for so long is given up, and its connection with it (`socket.timeout.ms`). */
  readonly requestTimeoutMs: number;
  readonly logger: ClientLogger;
}

/** @throws KafkaJSError for an option that the real client refuses, or that the model does not have */
export function readClientOptions(kind: ClientKind, options: Options, ports: ConfluentPorts): ClientOptions {
  const block = (options['kafkaJS'] ?? NO_OPTIONS) as Options;
  let hasBlock = false;
  for (const key in block) {
    hasBlock = true;
    if (!COMMON.includes(key) && !KAFKA_JS_OPTIONS[kind].includes(key))
      throw argumentError(`The '${key}' property is not supported.`);
  }
  for (const key in options) {
    if (!OUTER[kind].includes(key))
      throw notModelled(`The option '${key}'`, 'only options that change what is delivered are there');
  }
  refuseCommon(block);
  const retry = (block['retry'] ?? NO_OPTIONS) as Options;
  const brokers = block['brokers'] as readonly string[] | undefined;
  const servers = (options['bootstrap.servers'] as string | undefined)?.split(',') ?? brokers ?? [];
  return {
    block,
    hasBlock,
    outer: options,
    servers,
    retryBackoffMs: numberOr(options['retry.backoff.ms'] ?? retry['initialRetryTime'], hasBlock ? 300 : 100),
    retryBackoffMaxMs: numberOr(options['retry.backoff.max.ms'] ?? retry['maxRetryTime'], hasBlock ? 30_000 : 1000),
    requestTimeoutMs: readRequestTimeout(block, options['socket.timeout.ms'], hasBlock),
    logger: new ClientLogger(ports, block['logger'] as LoggerLike | undefined, levelOf(block['logLevel'])),
  };
}

function readRequestTimeout(block: Options, outer: unknown, hasBlock: boolean): number {
  if (outer !== undefined) return numberOr(outer, 60_000);
  if (block['enforceRequestTimeout'] === false) return 300_000;
  return numberOr(block['requestTimeout'], hasBlock ? 30_000 : 60_000);
}

/** Nothing to look at in the common case: most programs give no retry options. */
const NO_OPTIONS: Options = Object.freeze({});

function refuseCommon(block: Options): void {
  if (block['brokers'] !== undefined && !Array.isArray(block['brokers'])) {
    throw argumentError(
      "The 'brokers' property must be an array of strings, for example ['kafka:9092', 'kafka2:9093']",
    );
  }
  if (block['ssl'] || block['sasl']) throw notModelled('Encryption and authentication', 'the connection is plain');
  if (block['socketFactory'] !== undefined) throw argumentError('The socketFactory property is not supported.');
  if (block['reauthenticationThreshold'] !== undefined)
    throw argumentError('Reauthentication threshold cannot be set.');
  if (block['createPartitioner'] !== undefined)
    throw notImplemented("The 'createPartitioner' property is not supported yet.");
  const retry = (block['retry'] ?? NO_OPTIONS) as Options;
  if (typeof retry['factor'] === 'number' || typeof retry['multiplier'] === 'number') {
    throw argumentError("The 'retry.factor' and 'retry.multiplier' are not supported.");
  }
  if (retry['restartOnFailure'])
    throw argumentError('The restartOnFailure property is ignored. The client always retries on failure.');
}

export const LOG_LEVEL = Object.freeze({ NOTHING: 0, ERROR: 1, WARN: 2, INFO: 3, DEBUG: 4 });

function levelOf(level: unknown): number {
  if (level === undefined) return LOG_LEVEL.INFO;
  if (typeof level === 'number' && Number.isInteger(level) && level >= 0 && level <= 4) return level;
  throw argumentError(`The log level must be one of: ${Object.keys(LOG_LEVEL).join(', ')}, was ${String(level)}`);
}

/** A number from options, given as number or as text, or its default. */
export function numberOr(value: unknown, otherwise: number): number {
  if (value === undefined || value === null) return otherwise;
  const number = Number(value);
  if (!Number.isFinite(number)) throw argumentError(`Expected a number, got ${String(value)}`);
  return number;
}
