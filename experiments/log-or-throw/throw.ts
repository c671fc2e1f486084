import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', SHIPPING_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'shipping', fromBeginning: true, autoCommit: false },
});

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
  eachMessage: async ({ topic, partition, message }) => {
    const { id } = JSON.parse(String(message.value));
    const next = String(Number(message.offset) + 1);
    await ship(id);
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
