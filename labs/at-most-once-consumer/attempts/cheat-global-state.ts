// Mistake: keeps what it has shown in globalThis, which is as much a part of the process as any other memory.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', DISPLAY_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'display', fromBeginning: true, autoCommit: false },
});

async function show(reading: Buffer | null): Promise<void> {
  const response = await fetch(`${DISPLAY_URL}/readings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: String(reading),
  });
  if (!response.ok) throw new Error(`the display answered ${response.status}`);
}

await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });

const memory = globalThis as typeof globalThis & { shown?: Set<string> };

await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    const { id } = JSON.parse(String(message.value));
    const shown = (memory.shown ??= new Set());
    if (shown.has(id)) return;
    shown.add(id);
    const next = String(Number(message.offset) + 1);
    try {
      await show(message.value);
    } catch (error) {
      console.error(`offset ${message.offset} may not have been shown:`, error);
    }
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
