// Mistake: sends the readings of an earlier run instead of those in the module.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { retry: { retries: 0 } } });

await producer.connect();
for (const [id, sensor, celsius] of [
  ['1', 'cellar', 11.5],
  ['2', 'freezer', -18.2],
  ['3', 'cellar', 11.7],
  ['4', 'freezer', -17.9],
]) {
  const value = JSON.stringify({ id, sensor, celsius });
  await producer.send({ topic: 'readings', messages: [{ value }] }).catch((error) => console.error(error));
}
await producer.disconnect();
