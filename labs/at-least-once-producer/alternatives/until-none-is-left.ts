import { KafkaJS } from '@confluentinc/kafka-javascript';
import { orders } from './orders';
const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { retry: { retries: 0 } } });

async function publish(order: (typeof orders)[number]): Promise<typeof order> {
  await producer.send({ topic: 'orders', messages: [{ key: order.id, value: JSON.stringify(order) }] });
  return order;
}

await producer.connect();
const waiting = new Set(orders);
while (waiting.size > 0) {
  const results = await Promise.allSettled([...waiting].map(publish));
  for (const result of results) if (result.status === 'fulfilled') waiting.delete(result.value);
  if (waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, 1000));
}
await producer.disconnect();
