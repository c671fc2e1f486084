import { KafkaJS } from '@confluentinc/kafka-javascript';
import { readings } from './readings';

const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
// Nobody answers, so nobody waits and nothing is repeated: what gets lost is lost without a word.
const producer = kafka.producer({ kafkaJS: { acks: 0, retry: { retries: 0 } } });

async function publish(reading: (typeof readings)[number]): Promise<void> {
  await producer.send({
    topic: 'readings',
    messages: [{ key: reading.sensor, value: JSON.stringify(reading) }],
  });
}

await producer.connect();
for (const reading of readings) await publish(reading);
await producer.disconnect();
