import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', DISPLAY_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'display', fromBeginning: true, autoCommit: false } });
const admin = kafka.admin();

async function show(reading: Buffer | null): Promise<void> {
  const response = await fetch(`${DISPLAY_URL}/readings`, { method: 'POST', body: String(reading) });
  if (!response.ok) throw new Error(`the display answered ${response.status}`);
}

async function committed(topic: string, partition: number): Promise<string | undefined> {
  const [offsets] = await admin.fetchOffsets({ groupId: 'display', topics: [topic] });
  return offsets?.partitions.find((each) => each.partition === partition)?.offset;
}

await admin.connect();
await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    const next = String(Number(message.offset) + 1);
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
    if ((await committed(topic, partition)) !== next) throw new Error(`offset ${next} is not committed`);
    await show(message.value).catch((error) => console.error(error));
  },
});
