// Mistake: resolves the offset in finally. The client goes on behind a resolved offset, also when the handler throws.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', SHIPPING_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'shipping', fromBeginning: true } });

async function ship(order: string): Promise<void> {
  const response = await fetch(`${SHIPPING_URL}/shipments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ order }),
  });
  if (!response.ok) throw new Error(`shipping answered ${response.status}`);
}

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachBatchAutoResolve: false,
  eachBatch: async ({ batch, resolveOffset }) => {
    for (const message of batch.messages) {
      const { id } = JSON.parse(String(message.value));
      try {
        await ship(id);
      } finally {
        resolveOffset(message.offset);
      }
    }
  },
});
