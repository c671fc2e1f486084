// Mistake: reads, adds in the program, writes. Done twice it adds twice, and two at once lose one.
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
    const { rows } = await pool.query('SELECT cents FROM accounts WHERE id = $1', [account]);
    const [{ cents: balance }] = rows;
    await pool.query('UPDATE accounts SET cents = $1 WHERE id = $2', [balance + cents, account]);
    await consumer.commitOffsets([{ topic, partition, offset: next }]);
  },
});
