// Mistake: a finally that tidies up after the first reading what all the later ones need.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'reading-store', fromBeginning: true } });

const session = { open: true };

await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ message }) => {
    try {
      if (!session.open) return;
      await fetch(`${STORE_URL}/readings`, { method: 'POST', body: String(message.value) });
    } finally {
      session.open = false;
    }
  },
});
