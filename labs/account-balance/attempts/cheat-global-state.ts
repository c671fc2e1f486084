// Mistake: remembers in globalThis, which is gone with the process as well.
import { KafkaJS } from '@confluentinc/kafka-javascript';
import { Pool } from 'pg';

const { KAFKA_BROKERS = 'localhost:9092', DATABASE_URL } = process.env;

const pool = new Pool({ connectionString: DATABASE_URL });
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'balances', fromBeginning: true, autoCommit: false },
});

const memory = globalThis as typeof globalThis & { booked?: Set<string> };

await consumer.connect();
await consumer.subscribe({ topics: ['payments'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    const { id, account, cents } = JSON.parse(String(message.value));
    const next = String(Number(message.offset) + 1);
    const booked = (memory.booked ??= new Set());
    if (!booked.has(id)) {
      await pool.query('UPDATE accounts SET cents = cents + $1 WHERE id = $2', [cents, account]);
      booked.add(id);
    }
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
