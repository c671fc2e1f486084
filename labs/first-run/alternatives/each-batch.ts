import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'readings-in-batches', fromBeginning: true } });

await consumer.connect();
await consumer.subscribe({ topic: 'readings' });
await consumer.run({
  eachBatch: async ({ batch, resolveOffset }) => {
    for (const message of batch.messages) {
      const response = await fetch(`${STORE_URL}/readings`, { method: 'POST', body: String(message.value) });
      if (!response.ok) throw new Error(`offset ${message.offset}: the store answered ${response.status}`);
      resolveOffset(message.offset);
    }
  },
});
