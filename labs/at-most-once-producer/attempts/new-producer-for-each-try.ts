// Mistake: a fresh producer knows nothing of the request whose answer was lost.
import { KafkaJS } from '@confluentinc/kafka-javascript';
import { readings } from './readings';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });

async function publish(reading: (typeof readings)[number]): Promise<void> {
  const producer = kafka.producer({ kafkaJS: { retry: { retries: 0 } } });
  await producer.connect();
  try {
    await producer.send({
      topic: 'readings',
      messages: [{ key: reading.sensor, value: JSON.stringify(reading) }],
    });
  } finally {
    await producer.disconnect();
  }
}

for (const reading of readings) await publish(reading).catch(() => publish(reading));
