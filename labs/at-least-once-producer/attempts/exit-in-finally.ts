import { KafkaJS } from '@confluentinc/kafka-javascript';
import { orders } from './orders';
const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { retry: { retries: 0 } } });

await producer.connect();
try {
  for (const order of orders) {
    await producer.send({ topic: 'orders', messages: [{ key: order.id, value: JSON.stringify(order) }] });
  }
} finally {
  await producer.disconnect();
  // Code 0, whatever has happened above.
  process.exit(0);
}
