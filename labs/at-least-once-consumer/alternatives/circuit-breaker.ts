import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', SHIPPING_URL } = process.env;
const COOLING_MS = 10 * 60_000;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'breaker', fromBeginning: true, autoCommit: false } });

async function ship(order: string): Promise<void> {
  const response = await fetch(`${SHIPPING_URL}/shipments`, { method: 'POST', body: JSON.stringify({ order }) });
  if (!response.ok) throw new Error(`shipping answered ${response.status}`);
}

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message, pause }) => {
    try {
      await ship(JSON.parse(String(message.value)).id);
      await consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]);
    } catch (error) {
      console.warn(`${topic}-${partition} cools down:`, error);
      const resume = pause();
      consumer.seek({ topic, partition, offset: message.offset });
      setTimeout(resume, COOLING_MS);
    }
  },
});
