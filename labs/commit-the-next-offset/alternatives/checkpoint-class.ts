import { KafkaJS } from '@confluentinc/kafka-javascript';

/** Knows how far the group has come, and tells the group. */
class Checkpoint {
  readonly #consumer: KafkaJS.Consumer;

  constructor(consumer: KafkaJS.Consumer) {
    this.#consumer = consumer;
  }

  /** To be called when the message has been handled completely. */
  async moveBehind({ topic, partition, message }: KafkaJS.EachMessagePayload): Promise<void> {
    const offset = (BigInt(message.offset) + 1n).toString();
    await this.#consumer.commitOffsets([{ topic, partition, offset }]);
  }
}

const { KAFKA_BROKERS = 'localhost:9092', STORE_URL } = process.env;

const consumer = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } }).consumer({
  kafkaJS: { groupId: 'checkpoint', fromBeginning: true, autoCommit: false },
});
const checkpoint = new Checkpoint(consumer);

async function handle(payload: KafkaJS.EachMessagePayload): Promise<void> {
  const body = payload.message.value?.toString() ?? '';
  const response = await fetch(`${STORE_URL}/readings`, { method: 'POST', body });
  if (!response.ok) throw new Error(await response.text());
  await checkpoint.moveBehind(payload);
}

await consumer.connect();
await consumer.subscribe({ topic: 'readings' });
await consumer.run({ eachMessage: handle });
