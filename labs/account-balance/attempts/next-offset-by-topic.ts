// Mistake: one next offset for the whole topic. Offsets count within a partition.
import { KafkaJS } from '@confluentinc/kafka-javascript';
import { Pool, type PoolClient } from 'pg';

const { KAFKA_BROKERS = 'localhost:9092', DATABASE_URL } = process.env;

const pool = new Pool({ connectionString: DATABASE_URL });
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'balances', fromBeginning: true, autoCommit: false },
});

/** All of `work`, or nothing. */
async function inTransaction(work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  // A connection that breaks is heard of by the query it breaks.
  client.on('error', () => undefined);
  try {
    await client.query('BEGIN');
    await work(client);
    await client.query('COMMIT');
  } catch (error) {
    // The connection is closed with the transaction in it, which is its end.
    client.release(true);
    throw error;
  }
  client.release();
}

await pool.query('CREATE TABLE IF NOT EXISTS progress (place TEXT PRIMARY KEY, next BIGINT NOT NULL)');

await consumer.connect();
await consumer.subscribe({ topics: ['payments'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    const { id, account, cents } = JSON.parse(String(message.value));
    const next = String(Number(message.offset) + 1);
    await inTransaction(async (client) => {
      const place = topic;
      await client.query('INSERT INTO progress (place, next) VALUES ($1, 0) ON CONFLICT DO NOTHING', [place]);
      const { rowCount } = await client.query('UPDATE progress SET next = $1 WHERE place = $2 AND next <= $3', [
        next,
        place,
        message.offset,
      ]);
      if (rowCount === 0) return;
      await client.query('UPDATE accounts SET cents = cents + $1 WHERE id = $2', [cents, account]);
    });
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
