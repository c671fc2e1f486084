// Mistake: waits for the answer in a loop that never gives it a chance to arrive.
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
for (const reading of readings) {
  const state = { done: false };
  void publish(reading).finally(() => {
    state.done = true;
  });
  while (!state.done);
}
await producer.disconnect();
