import { KafkaJS } from '@confluentinc/kafka-javascript';
import { readings } from './readings';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { acks: 1, retry: { retries: 0 } } });

await producer.connect();
const messages = readings.map((reading) => ({ key: reading.sensor, value: JSON.stringify(reading) }));
await producer.send({ topic: 'readings', messages }).catch((error) => console.error('not sure:', error));
await producer.disconnect();
