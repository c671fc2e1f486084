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

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachBatch: async ({ batch }) => {
    const { topic, partition, messages } = batch;
    const orders = messages.map(({ value }) => JSON.parse(String(value)) as { id: string; item: string });
    await Promise.all(orders.map(({ id, item }) => confirm(id, item)));
    const next = String(Number(batch.lastOffset()) + 1);
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
