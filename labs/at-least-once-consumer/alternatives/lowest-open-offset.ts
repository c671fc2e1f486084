import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', SHIPPING_URL } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'shipping', fromBeginning: true, autoCommit: false } });

async function ship(order: string): Promise<void> {
  const body = JSON.stringify({ order });
  const response = await fetch(`${SHIPPING_URL}/shipments`, { method: 'POST', body });
  if (!response.ok) throw new Error(`shipping answered ${response.status}`);
}

async function shipAtLast(order: string): Promise<void> {
  for (;;) {
    try {
      return await ship(order);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** What of a partition is in hand; everything below the lowest open offset is done. */
class Progress {
  readonly #open = new Set<number>();
  #end = 0;

  begin(offset: number): void {
    this.#open.add(offset);
    this.#end = offset + 1;
  }

  /** @returns what may be committed now */
  finish(offset: number): number {
    this.#open.delete(offset);
    return Math.min(this.#end, ...this.#open);
  }
}

const progress = new Map<number, Progress>();

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  // The handler does not wait: all orders are on their way at once, and may come through in any order.
  eachMessage: async ({ topic, partition, message }) => {
    const own = progress.get(partition) ?? new Progress();
    progress.set(partition, own);
    const offset = Number(message.offset);
    own.begin(offset);
    void shipAtLast(JSON.parse(String(message.value)).id).then(() =>
      consumer.commitOffsets([{ topic, partition, offset: String(own.finish(offset)) }]),
    );
  },
});
