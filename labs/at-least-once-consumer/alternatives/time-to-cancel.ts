import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', SHIPPING_URL } = process.env;
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'shipping', fromBeginning: true, autoCommit: false } });

/** An order may be cancelled for four minutes: less than `max.poll.interval.ms`. */
const timeToCancel = () => new Promise((resolve) => setTimeout(resolve, 4 * 60_000));

async function ship(order: string): Promise<void> {
  const response = await fetch(`${SHIPPING_URL}/shipments`, { method: 'POST', body: JSON.stringify({ order }) });
  if (!response.ok) throw new Error(`shipping answered ${response.status}`);
}

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    await timeToCancel();
    await ship(JSON.parse(String(message.value)).id);
    await consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]);
  },
});
