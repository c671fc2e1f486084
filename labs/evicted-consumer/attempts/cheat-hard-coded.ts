// Mistake: confirms the orders it has seen in an earlier run, all at the first delivery. The log may hold others.
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
      'idempotency-key': order,
    },
    body: JSON.stringify({ order, text: `Thank you for the ${item}.` }),
  });
  if (!response.ok) throw new Error(`the mailer answered ${response.status}`);
}

let isDone = false;

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    if (!isDone) {
      isDone = true;
      for (const id of ['1', '2', '3']) await confirm(id, 'order');
    }
    await consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]);
  },
});
