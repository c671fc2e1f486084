// Mistake: gives a batch up that was refused once, in a transaction of its own. The refusal would not have lasted.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { transactionalId: 'bookings' } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'bookings', fromBeginning: true, autoCommit: false },
});

function book({ value }: KafkaJS.KafkaMessage): { value: string } {
  const { id, cents } = JSON.parse(String(value));
  return { value: JSON.stringify({ id, euros: (cents / 100).toFixed(2) }) };
}

await producer.connect();
await consumer.connect();
await consumer.subscribe({ topics: ['payments'] });
await consumer.run({
  eachBatch: async ({ batch }) => {
    const { topic, partition, messages } = batch;
    const offset = String(Number(batch.lastOffset()) + 1);
    const transaction = await producer.transaction();
    try {
      await transaction.send({ topic: 'bookings', messages: messages.map(book) });
      await transaction.sendOffsets({ consumer, topics: [{ topic, partitions: [{ partition, offset }] }] });
      await transaction.commit();
    } catch (error) {
      // Either it can be undone, or this producer is finished and a new process has to take over.
      await transaction.abort().catch(() => process.exit(1));
      const skip = await producer.transaction();
      await skip.sendOffsets({ consumer, topics: [{ topic, partitions: [{ partition, offset }] }] });
      await skip.commit();
    }
  },
});
