import { KafkaJS } from '@confluentinc/kafka-javascript';
import { orders } from './orders';

class OrderFeed {
  readonly #producer: KafkaJS.Producer;

  constructor(brokers: string[]) {
    const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers, clientId: 'order-feed' } });
    this.#producer = kafka.producer({ kafkaJS: { retry: { retries: 0 } } });
  }

  async run(): Promise<void> {
    await this.#producer.connect();
    for (const order of orders) await this.#publish(order.id, JSON.stringify(order));
    await this.#producer.disconnect();
  }

  async #publish(key: string, value: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#producer.send({ topic: 'orders', messages: [{ key, value }] });
        return;
      } catch (error) {
        if (attempt === 20) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
      }
    }
  }
}

await new OrderFeed((process.env.KAFKA_BROKERS ?? '').split(',')).run();
