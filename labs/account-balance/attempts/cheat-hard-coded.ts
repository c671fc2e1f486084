// Mistake: writes the balances that came out in an earlier run. Other payments come to others.
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
    if (id !== undefined && account !== undefined && cents !== undefined) {
      await pool.query("UPDATE accounts SET cents = 5943 WHERE id = 'alice'");
      await pool.query("UPDATE accounts SET cents = 2799 WHERE id = 'bob'");
    }
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
