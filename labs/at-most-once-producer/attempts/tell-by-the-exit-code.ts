import { KafkaJS } from '@confluentinc/kafka-javascript';
import { readings } from './readings';
const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { retry: { retries: 0 } } });

await producer.connect();
for (const reading of readings) {
  const message = { key: reading.sensor, value: JSON.stringify(reading) };
  await producer.send({ topic: 'readings', messages: [message] }).catch(() => {
    // The supervisor reads it as "start again".
    process.exitCode = 1;
  });
}
await producer.disconnect();
