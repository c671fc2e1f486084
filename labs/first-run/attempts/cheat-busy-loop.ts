// Mistake: waits for the answer in a loop that never gives the answer a chance to arrive.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'reading-store', fromBeginning: true } });

await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ message }) => {
    const state = { answered: false };
    void fetch(`${STORE_URL}/readings`, { method: 'POST', body: String(message.value) }).then(() => {
      state.answered = true;
    });
    while (!state.answered);
  },
});
