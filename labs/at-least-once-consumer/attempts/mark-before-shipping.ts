import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', SHIPPING_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'shipping', fromBeginning: true, autoCommit: false } });

async function ship(order: string): Promise<void> {
  const body = JSON.stringify({ order });
  const response = await fetch(`${SHIPPING_URL}/shipments`, { method: 'POST', body });
  if (!response.ok) throw new Error(`shipping answered ${response.status}`);
}

const marked = new Map<number, string>();

// What is committed every second is what has been begun, not what is done.
setInterval(() => {
  const offsets = [...marked].map(([partition, offset]) => ({ topic: 'orders', partition, offset }));
  marked.clear();
  if (offsets.length > 0) void consumer.commitOffsets(offsets);
}, 1000);

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async ({ partition, message }) => {
    marked.set(partition, String(Number(message.offset) + 1));
    await ship(JSON.parse(String(message.value)).id);
  },
});
