// Mistake: ships the orders it has seen in an earlier run, all at the first delivery. The log may hold others.
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

let shipped = false;

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async () => {
    if (shipped) return;
    shipped = true;
    for (const id of ['1', '2', '3', '4']) await ship(id);
  },
});
