import { KafkaJS } from '@confluentinc/kafka-javascript';
import { readings } from './readings';
const { KAFKA_BROKERS = 'localhost:9092' } = process.env;

const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const producer = kafka.producer();

async function publish(reading: (typeof readings)[number]): Promise<void> {
  const message = { key: reading.sensor, value: JSON.stringify(reading) };
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error('too late')), 50);
  });
  // Nobody waits any more, and the client goes on repeating.
  await Promise.race([producer.send({ topic: 'readings', messages: [message] }), late]);
}

await producer.connect();
for (const reading of readings) await publish(reading).catch((error) => console.error(error));
await producer.disconnect();
