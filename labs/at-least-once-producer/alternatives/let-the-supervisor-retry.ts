import { KafkaJS } from '@confluentinc/kafka-javascript';
import { orders } from './orders';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
// No retries in the client: the job as a whole is what is repeated.
const producer = kafka.producer({ kafkaJS: { retry: { retries: 0 } } });

async function main(): Promise<void> {
  await producer.connect();
  const messages = orders.map((order) => ({ key: order.id, value: JSON.stringify(order) }));
  await producer.send({ topic: 'orders', messages });
  await producer.disconnect();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
