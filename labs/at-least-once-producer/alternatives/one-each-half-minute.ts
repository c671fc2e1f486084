import { KafkaJS } from '@confluentinc/kafka-javascript';
import { orders } from './orders';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;
const INTERVAL_MS = 30_000;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { acks: -1, retry: { retries: 100 } } });
await producer.connect();

let next = 0;
for (const order of orders) {
  while (Date.now() < next) await new Promise((resolve) => setTimeout(resolve, 100));
  next = Date.now() + INTERVAL_MS;
  await producer.send({ topic: 'orders', messages: [{ key: order.id, value: JSON.stringify(order) }] });
}
await producer.disconnect();
