/** The producers of a driver process. */
import { pause } from '../../cluster/waiting';
import type { Ask, ProducerSpec } from '../protocol';
import type { Client } from './client';
import type { Consumer, Producer, Transaction } from './client-api';

type Asked<Name extends Ask['cmd']> = Extract<Ask, { readonly cmd: Name }>;

export class DrivenProducer {
  private transaction: Transaction | null = null;
  private isOpen = false;

  private constructor(
    private readonly client: Client,
    private readonly producer: Producer,
    private readonly spec: ProducerSpec,
  ) {}

  static async connect(client: Client, spec: ProducerSpec): Promise<DrivenProducer> {
    const producer = client.makeProducer(spec);
    await producer.connect();
    if (spec.tid !== undefined && client.initialisesAtFirstTransaction) {
      await (await producer.transaction()).abort();
    }
    return new DrivenProducer(client, producer, spec);
  }

  async begin(): Promise<void> {
    this.transaction = await this.producer.transaction();
    this.isOpen = true;
  }

  /** The base offset that the client was told, or null where it is told none. */
  async send({
    topic,
    partition,
    values,
    acks = this.spec.acks,
  }: Omit<Asked<'send'>, 'cmd' | 'name'>): Promise<number | null> {
    const messages = values.map((value) => ({ value, partition }));
    const target = this.isOpen && this.transaction !== null ? this.transaction : this.producer;
    // In kafkajs of single sends, in Confluent's client of the producer.
    const timeout = this.spec.ackTimeoutMs;
    const settings = this.client.takesAcksAtSend
      ? { ...(acks !== undefined && { acks }), ...(timeout !== undefined && { timeout }) }
      : {};
    const [metadata] = await target.send({ topic, messages, ...settings });
    const offset = metadata?.baseOffset;
    return offset === undefined || Number(offset) < 0 ? null : Number(offset);
  }

  async sendEach({ topic, partition, values, paceMs }: Asked<'send-each'>): Promise<unknown> {
    const rejected: unknown[] = [];
    let sent = 0;
    for (const value of values) {
      try {
        await this.send({ topic, partition, values: [value] });
        sent += 1;
      } catch (error) {
        rejected.push({ value, err: this.client.errorOf(error) });
      }
      await pause(paceMs);
    }
    return { rejected, sent };
  }

  async commit(): Promise<void> {
    await this.current().commit();
    this.isOpen = false;
  }

  async abort(): Promise<void> {
    await this.current().abort();
    this.isOpen = false;
  }

  async sendOffsets(
    { topic, partition, offset, group }: Asked<'send-offsets'>,
    consumer: Consumer | undefined,
  ): Promise<void> {
    const topics = [{ topic, partitions: [{ partition, offset: String(offset) }] }];
    if (this.client.sendsOffsetsByGroupId) await this.current().sendOffsets({ consumerGroupId: group, topics });
    else if (consumer === undefined) throw new Error('This client needs the consumer in the process of its producer.');
    else await this.current().sendOffsets({ consumer, topics });
  }

  async close(): Promise<void> {
    await this.producer.disconnect();
  }

  /** Also one that has ended: what the client says to that is asked for. */
  private current(): Transaction {
    if (this.transaction === null) throw new Error('No transaction has begun.');
    return this.transaction;
  }
}
