import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'receipts', fromBeginning: true, autoCommit: false },
});

function receiptFor(order: string): string {
  const { id, price, quantity } = JSON.parse(order);
  return JSON.stringify({ id, total: price * quantity });
}

// A producer that has been fenced is thrown away, and a new one takes over its id.
class Receipts {
  private producer: KafkaJS.Producer | null = null;

  private async ready(): Promise<KafkaJS.Producer> {
    if (this.producer !== null) return this.producer;
    const producer = kafka.producer({ kafkaJS: { transactionalId: 'receipts' } });
    await producer.connect();
    this.producer = producer;
    return producer;
  }

  async write({ topic, partition, message }: KafkaJS.EachMessagePayload): Promise<void> {
    const producer = await this.ready();
    const transaction = await producer.transaction();
    const offset = String(Number(message.offset) + 1);
    try {
      await transaction.send({
        topic: 'receipts',
        messages: [{ key: message.key, value: receiptFor(String(message.value)) }],
      });
      await transaction.sendOffsets({ consumer, topics: [{ topic, partitions: [{ partition, offset }] }] });
      await transaction.commit();
    } catch (error) {
      await transaction.abort().catch(() => this.replace(producer));
      throw error;
    }
  }

  private async replace(producer: KafkaJS.Producer): Promise<void> {
    this.producer = null;
    await producer.disconnect().catch(() => undefined);
  }
}

const receipts = new Receipts();

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({ eachMessage: (payload) => receipts.write(payload) });
