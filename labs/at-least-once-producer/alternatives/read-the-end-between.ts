import { KafkaJS } from '@confluentinc/kafka-javascript';
import { orders } from './orders';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { acks: 1 } });
const admin = kafka.admin();
await Promise.all([producer.connect(), admin.connect()]);

/** Orders in the log: one acknowledged by the leader alone may be gone half a minute later. */
async function stored(): Promise<number> {
  const partitions = await admin.fetchTopicOffsets('orders');
  return partitions.reduce((sum, { high }) => sum + Number(high), 0);
}

for (const order of orders) {
  const before = await stored();
  while ((await stored()) === before) {
    await producer.send({ topic: 'orders', messages: [{ key: order.id, value: JSON.stringify(order) }] }).catch(console.warn);
    await new Promise((resolve) => setTimeout(resolve, 30_000));
  }
}
await Promise.all([producer.disconnect(), admin.disconnect()]);
