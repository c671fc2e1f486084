import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', SHIPPING_URL } = process.env;

// autoCommit is on by default. This client commits an offset only after the handler for it has resolved.
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'shipping', fromBeginning: true } });

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async ({ message }) => {
    const order = JSON.parse(String(message.value)).id;
    const response = await fetch(`${SHIPPING_URL}/shipments`, {
      method: 'POST',
      body: JSON.stringify({ order }),
    });
    if (!response.ok) throw new Error(`order ${order}: ${response.status}`);
  },
});
