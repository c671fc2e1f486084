// Mistake: no fromBeginning. The group has no committed offset, so it starts behind the readings that are already there.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'reading-store' } });

await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ message }) => {
    const response = await fetch(`${STORE_URL}/readings`, { method: 'POST', body: String(message.value) });
    if (!response.ok) throw new Error(`the store answered ${response.status}`);
  },
});
