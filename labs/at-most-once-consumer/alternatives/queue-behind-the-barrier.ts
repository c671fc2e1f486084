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

/** Readings are shown one after the other, behind the handler's back. */
let queue = Promise.resolve();

await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    const next = String(Number(message.offset) + 1);
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
    const [stored] = await consumer.committed([{ topic, partition }]);
    if (stored?.offset !== next) throw new Error(`offset ${next} is not committed`);
    queue = queue.then(() => show(message.value)).catch(console.error);
  },
});
