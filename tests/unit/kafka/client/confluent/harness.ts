/**
 * A world with a cluster in it, and programs written as generators: `yield` is their `await`.
 *
 *     const lab = new Harness([{ name: 'orders', partitions: 1 }]);
 *     lab.fill('orders', 0, ['a', 'b']);
 *     const log = lab.start('shop', function* ({ KafkaJS, log }) { … });
 *     lab.run();
 */
import { Buffer } from 'node:buffer';
import { createConfluentModule } from '../../../../../src/kafka/client/confluent';
import type { KafkaJS as Api } from '../../../../../src/kafka/client/confluent/api';
import { Cluster, type TopicSpec } from '../../../../../src/kafka/cluster';
import type { ClusterSettings } from '../../../../../src/kafka/settings';
import type { KafkaEndpoint } from '../../../../../src/kafka/protocol/messages';
import { runAsync } from '../../../../../src/simulation/async-functions';
import type { Chooser } from '../../../../../src/simulation/network';
import { Incarnation } from '../../../../../src/simulation/process';
import { Recorder } from '../../../../../src/simulation/recorder';
import { SimPromise } from '../../../../../src/simulation/sim-promise';
import { World } from '../../../../../src/simulation/world';

type Body = Generator<unknown, unknown, unknown>;

export interface Context {
  readonly KafkaJS: typeof Api;
  /** Where the program notes what it sees. */
  readonly seen: string[];
  readonly incarnation: Incarnation;
  /** A promise that fulfils after some virtual time. */
  readonly sleep: (ms: number) => unknown;
}

export interface Process extends Context {
  /** Lines the client has logged. */
  readonly logged: string[];
  readonly error: { message: string; code?: unknown } | null;
}

/** An `async` function of the program. */
export function task<A extends unknown[]>(body: (...args: A) => Body): (...args: A) => never {
  return ((...args: A) => runAsync(undefined, args, body as never)) as never;
}

export class Harness {
  readonly recorder = new Recorder();
  readonly world: World;
  readonly cluster: Cluster;
  private lives = 0;

  constructor(topics: readonly TopicSpec[], chooser?: Partial<Chooser>, settings?: Partial<ClusterSettings>) {
    const counts = new Map<string, number>();
    this.world = new World(
      {
        onSend: (request) => {
          const nth = (counts.get(request.kind) ?? 0) + 1;
          counts.set(request.kind, nth);
          request.nth = nth;
          return chooser?.onSend?.(request) ?? 'default';
        },
        onEffect: (request) => chooser?.onEffect?.(request) ?? 'default',
        onLoss: () => undefined,
        holds: (request) => chooser?.holds?.(request) ?? false,
      },
      this.recorder,
    );
    this.cluster = new Cluster(this.world, topics, settings);
  }

  fill(topic: string, partition: number, ids: readonly string[]): void {
    this.cluster.append(
      topic,
      partition,
      ids.map((id) => ({ key: null, value: JSON.stringify({ id }), headers: {}, timestamp: 1 })),
    );
  }

  start(name: string, body: (context: Context) => Body, endpoint: KafkaEndpoint = this.cluster): Process {
    this.lives += 1;
    const logged: string[] = [];
    const process: { error: Process['error'] } = { error: null };
    const incarnation = new Incarnation(this.world, name, this.lives, (error) => {
      process.error = error as Process['error'];
      return { name: 'Error', message: String(error) };
    });
    const { KafkaJS } = createConfluentModule({
      incarnation,
      endpoint,
      bootstrapServers: 'localhost:9092',
      toBuffer: (text) => Buffer.from(text),
      fromBuffer: (value) => (Buffer.isBuffer(value) ? value.toString() : null),
      logger: (_level, text) => logged.push(text),
    });
    const sleep = (ms: number): unknown =>
      new SimPromise((resolve) => incarnation.setTimer(ms, () => resolve(undefined)));
    const context: Context = { KafkaJS: KafkaJS as unknown as typeof Api, seen: [], incarnation, sleep };
    incarnation.start(() => runAsync(undefined, [context], body as never));
    return Object.assign(process, { ...context, logged });
  }

  /** Lets things happen until nothing is under way. */
  run(untilMs = Number.POSITIVE_INFINITY): void {
    while (!this.world.isAtRest && this.world.now < untilMs) if (!this.world.step()) return;
  }

  /** Lets things happen until something is so. */
  runUntil(condition: () => boolean): void {
    while (!condition()) if (!this.world.step()) throw new Error('nothing more happens');
  }

  /** Lets things happen, heartbeats and all, until so much more time has passed. */
  pass(ms: number): void {
    const end = this.world.now + ms;
    let isOver = false;
    const clock = new Incarnation(this.world, 'clock', 0, () => ({ name: '', message: '' }));
    clock.setTimer(ms, () => {
      isOver = true;
    });
    while (!isOver && this.world.now <= end) if (!this.world.step()) return;
  }

  committed(group: string, topic = 'orders', partition = 0): number | undefined {
    return this.cluster.coordinator.offsets.get(group, topic, partition)?.offset;
  }

  /** Deliveries as `partition:offset`, of one life or all. */
  deliveries(life?: number): string[] {
    return this.world.history.deliveries
      .filter(({ incarnation }) => life === undefined || incarnation === life)
      .map(({ partition, offset }) => `${partition}:${offset}`);
  }
}

export interface ConsumerParts {
  readonly options?: Record<string, unknown>;
  readonly outer?: Record<string, unknown>;
  readonly run: (consumer: Api.Consumer, context: Context) => Api.ConsumerRunConfig;
  readonly topics?: readonly string[];
  readonly then?: (consumer: Api.Consumer, context: Context) => Body;
}

/** A program that connects, subscribes and runs. */
export function consumerProgram(parts: ConsumerParts): (context: Context) => Body {
  return function* (context) {
    const { KafkaJS } = context;
    const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: ['localhost:9092'] } });
    const consumer = kafka.consumer({
      kafkaJS: { groupId: 'g', fromBeginning: true, ...parts.options },
      ...parts.outer,
    });
    yield consumer.connect();
    yield consumer.subscribe({ topics: [...(parts.topics ?? ['orders'])] });
    yield consumer.run(parts.run(consumer, context));
    if (parts.then !== undefined) yield* parts.then(consumer, context);
  };
}

export function idOf(message: Api.KafkaMessage): string {
  return (JSON.parse(String(message.value)) as { id: string }).id;
}
