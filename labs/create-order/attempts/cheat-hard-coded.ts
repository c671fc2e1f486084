// Mistake: writes the orders it has seen in an earlier run, all at the first delivery. The log may hold others.
import { KafkaJS } from '@confluentinc/kafka-javascript';
import { Pool } from 'pg';

const { KAFKA_BROKERS = 'localhost:9092', DATABASE_URL } = process.env;

const pool = new Pool({ connectionString: DATABASE_URL });
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'orders', fromBeginning: true, autoCommit: false },
});

let written = false;

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    if (!written) {
      written = true;
      for (const id of ['1', '2', '3']) {
        const text = 'INSERT INTO orders (key, order_id, item, quantity) VALUES ($1, $1, $2, $3) ON CONFLICT DO NOTHING';
        await pool.query(text, [id, 'lamp', 1]);
      }
    }
    await consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]);
  },
});
