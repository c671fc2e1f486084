import { KafkaJS } from '@confluentinc/kafka-javascript';
import pg from 'pg';

interface Payment {
  id: string;
  account: string;
  cents: number;
}

class Ledger {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** A transaction that the database could not fit in with the others (40001) is simply done again. */
  async book(payment: Payment): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#try(payment);
      } catch (error) {
        if (!(error instanceof pg.DatabaseError) || error.code !== '40001' || attempt === 3) throw error;
      }
    }
  }

  async #try({ id, account, cents }: Payment): Promise<void> {
    const client = await this.#pool.connect();
    let failure: unknown;
    client.once('error', (error: Error) => (failure = error));
    try {
      await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
      const inserted = await client.query({
        text: 'INSERT INTO inbox (key) VALUES ($1) ON CONFLICT (key) DO NOTHING RETURNING key',
        values: [id],
      });
      if (inserted.rows.length === 1)
        await client.query('UPDATE accounts SET cents = cents + $2 WHERE id = $1', [account, cents]);
      await client.query('COMMIT');
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      client.release(failure !== undefined);
    }
  }
}

const { KAFKA_BROKERS = '', DATABASE_URL = '' } = process.env;

const ledger = new Ledger(new pg.Pool({ connectionString: DATABASE_URL }));
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'ledger', fromBeginning: true } });
await consumer.connect();
await consumer.subscribe({ topics: ['payments'] });
await consumer.run({
  eachBatchAutoResolve: false,
  eachBatch: async ({ batch, resolveOffset, isStale }) => {
    for (const message of batch.messages) {
      if (isStale()) return;
      await ledger.book(JSON.parse(String(message.value)) as Payment);
      resolveOffset(message.offset);
    }
  },
});
