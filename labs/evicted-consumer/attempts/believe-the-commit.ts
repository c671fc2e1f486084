// Mistake: takes a resolved commitOffsets() for proof that it still owns the partition. It only says that the commit is queued.
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
  eachMessage: async ({ topic, partition, message }) => {
    const { id, item } = JSON.parse(String(message.value));
    const next = String(Number(message.offset) + 1);
    // Only the owner of the partition can commit, so after this it is mine.
    await consumer.commitOffsets([{ topic, partition, offset: message.offset }]);
    await confirm(id, item);
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
