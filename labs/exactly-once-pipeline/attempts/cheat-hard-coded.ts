// Mistake: writes the receipts that it has seen in an earlier run, all at the first delivery. The log may hold other orders.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { transactionalId: 'receipts' } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'receipts', fromBeginning: true, autoCommit: false },
});

let isDone = false;

await producer.connect();
await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    const transaction = await producer.transaction();
    try {
      if (!isDone) {
        const receipts = ['{"id":"1","total":40}', '{"id":"2","total":15}', '{"id":"3","total":21}'];
        await transaction.send({ topic: 'receipts', messages: receipts.map((value) => ({ value })) });
      }
      isDone = true;
      const next = String(Number(message.offset) + 1);
      await transaction.sendOffsets({
        consumer,
        topics: [{ topic, partitions: [{ partition, offset: next }] }],
      });
      await transaction.commit();
    } catch (error) {
      await transaction.abort().catch(() => process.exit(1));
      throw error;
    }
  },
});
