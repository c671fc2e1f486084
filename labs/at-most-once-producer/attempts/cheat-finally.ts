// Mistake: sends once more in finally, to be on the safe side.
import { KafkaJS } from '@confluentinc/kafka-javascript';
import { readings } from './readings';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer({ kafkaJS: { retry: { retries: 0 } } });

async function publish(reading: (typeof readings)[number]): Promise<void> {
  await producer.send({
    topic: 'readings',
    messages: [{ key: reading.sensor, value: JSON.stringify(reading) }],
  });
}

await producer.connect();
for (const reading of readings) {
  let isSent = false;
  try {
    await publish(reading);
    isSent = true;
  } catch (error) {
    console.error(error);
  } finally {
    if (!isSent) await publish(reading).catch(() => {});
  }
}
await producer.disconnect();
