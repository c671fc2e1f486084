import { KafkaJS } from '@confluentinc/kafka-javascript';
import { readings } from './readings';

interface Reading {
  id: string;
  sensor: string;
  celsius: number;
}

class Probe {
  readonly #producer: KafkaJS.Producer;
  #uncertain = 0;

  constructor(kafka: KafkaJS.Kafka) {
    this.#producer = kafka.producer({ kafkaJS: { acks: 1, maxInFlightRequests: 1, retry: { retries: 0 } } });
  }

  start(): Promise<void> {
    return this.#producer.connect();
  }

  report(reading: Reading): Promise<void> {
    const message = { key: reading.sensor, value: JSON.stringify(reading) };
    return this.#producer.send({ topic: 'readings', messages: [message] }).then(
      () => undefined,
      () => {
        this.#uncertain += 1;
      },
    );
  }

  async stop(): Promise<number> {
    await this.#producer.disconnect();
    return this.#uncertain;
  }
}

const { KAFKA_BROKERS = '' } = process.env;
const probe = new Probe(new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } }));
await probe.start();
await Promise.all(readings.map((reading) => probe.report(reading)));
const uncertain = await probe.stop();
if (uncertain > 0) console.warn(`${uncertain} of ${readings.length} readings may be missing`);
