import { KafkaJS } from '@confluentinc/kafka-javascript';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Tries three times, then lets the error go to the client, which delivers the order again. */
async function withRetries(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 3) throw error;
      await pause(attempt * 100);
    }
  }
}

async function ship(order: string): Promise<void> {
  const response = await fetch(`${process.env.SHIPPING_URL}/shipments`, { method: 'POST', body: JSON.stringify({ order }) });
  if (!response.ok) throw new Error(`shipping answered ${response.status}`);
}

async function main(): Promise<void> {
  const brokers = (process.env.KAFKA_BROKERS ?? '').split(',');
  const consumer = new KafkaJS.Kafka({ kafkaJS: { brokers } }).consumer({
    kafkaJS: { groupId: 'patient', fromBeginning: true, autoCommit: false },
  });
  await consumer.connect();
  await consumer.subscribe({ topic: 'orders' });
  await consumer.run({
    partitionsConsumedConcurrently: 2,
    eachMessage: async ({ topic, partition, message }) => {
      const { id } = JSON.parse(String(message.value));
      await withRetries(() => ship(id));
      await consumer.commitOffsets([{ topic, partition, offset: `${BigInt(message.offset) + 1n}` }]);
    },
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
