// Mistake: takes every answer for a confirmation. A mailer that answers 500 has sent nothing.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', MAILER_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'confirmations', fromBeginning: true, autoCommit: false },
});

async function confirm(order: string, item: string): Promise<void> {
  await fetch(`${MAILER_URL}/mails`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': order,
    },
    body: JSON.stringify({ order, text: `Thank you for the ${item}.` }),
  });
}

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    const { id, item } = JSON.parse(String(message.value));
    const next = String(Number(message.offset) + 1);
    await confirm(id, item);
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
