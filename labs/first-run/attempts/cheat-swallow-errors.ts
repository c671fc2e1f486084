// Mistake: an error for readings that look wrong, and a catch that swallows it. The client takes them for handled.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'reading-store', fromBeginning: true } });

function check(reading: { celsius: number }): void {
  if (reading.celsius < 0) throw new RangeError(`${reading.celsius} °C cannot be right`);
}

await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ message }) => {
    try {
      const reading = JSON.parse(String(message.value));
      check(reading);
      await fetch(`${STORE_URL}/readings`, { method: 'POST', body: JSON.stringify(reading) });
    } catch {
      // not important
    }
  },
});
