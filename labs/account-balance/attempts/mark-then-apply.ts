// Mistake: marks, then adds, as two transactions. A crash in between leaves a mark for nothing.
import { KafkaJS } from '@confluentinc/kafka-javascript';
import { Pool } from 'pg';

const { KAFKA_BROKERS = 'localhost:9092', DATABASE_URL } = process.env;

const pool = new Pool({ connectionString: DATABASE_URL });
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'balances', fromBeginning: true, autoCommit: false },
});

await consumer.connect();
await consumer.subscribe({ topics: ['payments'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    const { id, account, cents } = JSON.parse(String(message.value));
    const next = String(Number(message.offset) + 1);
    const { rowCount } = await pool.query('INSERT INTO inbox (key) VALUES ($1) ON CONFLICT DO NOTHING', [id]);
    if (rowCount === 1) {
      await pool.query('UPDATE accounts SET cents = cents + $1 WHERE id = $2', [cents, account]);
    }
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
