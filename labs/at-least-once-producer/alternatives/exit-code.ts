import { KafkaJS } from '@confluentinc/kafka-javascript';
import { orders } from './orders';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { acks: -1, retry: { retries: 0 } } });

async function publish(order: (typeof orders)[number]): Promise<void> {
  await producer.send({
    topic: 'orders',
    messages: [{ key: order.id, value: JSON.stringify(order) }],
  });
}

await producer.connect();
for (const order of orders) {
  try {
    await publish(order);
  } catch (error) {
    console.error(`order ${order.id} may be missing:`, error);
    // The rest is still tried; the code tells the supervisor that the job is not done.
    process.exitCode = 1;
  }
}
await producer.disconnect();
