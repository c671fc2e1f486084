// Mistake: swallows every error and calls that fire and forget. The client still fires up to six times.
import { KafkaJS } from '@confluentinc/kafka-javascript';
import { readings } from './readings';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer();

async function publish(reading: (typeof readings)[number]): Promise<void> {
  await producer.send({
    topic: 'readings',
    messages: [{ key: reading.sensor, value: JSON.stringify(reading) }],
  });
}

await producer.connect();
for (const reading of readings) publish(reading).catch(() => {});
await producer.disconnect();
