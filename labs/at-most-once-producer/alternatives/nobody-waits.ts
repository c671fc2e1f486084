import { KafkaJS } from '@confluentinc/kafka-javascript';
import { readings } from './readings';
const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { retry: { retries: 0 } } });

// Whatever becomes of a record: no end with an error, and so no second start.
process.on('unhandledRejection', (error) => console.warn('a reading may be missing:', error));

await producer.connect();
for (const { id, sensor, celsius } of readings) {
  void producer.send({
    topic: 'readings',
    messages: [{ key: sensor, value: JSON.stringify({ id, sensor, celsius }) }],
  });
}
await producer.disconnect();
