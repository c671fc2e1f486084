import { KafkaJS } from '@confluentinc/kafka-javascript';

interface Order {
  id: string;
  item: string;
}

class Shipping {
  readonly #url: string;

  constructor(address: string) {
    this.#url = `${address}/shipments`;
  }

  async ship(order: Order): Promise<void> {
    const body = JSON.stringify({ order: order.id });
    const response = await fetch(this.#url, { method: 'POST', body });
    if (!response.ok) throw new Error(`${order.item}: ${response.status} ${await response.text()}`);
  }
}

class OrderConsumer {
  readonly #consumer: KafkaJS.Consumer;
  readonly #shipping: Shipping;

  constructor(brokers: string[], shipping: Shipping) {
    const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers, clientId: 'orders' } });
    this.#consumer = kafka.consumer({
      kafkaJS: { groupId: 'order-consumer', fromBeginning: true, autoCommit: false },
    });
    this.#shipping = shipping;
  }

  async start(): Promise<void> {
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: ['orders'] });
    await this.#consumer.run({ eachMessage: (payload) => this.#handle(payload) });
  }

  async #handle(payload: KafkaJS.EachMessagePayload): Promise<void> {
    const order: Order = JSON.parse(String(payload.message.value));
    await this.#shipping.ship(order);
    await this.#markDone(payload);
  }

  async #markDone({ topic, partition, message }: KafkaJS.EachMessagePayload): Promise<void> {
    const offset = String(Number(message.offset) + 1);
    await this.#consumer.commitOffsets([{ topic, partition, offset }]);
  }
}

const { KAFKA_BROKERS = '', SHIPPING_URL = '' } = process.env;
await new OrderConsumer(KAFKA_BROKERS.split(','), new Shipping(SHIPPING_URL)).start();
