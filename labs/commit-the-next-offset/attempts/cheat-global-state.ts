// Mistake: remembers what is done in globalThis. A restarted program has a new one, and the group still knows nothing.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'reading-store', fromBeginning: true, autoCommit: false },
});

const memory = globalThis as typeof globalThis & { done?: Set<string> };

async function store(body: string): Promise<void> {
  const response = await fetch(`${STORE_URL}/readings`, { method: 'POST', body });
  if (!response.ok) throw new Error(`the store answered ${response.status}`);
}

await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ message }) => {
    const done = (memory.done ??= new Set());
    if (done.has(message.offset)) return;
    await store(String(message.value));
    done.add(message.offset);
  },
});
