// Mistake: leaves the offsets to the consumer's timer. They move when the timer wants, not when the receipt is there.
import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { transactionalId: 'receipts' } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'receipts', fromBeginning: true, autoCommit: true },
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
    const transaction = await producer.transaction();
    try {
      await transaction.send({
        topic: 'receipts',
        messages: [{ key: message.key, value: receiptFor(String(message.value)) }],
      });
      await transaction.commit();
    } catch (error) {
      await transaction.abort().catch(() => process.exit(1));
      throw error;
    }
  },
});
