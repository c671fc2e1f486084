import { KafkaJS } from '@confluentinc/kafka-javascript';
import { orders } from './orders';
const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer();

await producer.connect();
for (const order of orders) {
  void producer.send({ topic: 'orders', messages: [{ key: order.id, value: JSON.stringify(order) }] });
}
// Waits five seconds for what is under way; the fail-over takes nine.
await producer.disconnect();
