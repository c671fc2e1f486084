// Mistake: the offset goes into the transaction, and is committed beside it as well. That one counts, whatever becomes of the transaction.
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
  eachMessage: async ({ topic, partition, message }) => {
    const next = String(Number(message.offset) + 1);
    const transaction = await producer.transaction();
    try {
      await transaction.send({
        topic: 'receipts',
        messages: [{ key: message.key, value: receiptFor(String(message.value)) }],
      });
      await transaction.sendOffsets({
        consumer,
        topics: [{ topic, partitions: [{ partition, offset: next }] }],
      });
      await consumer.commitOffsets([{ topic, partition, offset: next }]);
      await transaction.commit();
    } catch (error) {
      // Either it can be undone, or this producer is finished and a new process has to take over.
      await transaction.abort().catch(() => process.exit(1));
      throw error;
    }
  },
});
