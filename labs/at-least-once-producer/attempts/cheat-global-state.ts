// Mistake: marks an order as sent before it is, and skips it in the next round.
import { KafkaJS } from '@confluentinc/kafka-javascript';
import { orders } from './orders';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { retry: { retries: 0 } } });

async function publish(order: (typeof orders)[number]): Promise<void> {
  await producer.send({
    topic: 'orders',
    messages: [{ key: order.id, value: JSON.stringify(order) }],
  });
}

await producer.connect();
const memory = globalThis as typeof globalThis & { sent?: Set<string> };
const sent = (memory.sent ??= new Set());
for (let round = 1; round <= 3; round += 1) {
  for (const order of orders) {
    if (sent.has(order.id)) continue;
    sent.add(order.id);
    await publish(order).catch((error) => console.error(error));
  }
}
await producer.disconnect();
