// Mistake: writes the bookings that it has seen in an earlier run, all at the first delivery. The log may hold other payments.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { transactionalId: 'bookings' } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'bookings', fromBeginning: true, autoCommit: false },
});

let isDone = false;

await producer.connect();
await consumer.connect();
await consumer.subscribe({ topics: ['payments'] });
await consumer.run({
  eachBatch: async ({ batch }) => {
    const { topic, partition } = batch;
    const offset = String(Number(batch.lastOffset()) + 1);
    const transaction = await producer.transaction();
    try {
      if (!isDone) {
        const bookings = ['{"id":"1","euros":"12.50"}', '{"id":"2","euros":"3.00"}', '{"id":"3","euros":"99.99"}'];
        await transaction.send({ topic: 'bookings', messages: bookings.map((value) => ({ value })) });
      }
      await transaction.sendOffsets({ consumer, topics: [{ topic, partitions: [{ partition, offset }] }] });
      await transaction.commit();
      isDone = true;
    } catch (error) {
      await transaction.abort().catch(() => process.exit(1));
      throw error;
    }
  },
});
