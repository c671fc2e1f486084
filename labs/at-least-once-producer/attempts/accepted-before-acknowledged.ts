// Mistake: takes a record for sent when it is handed to the client, and ends before the broker has answered.
import { KafkaJS } from '@confluentinc/kafka-javascript';
import { orders } from './orders';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: {}, 'linger.ms': 0 });

await producer.connect();

/** Resolves when the order is accepted. */
async function accept(order: (typeof orders)[number]): Promise<void> {
  void producer.send({ topic: 'orders', messages: [{ key: order.id, value: JSON.stringify(order) }] });
  await new Promise((resolve) => setTimeout(resolve, 20));
}

for (const order of orders) await accept(order);
process.exit(0);
