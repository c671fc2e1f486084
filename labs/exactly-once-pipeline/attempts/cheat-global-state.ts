// Mistake: remembers in globalThis, which no other process can see.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { idempotent: true } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'receipts', fromBeginning: true, autoCommit: false },
});

function receiptFor(order: string): string {
  const { id, price, quantity } = JSON.parse(order);
  return JSON.stringify({ id, total: price * quantity });
}

const memory = globalThis as typeof globalThis & { done?: Set<string> };

await producer.connect();
await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    const next = String(Number(message.offset) + 1);
    const done = (memory.done ??= new Set());
    if (!done.has(String(message.key))) {
      await producer.send({
        topic: 'receipts',
        messages: [{ key: message.key, value: receiptFor(String(message.value)) }],
      });
      done.add(String(message.key));
    }
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
