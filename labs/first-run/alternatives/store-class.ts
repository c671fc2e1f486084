import { KafkaJS } from '@confluentinc/kafka-javascript';

interface Reading {
  id: string;
  sensor: string;
  celsius: number;
}

class ReadingStore {
  readonly #url: string;

  constructor(address: string) {
    this.#url = `${address}/readings`;
  }

  async keep(reading: Reading): Promise<void> {
    const response = await fetch(this.#url, { method: 'POST', body: JSON.stringify(reading) });
    if (!response.ok) throw new Error(`${reading.id}: ${response.status}`);
  }
}

class ReadingConsumer {
  readonly #consumer: KafkaJS.Consumer;
  readonly #store: ReadingStore;

  constructor(kafka: KafkaJS.Kafka, store: ReadingStore) {
    this.#consumer = kafka.consumer({ kafkaJS: { groupId: 'store-class', fromBeginning: true } });
    this.#store = store;
  }

  async start(): Promise<void> {
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: ['readings'] });
    await this.#consumer.run({ eachMessage: (payload) => this.#handle(payload) });
  }

  async #handle({ message }: KafkaJS.EachMessagePayload): Promise<void> {
    const reading: Reading = JSON.parse(String(message.value));
    await this.#store.keep(reading);
  }
}

const { KAFKA_BROKERS = '', STORE_URL = '' } = process.env;
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
await new ReadingConsumer(kafka, new ReadingStore(STORE_URL)).start();
