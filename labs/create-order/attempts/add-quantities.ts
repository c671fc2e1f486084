// Mistake: a conflict adds the quantities up. An order that comes twice is one order, not one for more.
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
      `INSERT INTO orders (key, order_id, item, quantity) VALUES ($1, $1, $2, $3)
       ON CONFLICT (key) DO UPDATE SET quantity = orders.quantity + EXCLUDED.quantity`,
      [id, item, quantity],
    );
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
