/** The consumers of a driver process. What is delivered is told at once; how a handler ends is for the scenario to say. */
import type { Ask, ConsumerSpec, Event, SeenRecord } from '../protocol';
import type { Client, MadeConsumer } from './client';
import type { Consumer, EachBatchPayload, Message } from './client-api';

type Asked<Name extends Ask['cmd']> = Extract<Ask, { readonly cmd: Name }>;

interface Hanging {
  readonly batch: EachBatchPayload | null;
  end(): void;
  fail(error: unknown): void;
}

export class DrivenConsumer {
  private hanging: Hanging | null = null;

  private constructor(
    private readonly client: Client,
    private readonly made: MadeConsumer,
    private readonly spec: ConsumerSpec,
    private readonly tell: (event: Event) => void,
  ) {}

  static async run(client: Client, spec: ConsumerSpec, tell: (event: Event) => void): Promise<DrivenConsumer> {
    const onCrash = (error: unknown): void => tell({ event: 'crashed', name: spec.name, err: client.errorOf(error) });
    const made = client.makeConsumer(spec, onCrash);
    const driven = new DrivenConsumer(client, made, spec, tell);
    await made.consumer.connect();
    const fromBeginning =
      client.takesAcksAtSend && spec.from !== undefined ? { fromBeginning: spec.from === 'earliest' } : {};
    await made.consumer.subscribe({ topics: spec.topics, ...fromBeginning });
    await made.consumer.run({ ...made.runOptions, ...driven.handlers() });
    return driven;
  }

  get consumer(): Consumer {
    return this.made.consumer;
  }

  assigned(): readonly string[] {
    return this.made.assigned();
  }

  assignments(): number {
    return this.made.assignments();
  }

  done(): void {
    this.takeHanging().end();
  }

  throw(kind: string): void {
    const hanging = this.takeHanging();
    if (kind === 'undefined') hanging.fail(undefined);
    else
      hanging.fail(kind === 'TypeError' ? new TypeError('thrown by the handler') : new Error('thrown by the handler'));
  }

  resolve(offset: number): void {
    const batch = this.hanging?.batch ?? null;
    if (batch === null) throw new Error(`${this.spec.name} has no batch at hand.`);
    batch.resolveOffset(String(offset));
  }

  async commit({ topic, partition, offset, thenKill }: Asked<'commit-offset'>): Promise<void> {
    await this.consumer.commitOffsets([{ topic, partition, offset: String(offset) }]);
    // Not from outside: a signal comes milliseconds later, and those milliseconds are what is measured.
    if (thenKill) process.kill(process.pid, 'SIGKILL');
  }

  committed(of: Asked<'own-committed'>): Promise<number | null> {
    return this.client.committed(this.consumer, { topic: of.topic, partition: of.partition });
  }

  seek({ topic, partition, offset }: Asked<'seek'>): void {
    this.consumer.seek({ topic, partition, offset: String(offset) });
  }

  async close(): Promise<void> {
    await this.consumer.disconnect();
  }

  private handlers(): Pick<Parameters<Consumer['run']>[0], 'eachMessage' | 'eachBatch'> {
    if (this.spec.mode === 'batch') {
      return {
        eachBatch: async (payload) => {
          const { topic, partition, messages } = payload.batch;
          await this.handle(topic, partition, messages, payload);
        },
      };
    }
    return { eachMessage: ({ topic, partition, message }) => this.handle(topic, partition, [message], null) };
  }

  private handle(
    topic: string,
    partition: number,
    messages: readonly Message[],
    batch: EachBatchPayload | null,
  ): Promise<void> {
    const records = messages.map(asSeen);
    const end =
      this.spec.mode === 'collect'
        ? Promise.resolve()
        : new Promise<void>((resolve, reject) => (this.hanging = { batch, end: resolve, fail: reject }));
    this.tell({ event: 'delivered', name: this.spec.name, topic, partition, records });
    return end;
  }

  private takeHanging(): Hanging {
    if (this.hanging === null) throw new Error(`No handler of ${this.spec.name} hangs.`);
    const { hanging } = this;
    this.hanging = null;
    return hanging;
  }
}

export function asSeen({ offset, value }: Message): SeenRecord {
  return { offset: Number(offset), value: value?.toString() ?? '' };
}
