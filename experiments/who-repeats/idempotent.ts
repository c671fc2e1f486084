import { KafkaJS } from '@confluentinc/kafka-javascript';
import { orders } from './orders';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
// All copies that are in sync have the record before the broker answers, and no answer means another try.
const producer = kafka.producer({ kafkaJS: { acks: -1, idempotent: true, retry: { retries: 100 } } });

async function publish(order: (typeof orders)[number]): Promise<void> {
  await producer.send({
    topic: 'orders',
    messages: [{ key: order.id, value: JSON.stringify(order) }],
  });
}

await producer.connect();
// An error leaves the program: it ends with code 1, and the job is started again.
for (const order of orders) await publish(order);
await producer.disconnect();
