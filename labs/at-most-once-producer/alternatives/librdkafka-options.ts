import { KafkaJS } from '@confluentinc/kafka-javascript';
import { readings } from './readings';

const kafka = new KafkaJS.Kafka({ 'bootstrap.servers': process.env.KAFKA_BROKERS ?? 'localhost:9092' });
const producer = kafka.producer({ acks: 'all', 'message.send.max.retries': 0 });

await producer.connect();
const results = await Promise.allSettled(
  readings.map((reading) => producer.send({ topic: 'readings', messages: [{ value: JSON.stringify(reading) }] })),
);
console.log(results.filter(({ status }) => status === 'rejected').length, 'readings may be missing');
await producer.disconnect();
