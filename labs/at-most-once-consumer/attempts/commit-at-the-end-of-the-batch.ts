// Mistake: commits once a batch, at its end. A crash in the middle repeats what was shown of it.
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
await consumer.run({
  eachBatchAutoResolve: false,
  eachBatch: async ({ batch, resolveOffset }) => {
    const { topic, partition } = batch;
    for (const message of batch.messages) {
      await show(message.value).catch((error) => console.error(error));
      resolveOffset(message.offset);
    }
    const next = String(Number(batch.lastOffset()) + 1);
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
