import { KafkaJS } from '@confluentinc/kafka-javascript';
import { orders } from './orders';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer();

await producer.connect();
await Promise.all(
  orders.map((order) =>
    producer.send({ topic: 'orders', messages: [{ key: order.id, value: JSON.stringify(order) }] }),
  ),
);
await producer.disconnect();
