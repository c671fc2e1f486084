import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', SHIPPING_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'shipping', fromBeginning: true, autoCommit: false } });

async function ship(order: string): Promise<void> {
  const body = JSON.stringify({ order });
  const response = await fetch(`${SHIPPING_URL}/shipments`, { method: 'POST', body });
  if (!response.ok) throw new Error(`shipping answered ${response.status}`);
}

async function shipAtLast(order: string): Promise<void> {
  for (;;) {
    try {
      return await ship(order);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  // Orders overtake each other, and the commit of a later one covers an earlier one that is still being tried.
  eachMessage: async ({ topic, partition, message }) => {
    void shipAtLast(JSON.parse(String(message.value)).id).then(() =>
      consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]),
    );
  },
});
