/**
 * The client profile `confluent`: the module `@confluentinc/kafka-javascript`, its `KafkaJS` namespace, on the model
 * (kafka-semantics §14.2). Types and their documentation: `api.d.ts`.
 *
 *     const module = createConfluentModule({ incarnation, endpoint: cluster, bootstrapServers: 'localhost:9092', … });
 *     // in a turn of `incarnation`: new module.KafkaJS.Kafka({ kafkaJS: { brokers: ['localhost:9092'] } })
 *
 * One frozen module serves all incarnations, so that nothing in it can carry state from one to the next; what differs
 * is looked up by the process whose turn it is.
 */
import { Admin } from './admin';
import { heartbeat } from './consumer/batch';
import { Consumer } from './consumer/consumer';
import { ClientLogger } from './logger';
import { LOG_LEVEL } from './config';
import { ERROR_CODES } from './error-codes';
import * as errors from './errors';
import { Kafka } from './kafka';
import { registerPorts, type ConfluentPorts } from './ports';
import { Producer } from './producer/producer';

export type { ConfluentPorts } from './ports';

const PARTITION_ASSIGNERS = Object.freeze({
  roundRobin: 'roundrobin',
  range: 'range',
  cooperativeSticky: 'cooperative-sticky',
});

const CLASSES = {
  KafkaJSError: errors.KafkaJSError,
  KafkaJSPartialMessageError: errors.KafkaJSPartialMessageError,
  KafkaJSProtocolError: errors.KafkaJSProtocolError,
  KafkaJSConnectionError: errors.KafkaJSConnectionError,
  KafkaJSRequestTimeoutError: errors.KafkaJSRequestTimeoutError,
  KafkaJSSASLAuthenticationError: errors.KafkaJSSASLAuthenticationError,
  KafkaJSOffsetOutOfRange: errors.KafkaJSOffsetOutOfRange,
  KafkaJSGroupCoordinatorNotFound: errors.KafkaJSGroupCoordinatorNotFound,
  KafkaJSNotImplemented: errors.KafkaJSNotImplemented,
  KafkaJSTimeout: errors.KafkaJSTimeout,
  KafkaJSCreateTopicError: errors.KafkaJSCreateTopicError,
  KafkaJSDeleteGroupsError: errors.KafkaJSDeleteGroupsError,
  KafkaJSDeleteTopicRecordsError: errors.KafkaJSDeleteTopicRecordsError,
  KafkaJSAggregateError: errors.KafkaJSAggregateError,
  KafkaJSNoBrokerAvailableError: errors.KafkaJSNoBrokerAvailableError,
};

for (const shared of [
  Kafka,
  Producer,
  Consumer,
  Admin,
  errors.LibrdKafkaError,
  errors.isKafkaJSError,
  errors.isRebalancing,
  ...Object.values(CLASSES),
]) {
  if (shared.prototype !== undefined) Object.freeze(shared.prototype);
  Object.freeze(shared);
}

const KAFKA_JS = Object.freeze({
  Kafka,
  ...CLASSES,
  isKafkaJSError: errors.isKafkaJSError,
  isRebalancing: errors.isRebalancing,
  ErrorCodes: ERROR_CODES,
  logLevel: LOG_LEVEL,
  PartitionAssigners: PARTITION_ASSIGNERS,
  PartitionAssignors: PARTITION_ASSIGNERS,
  CompressionTypes: Object.freeze({ None: 'none', GZIP: 'gzip', SNAPPY: 'snappy', LZ4: 'lz4', ZSTD: 'zstd' }),
  IsolationLevel: Object.freeze({ READ_UNCOMMITTED: 0, READ_COMMITTED: 1 }),
});

/** Exports of the real package beside `KafkaJS`: the older, callback-based client. */
const NOT_MODELLED = [
  'Consumer',
  'Producer',
  'HighLevelProducer',
  'AdminClient',
  'KafkaConsumer',
  'createReadStream',
  'createWriteStream',
  'CODES',
  'Topic',
  'features',
  'librdkafkaVersion',
  'OffsetSpec',
];

const MODULE = { KafkaJS: KAFKA_JS };
for (const name of NOT_MODELLED) {
  Object.defineProperty(MODULE, name, {
    get() {
      throw errors.notModelled(`The export '${name}' of @confluentinc/kafka-javascript`, 'use its KafkaJS namespace');
    },
  });
}
Object.freeze(MODULE);

/** Names that programs can import; those that are not modelled say so where they are used. */
export const CONFLUENT_EXPORTS: readonly string[] = Object.getOwnPropertyNames(MODULE);

/** Everything of the client that programs can reach and that all incarnations share. */
export const SHARED_CLIENT_OBJECTS: readonly object[] = [
  MODULE,
  Kafka,
  Producer,
  Consumer,
  Admin,
  ClientLogger,
  errors.LibrdKafkaError,
  ...Object.values(CLASSES),
  heartbeat,
];

/** The module as `ports.incarnation` imports it. */
export function createConfluentModule(ports: ConfluentPorts): typeof MODULE {
  registerPorts(ports);
  return MODULE;
}
