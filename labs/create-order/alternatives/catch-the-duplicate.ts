import { KafkaJS } from '@confluentinc/kafka-javascript';
import { DatabaseError, Pool } from 'pg';

interface Order {
  id: string;
  item: string;
  quantity: number;
}

const UNIQUE_VIOLATION = '23505';

const pool = new Pool({ connectionString: process.env.DATABASE_URL });

/** The database refuses a second row; that is the answer that was asked for. */
async function create({ id, item, quantity }: Order): Promise<void> {
  try {
    await pool.query({
      name: 'create-order',
      text: 'INSERT INTO orders (key, order_id, item, quantity) VALUES ($1, $1, $2, $3)',
      values: [id, item, quantity],
    });
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== UNIQUE_VIOLATION) throw error;
  }
}

async function main(): Promise<void> {
  const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: (process.env.KAFKA_BROKERS ?? '').split(',') } });
  const consumer = kafka.consumer({ kafkaJS: { groupId: 'create-orders', fromBeginning: true } });
  await consumer.connect();
  await consumer.subscribe({ topic: 'orders' });
  await consumer.run({
    eachMessage: async ({ message }) => create(JSON.parse(String(message.value)) as Order),
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
