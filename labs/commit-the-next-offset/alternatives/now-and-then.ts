import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'reading-store', fromBeginning: true, autoCommit: false } });

const next = new Map<number, string>();

/** Commits what has been stored since the last time, and sees to it that there is a next time. */
async function commitNowAndThen(): Promise<void> {
  const offsets = [...next].map(([partition, offset]) => ({ topic: 'readings', partition, offset }));
  next.clear();
  if (offsets.length > 0) await consumer.commitOffsets(offsets);
  setTimeout(commitNowAndThen, 1000);
}

await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ partition, message }) => {
    const response = await fetch(`${STORE_URL}/readings`, { method: 'POST', body: String(message.value) });
    if (!response.ok) throw new Error(`the store answered ${response.status}`);
    next.set(partition, String(Number(message.offset) + 1));
  },
});
await commitNowAndThen();
