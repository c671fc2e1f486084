import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;

// The client stores offset + 1 when the handler has resolved, and commits what is stored by timer and when it closes.
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'by-the-client', fromBeginning: true } });

process.once('SIGTERM', () => {
  void consumer.disconnect();
});

await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ message }) => {
    const response = await fetch(`${STORE_URL}/readings`, { method: 'POST', body: String(message.value) });
    if (!response.ok) throw new Error(`the store answered ${response.status}`);
  },
});
