// Mistake: asks the client whether the batch is stale. A process that has been frozen is told later.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', MAILER_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'confirmations', fromBeginning: true, autoCommit: false },
});

async function confirm(order: string, item: string): Promise<void> {
  const response = await fetch(`${MAILER_URL}/mails`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
    },
    body: JSON.stringify({ order, text: `Thank you for the ${item}.` }),
  });
  if (!response.ok) throw new Error(`the mailer answered ${response.status}`);
}

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachBatchAutoResolve: false,
  eachBatch: async ({ batch, isStale, resolveOffset }) => {
    const { topic, partition, messages } = batch;
    for (const message of messages) {
      if (isStale()) return;
      const { id, item } = JSON.parse(String(message.value));
      await confirm(id, item);
      resolveOffset(message.offset);
      await consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]);
    }
  },
});
