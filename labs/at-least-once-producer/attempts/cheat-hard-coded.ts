// Mistake: sends the orders of an earlier run instead of those in the module.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer();

await producer.connect();
for (const [id, item] of [
  ['1', 'kettle'],
  ['2', 'lamp'],
  ['3', 'chair'],
  ['4', 'carpet'],
]) {
  await producer.send({ topic: 'orders', messages: [{ key: id, value: JSON.stringify({ id, item }) }] });
}
await producer.disconnect();
