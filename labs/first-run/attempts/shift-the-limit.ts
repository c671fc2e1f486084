// Mistake: moves the limit just far enough for the readings that are visible. The hidden ones are colder.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'reading-store', fromBeginning: true } });

await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ message }) => {
    const reading = JSON.parse(String(message.value));
    if (reading.celsius < -20) return;
    await fetch(`${STORE_URL}/readings`, { method: 'POST', body: JSON.stringify(reading) });
  },
});
