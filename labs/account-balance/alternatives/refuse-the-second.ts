import { KafkaJS } from '@confluentinc/kafka-javascript';
import { Client, DatabaseError } from 'pg';

const { KAFKA_BROKERS = '', DATABASE_URL } = process.env;

interface Payment {
  id: string;
  account: string;
  cents: number;
}

/** A connection of its own for each payment: dear, and simple. */
async function book({ id, account, cents }: Payment): Promise<void> {
  const client = new Client({ connectionString: DATABASE_URL });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE accounts SET cents = cents + $1 WHERE id = $2', [cents, account]);
    await client.query('INSERT INTO inbox (key) VALUES ($1)', [id]);
    await client.query('COMMIT');
  } catch (error) {
    // 23505: the payment is booked already, and what this attempt has added goes with its transaction.
    if (!(error instanceof DatabaseError && error.code === '23505')) throw error;
  } finally {
    await client.end();
  }
}

const consumer = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } }).consumer({
  kafkaJS: { groupId: 'bookkeeping', fromBeginning: true },
});
await consumer.connect();
await consumer.subscribe({ topic: 'payments' });
await consumer.run({ eachMessage: async ({ message }) => book(JSON.parse(String(message.value)) as Payment) });
