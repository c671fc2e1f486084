import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'reading-store', fromBeginning: true, autoCommit: false } });

async function store(body: string): Promise<void> {
  const response = await fetch(`${STORE_URL}/readings`, { method: 'POST', body });
  if (!response.ok) throw new Error(`the store answered ${response.status}`);
}

let next: string | null = null;

process.once('SIGTERM', async () => {
  try {
    if (next !== null) await consumer.commitOffsets([{ topic: 'readings', partition: 0, offset: next }]);
  } finally {
    // Waits for the commit that is only queued so far.
    await consumer.disconnect();
  }
});

await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ message }) => {
    await store(String(message.value));
    next = String(BigInt(message.offset) + 1n);
  },
});
