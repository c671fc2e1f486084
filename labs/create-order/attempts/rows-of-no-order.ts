// Mistake: the copy that the shop sends again is kept as an order of its own, under an id that nobody has ordered by.
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
    const insert =
      'INSERT INTO orders (key, order_id, item, quantity) VALUES ($1, $1, $2, $3) ON CONFLICT (key) DO NOTHING';
    const { rowCount } = await pool.query(insert, [id, item, quantity]);
    if (rowCount === 0) await pool.query(insert, [`${id}-copy`, item, quantity]);
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
