import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'reading-store', fromBeginning: true, autoCommit: false } });
const producer = kafka.producer({ kafkaJS: { transactionalId: 'reading-store' } });

async function store(body: string): Promise<void> {
  const response = await fetch(`${STORE_URL}/readings`, { method: 'POST', body });
  if (!response.ok) throw new Error(`the store answered ${response.status}`);
}

await producer.connect();
await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    await store(String(message.value));
    const offset = String(Number(message.offset) + 1);
    const transaction = await producer.transaction();
    await transaction.sendOffsets({ consumer, topics: [{ topic, partitions: [{ partition, offset }] }] });
    await transaction.commit();
  },
});
