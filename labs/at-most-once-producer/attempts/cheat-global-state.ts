// Mistake: remembers in globalThis what has been sent, which is gone when the job is started again.
import { KafkaJS } from '@confluentinc/kafka-javascript';
import { readings } from './readings';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { retry: { retries: 0 } } });

async function publish(reading: (typeof readings)[number]): Promise<void> {
  await producer.send({
    topic: 'readings',
    messages: [{ key: reading.sensor, value: JSON.stringify(reading) }],
  });
}

await producer.connect();
const memory = globalThis as typeof globalThis & { sent?: Set<string> };
const sent = (memory.sent ??= new Set());
for (const reading of readings) {
  if (sent.has(reading.id)) continue;
  await publish(reading);
  sent.add(reading.id);
}
await producer.disconnect();
