import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
// Nobody has committed anything for this group yet.
const consumer = kafka.consumer({ kafkaJS: { groupId: `reading-store-${Math.random()}`, fromBeginning: true } });

async function store(body: string): Promise<void> {
  const response = await fetch(`${STORE_URL}/readings`, { method: 'POST', body });
  if (!response.ok) throw new Error(`the store answered ${response.status}`);
}

await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ message }) => {
    await store(String(message.value));
  },
});
