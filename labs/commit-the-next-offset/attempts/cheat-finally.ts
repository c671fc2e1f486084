// Mistake: commits in a finally at the end of main. A process that is stopped by a signal does not get there.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'reading-store', fromBeginning: true, autoCommit: false },
});

async function store(body: string): Promise<void> {
  const response = await fetch(`${STORE_URL}/readings`, { method: 'POST', body });
  if (!response.ok) throw new Error(`the store answered ${response.status}`);
}

async function main(): Promise<void> {
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: ['readings'] });
    await consumer.run({ eachMessage: ({ message }) => store(String(message.value)) });
    await new Promise<never>(() => {});
  } finally {
    await consumer.commitOffsets();
    await consumer.disconnect();
  }
}

void main();
