import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { transactionalId: 'receipts' } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'receipts', fromBeginning: true, autoCommit: false },
});

function receiptFor(order: string): string {
  const { id, price, quantity } = JSON.parse(order);
  return JSON.stringify({ id, total: price * quantity });
}

await producer.connect();
await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachBatchAutoResolve: false,
  eachBatch: async ({ batch, resolveOffset }) => {
    const { topic, partition, messages } = batch;
    const transaction = await producer.transaction();
    try {
      await transaction.send({
        topic: 'receipts',
        messages: messages.map(({ key, value }) => ({ key, value: receiptFor(String(value)) })),
      });
      const next = String(Number(batch.lastOffset()) + 1);
      await transaction.sendOffsets({ consumer, topics: [{ topic, partitions: [{ partition, offset: next }] }] });
      await transaction.commit();
      resolveOffset(batch.lastOffset());
    } catch (error) {
      await transaction.abort().catch(() => process.exit(1));
      throw error;
    }
  },
});
