/** The client profile `java`: Apache Kafka's own client, for experiments of lessons and for scenarios (MOD-5). */
export { JavaConsumer, type ConsumerRecord } from './consumer';
export type { ConsumerConfigInput } from './consumer-config';
export type { RebalanceListener } from './consumer-coordinator';
export { JavaException, tellingName } from './errors';
export { JavaProducer, type ProducerRecord } from './producer';
export type { RecordMetadata } from './producer-batch';
export type { ProducerConfigInput } from './producer-config';
export type { OffsetAndPartition, TopicPartition } from './subscription-state';
export type { GroupMetadata } from './transaction-requests';
