import { KafkaJS } from '@confluentinc/kafka-javascript';

type Place = { topic: string; partition: number };

class Display {
  constructor(private readonly url: string) {}

  /** Shows a reading at most once: whatever becomes of the request, it is not made again. */
  async show(reading: string): Promise<void> {
    try {
      const response = await fetch(new URL('/readings', this.url), { method: 'POST', body: reading });
      if (!response.ok) console.error(await response.text());
    } catch (error) {
      console.error(error);
    }
  }
}

class Bookmark {
  constructor(private readonly consumer: KafkaJS.Consumer) {}

  /** Comes back when the coordinator has the offset behind `offset`; asks again as often as it takes. */
  async moveBehind(place: Place, offset: string): Promise<void> {
    const next = String(BigInt(offset) + 1n);
    for (;;) {
      await this.consumer.commitOffsets([{ ...place, offset: next }]);
      const [stored] = await this.consumer.committed([place]);
      if (stored?.offset === next) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

const { KAFKA_BROKERS = '', DISPLAY_URL = '' } = process.env;
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({
  kafkaJS: { groupId: 'cold-store', fromBeginning: true, autoCommit: false },
});
const display = new Display(DISPLAY_URL);
const bookmark = new Bookmark(consumer);

await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    await bookmark.moveBehind({ topic, partition }, message.offset);
    await display.show(String(message.value));
  },
});
