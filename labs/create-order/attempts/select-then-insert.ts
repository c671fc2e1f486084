// Mistake: looks first and writes then. Between the two a replacement can write the same order. The key depends on the attempt: it does not help.
import { KafkaJS } from '@confluentinc/kafka-javascript';
import { Pool } from 'pg';

const { KAFKA_BROKERS = 'localhost:9092', DATABASE_URL } = process.env;

const pool = new Pool({ connectionString: DATABASE_URL });
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'orders', fromBeginning: true, autoCommit: false },
});

const instance = crypto.randomUUID();

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    const { id, item, quantity } = JSON.parse(String(message.value));
    const next = String(Number(message.offset) + 1);
    const { rowCount } = await pool.query('SELECT 1 FROM orders WHERE order_id = $1', [id]);
    if (rowCount === 0) {
      const key = `${instance}/${id}`;
      await pool.query('INSERT INTO orders (key, order_id, item, quantity) VALUES ($1, $2, $3, $4)', [
        key,
        id,
        item,
        quantity,
      ]);
    }
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
