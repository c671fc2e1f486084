import { KafkaJS } from '@confluentinc/kafka-javascript';

interface Order {
  id: string;
  item: string;
}

class Confirmations {
  readonly #address: string;

  constructor(address: string) {
    this.#address = `${address}/mails`;
  }

  async send({ id, item }: Order): Promise<void> {
    const headers = new Headers({ 'Idempotency-Key': `confirmation-${id}` });
    const body = JSON.stringify({ order: id, text: `${item}: your order has arrived` });
    const response = await fetch(this.#address, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(await response.text());
  }
}

const { KAFKA_BROKERS = '', MAILER_URL = '' } = process.env;
const confirmations = new Confirmations(MAILER_URL);

async function main(): Promise<void> {
  const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
  const consumer = kafka.consumer({ kafkaJS: { groupId: 'confirmation-class', fromBeginning: true } });
  await consumer.connect();
  await consumer.subscribe({ topics: ['orders'] });
  await consumer.run({
    eachBatchAutoResolve: false,
    eachBatch: async ({ batch, resolveOffset, isStale }) => {
      for (const message of batch.messages) {
        if (isStale()) return;
        await confirmations.send(JSON.parse(String(message.value)) as Order);
        resolveOffset(message.offset);
      }
    },
  });
}

await main();
