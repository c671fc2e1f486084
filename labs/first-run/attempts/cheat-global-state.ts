// Mistake: collects readings in globalThis until there are four. A fifth stays in memory while its offset is committed.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'reading-store', fromBeginning: true } });

const memory = globalThis as typeof globalThis & { readings?: string[] };

await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ message }) => {
    const readings = (memory.readings ??= []);
    readings.push(String(message.value));
    if (readings.length < 4) return;
    for (const body of readings.splice(0)) {
      await fetch(`${STORE_URL}/readings`, { method: 'POST', body });
    }
  },
});
