// Mistake: the row is made before anybody knows what was ordered, and nobody comes back to fill it in.
import { KafkaJS } from '@confluentinc/kafka-javascript';
import { Pool } from 'pg';

const { KAFKA_BROKERS = 'localhost:9092', DATABASE_URL } = process.env;

const pool = new Pool({ connectionString: DATABASE_URL });
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'orders', fromBeginning: true, autoCommit: false },
});

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    const { id, item, quantity } = JSON.parse(String(message.value));
    const next = String(Number(message.offset) + 1);
    await pool.query(
      "INSERT INTO orders (key, order_id, item, quantity) VALUES ($1, $1, '?', 0) ON CONFLICT (key) DO NOTHING",
      [id],
    );
    console.log(`${quantity} of ${item} to be filled in`);
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
