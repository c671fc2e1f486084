import { KafkaJS } from '@confluentinc/kafka-javascript';

async function store(body: string): Promise<void> {
  const response = await fetch(`${process.env.STORE_URL}/readings`, { method: 'POST', body });
  if (response.status >= 300) throw new Error(`not stored: ${response.status} ${await response.text()}`);
}

async function main(): Promise<void> {
  const brokers = process.env.KAFKA_BROKERS?.split(',') ?? [];
  const consumer = new KafkaJS.Kafka({ kafkaJS: { brokers } }).consumer({
    kafkaJS: { groupId: 'main', fromBeginning: true, autoCommit: false },
  });

  await consumer.connect();
  await consumer.subscribe({ topics: ['readings'] });
  await consumer.run({
    eachMessage: async ({ topic, partition, message }) => {
      await store(String(message.value));
      await consumer.commitOffsets([{ topic, partition, offset: `${Number(message.offset) + 1}` }]);
    },
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
