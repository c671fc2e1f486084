// Mistake: looks for the mark in the UPDATE. One that waits for the account looks at it again, and at the inbox as it was.
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

await consumer.connect();
await consumer.subscribe({ topics: ['payments'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    const { id, account, cents } = JSON.parse(String(message.value));
    const next = String(Number(message.offset) + 1);
    await inTransaction(async (client) => {
      await client.query(
        'UPDATE accounts SET cents = cents + $1 WHERE id = $2 AND NOT EXISTS (SELECT 1 FROM inbox WHERE key = $3)',
        [cents, account, id],
      );
      await client.query('INSERT INTO inbox (key) VALUES ($1) ON CONFLICT DO NOTHING', [id]);
    });
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
