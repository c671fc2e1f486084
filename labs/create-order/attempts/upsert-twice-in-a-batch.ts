// Mistake: one upsert for the whole batch. PostgreSQL refuses to write one row twice in one statement (21000), each time.
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
  eachBatch: async ({ batch }) => {
    const { topic, partition, messages } = batch;
    const orders = messages.map(({ value }) => JSON.parse(String(value)));
    const rows = orders.map((_order, row) => `($${4 * row + 1}, $${4 * row + 2}, $${4 * row + 3}, $${4 * row + 4})`);
    await pool.query(
      `INSERT INTO orders (key, order_id, item, quantity) VALUES ${rows.join(', ')}
       ON CONFLICT (key) DO UPDATE SET item = EXCLUDED.item, quantity = EXCLUDED.quantity`,
      orders.flatMap(({ id, item, quantity }) => [id, id, item, quantity]),
    );
    const next = String(Number(batch.lastOffset()) + 1);
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
