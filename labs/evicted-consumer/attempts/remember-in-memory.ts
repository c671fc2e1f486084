// Mistake: each instance remembers what it has sent itself. The other one does not know.
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

const sent = new Set<string>();

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    const { id, item } = JSON.parse(String(message.value));
    const next = String(Number(message.offset) + 1);
    if (!sent.has(id)) {
      await confirm(id, item);
      sent.add(id);
    }
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
