import { KafkaJS } from '@confluentinc/kafka-javascript';

const { KAFKA_BROKERS = 'localhost:9092', SHIPPING_URL } = process.env;

async function shipMessage(message: KafkaJS.KafkaMessage): Promise<void> {
  const { id }: { id: string } = JSON.parse(message.value?.toString() ?? '{}');
  const body = JSON.stringify({ order: id });
  const { ok, status } = await fetch(`${SHIPPING_URL}/shipments`, { method: 'POST', body });
  if (!ok) throw new Error(`offset ${message.offset}: ${status}`);
}

async function shipBatch(payload: KafkaJS.EachBatchPayload): Promise<void> {
  for (const message of payload.batch.messages) {
    if (payload.isStale()) return;
    await shipMessage(message);
    payload.resolveOffset(message.offset);
  }
}

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'batches-of-orders', fromBeginning: true } });

await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({ eachBatchAutoResolve: false, eachBatch: shipBatch });
