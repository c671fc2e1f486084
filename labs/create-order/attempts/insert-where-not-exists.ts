// Mistake: looks and inserts in one statement. It does not see what another transaction has not committed yet, and does not wait for it.
import { KafkaJS } from '@confluentinc/kafka-javascript';
import { Pool, type PoolClient } from 'pg';

const { KAFKA_BROKERS = 'localhost:9092', DATABASE_URL } = process.env;

const pool = new Pool({ connectionString: DATABASE_URL });

async function inTransaction(work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  client.on('error', () => undefined);
  try {
    await client.query('BEGIN');
    await work(client);
    await client.query('COMMIT');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'careful', fromBeginning: true, autoCommit: false } });

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    const { id, item, quantity } = JSON.parse(String(message.value));
    await inTransaction(async (client) => {
      await client.query(
        `INSERT INTO orders (key, order_id, item, quantity)
         SELECT $1, $2, $3, $4 WHERE NOT EXISTS (SELECT 1 FROM orders WHERE order_id = $2)`,
        [crypto.randomUUID(), id, item, quantity],
      );
    });
    await consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]);
  },
});
