import { KafkaJS } from '@confluentinc/kafka-javascript';

async function main(): Promise<void> {
  const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;
  const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
  const consumer = kafka.consumer({
    kafkaJS: { groupId: 'batches', fromBeginning: true, autoCommit: false },
  });

  await consumer.connect();
  await consumer.subscribe({ topics: ['readings'] });
  await consumer.run({
    eachBatchAutoResolve: false,
    eachBatch: async ({ batch, resolveOffset, commitOffsetsIfNecessary }) => {
      for (const { offset, value } of batch.messages) {
        const response = await fetch(`${STORE_URL}/readings`, { method: 'POST', body: String(value) });
        if (!response.ok) throw new Error(`offset ${offset}: ${response.status}`);
        resolveOffset(offset);
      }
      await commitOffsetsIfNecessary();
    },
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
