import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', DISPLAY_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'display', fromBeginning: true, autoCommit: false },
});

async function show(reading: Buffer | null): Promise<void> {
  const response = await fetch(`${DISPLAY_URL}/readings`, { method: 'POST', body: String(reading) });
  if (!response.ok) throw new Error(`the display answered ${response.status}`);
}

await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    await consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]);
    await Promise.all([consumer.committed([{ topic, partition }]), show(message.value)]);
  },
});
