// Mistake: the leader answers before anyone else has the record, and may die with the only copy.
import { KafkaJS } from '@confluentinc/kafka-javascript';
import { orders } from './orders';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
// The leader answers for itself, as soon as it has the record. No answer means another try.
const producer = kafka.producer({ kafkaJS: { acks: 1, retry: { retries: 100 } } });

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
