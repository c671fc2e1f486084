import { KafkaJS } from '@confluentinc/kafka-javascript';
import pg from 'pg';

const { KAFKA_BROKERS = '', DATABASE_URL = '' } = process.env;

const UPSERT = `
  INSERT INTO orders (key, order_id, item, quantity) VALUES ($1, $1, $2, $3)
  ON CONFLICT (key) DO UPDATE SET item = EXCLUDED.item, quantity = EXCLUDED.quantity
`;

async function store(pool: pg.Pool, { batch, resolveOffset, isStale }: KafkaJS.EachBatchPayload): Promise<void> {
  for (const message of batch.messages) {
    if (isStale()) return;
    const { id, item, quantity } = JSON.parse(String(message.value));
    await pool.query(UPSERT, [id, item, quantity]);
    resolveOffset(message.offset);
  }
}

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 2 });
const consumer = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } }).consumer({
  kafkaJS: { groupId: 'batches', fromBeginning: true },
});
await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({ eachBatchAutoResolve: false, eachBatch: (payload) => store(pool, payload) });
