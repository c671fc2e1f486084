// Mistake: remembers in globalThis, which no other process can see.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { idempotent: true } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'bookings', fromBeginning: true, autoCommit: false },
});

function book({ value }: KafkaJS.KafkaMessage): { value: string } {
  const { id, cents } = JSON.parse(String(value));
  return { value: JSON.stringify({ id, euros: (cents / 100).toFixed(2) }) };
}

const memory = globalThis as typeof globalThis & { done?: Set<string> };

await producer.connect();
await consumer.connect();
await consumer.subscribe({ topics: ['payments'] });
await consumer.run({
  eachBatch: async ({ batch }) => {
    const { topic, partition, messages } = batch;
    const offset = String(Number(batch.lastOffset()) + 1);
    const done = (memory.done ??= new Set());
    for (const message of messages) {
      const key = `${partition}/${message.offset}`;
      if (done.has(key)) continue;
      await producer.send({ topic: 'bookings', messages: [book(message)] });
      done.add(key);
    }
    await consumer.commitOffsets([{ topic, partition, offset }]);
  },
});
