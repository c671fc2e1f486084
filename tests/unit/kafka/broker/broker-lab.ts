/**
 * Brokers with hand-made requests: what is sent, to which broker, and when, is up to the test.
 *
 *     const lab = new BrokerLab({ brokers: 3 });
 *     const sent = lab.produce(1, 'all', ['a']);
 *     lab.rest();
 *     expect(sent.partition).toMatchObject({ errorCode: 0, baseOffset: 0 });
 */
import type { RecordBatch } from '../../../../src/kafka/broker/record-batch';
import type { Replica } from '../../../../src/kafka/broker/replica';
import { Cluster, type TopicSpec } from '../../../../src/kafka/cluster';
import type {
  AnswerOf,
  FetchAnswer,
  FetchPartitionAnswer,
  KafkaAnswer,
  KafkaRequest,
  ProduceAnswer,
  ProducedBatch,
  ProducePartitionAnswer,
  WireRecord,
} from '../../../../src/kafka/protocol/messages';
import type { ClusterSettings } from '../../../../src/kafka/settings';
import { CallEvent } from '../../../../src/simulation/event-queue';
import { Request, type Chooser } from '../../../../src/simulation/network';
import { turn } from '../../../../src/simulation/turn';
import { newIncarnation, newWorld } from '../../../fixtures/kernel';

export const TOPIC = 'orders';

export interface ProduceOptions {
  readonly index?: number;
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
  readonly transactionalId?: string;
  readonly timeoutMs?: number;
  readonly apiVersion?: number;
  /** Patience of the sender with a silent broker. */
  readonly requestTimeoutMs?: number;
  /** What counts as one connection. */
  readonly connection?: object;
}

export interface FetchOptions {
  readonly index?: number;
  readonly isolation?: 0 | 1;
  readonly currentLeaderEpoch?: number;
}

const ACKS = { '0': 0, '1': 1, all: -1 } as const;

/** What has come back for a request. */
export class Box<A extends KafkaAnswer> {
  answer: A | null = null;
  isLost = false;
  answeredAt = -1;

  get isSettled(): boolean {
    return this.answer !== null || this.isLost;
  }
}

export class ProduceBox extends Box<ProduceAnswer> {
  /** @throws Error while there is no answer */
  get partition(): ProducePartitionAnswer {
    if (this.answer === null) throw new Error(this.isLost ? 'the connection broke' : 'no answer yet');
    return this.answer.topics[0]!.partitions[0]!;
  }

  get errorCode(): number {
    return this.partition.errorCode;
  }
}

export class FetchBox extends Box<FetchAnswer> {
  get partition(): FetchPartitionAnswer {
    if (this.answer === null) throw new Error(this.isLost ? 'the connection broke' : 'no answer yet');
    return this.answer.topics[0]!.partitions[0]!;
  }
}

export class BrokerLab {
  readonly world;
  readonly cluster: Cluster;
  readonly client;

  constructor(settings: Partial<ClusterSettings> = {}, topic: Partial<TopicSpec> = {}, chooser?: Chooser) {
    this.world = newWorld(chooser);
    const replicationFactor = settings.brokers ?? 1;
    const spec = topic.replicas === undefined ? { replicationFactor } : {};
    this.cluster = new Cluster(this.world, [{ name: TOPIC, partitions: 1, ...spec, ...topic }], settings);
    this.client = newIncarnation(this.world);
    this.client.handles = 1;
    turn.end();
  }

  send<R extends KafkaRequest, B extends Box<AnswerOf<R>>>(
    brokerId: number,
    message: R,
    box: B,
    timeoutMs = 0,
    connection: object | null = null,
  ): B {
    const request = new Request<R, AnswerOf<R>>(
      message.api === 'Produce' ? 'produce' : 'fetch',
      true,
      this.client,
      message,
      this.cluster.broker(brokerId) as never,
      {
        onAnswer: (answer) => {
          box.answer = answer;
          box.answeredAt = this.world.now;
        },
        onLost: () => {
          box.isLost = true;
          box.answeredAt = this.world.now;
        },
      },
    );
    request.timeoutMs = timeoutMs;
    request.connection = connection;
    request.send();
    return box;
  }

  ask<R extends KafkaRequest>(brokerId: number, message: R): Box<AnswerOf<R>> {
    return this.send(brokerId, message, new Box<AnswerOf<R>>());
  }

  produce(
    brokerId: number,
    acks: '0' | '1' | 'all' | number,
    ids: readonly string[],
    options: ProduceOptions = {},
  ): ProduceBox {
    const { index = 0, timeoutMs = 30_000, apiVersion = 10, transactionalId = null } = options;
    const batch: ProducedBatch = {
      producerId: options.producerId ?? -1,
      producerEpoch: options.producerEpoch ?? (options.producerId === undefined ? -1 : 0),
      baseSequence: options.baseSequence ?? -1,
      isTransactional: transactionalId !== null,
      records: ids.map(record),
    };
    return this.send(
      brokerId,
      {
        api: 'Produce',
        apiVersion,
        transactionalId,
        acks: typeof acks === 'number' ? acks : ACKS[acks],
        timeoutMs,
        topics: [{ name: TOPIC, partitions: [{ index, batch }] }],
      },
      new ProduceBox(),
      options.requestTimeoutMs,
      options.connection,
    );
  }

  fetch(brokerId: number, fetchOffset: number, options: FetchOptions = {}): FetchBox {
    const { index = 0, isolation = 0, currentLeaderEpoch = -1 } = options;
    return this.send(
      brokerId,
      {
        api: 'Fetch',
        isolationLevel: isolation,
        maxWaitMs: 500,
        topics: [{ name: TOPIC, partitions: [{ index, fetchOffset, currentLeaderEpoch }] }],
      },
      new FetchBox(),
    );
  }

  /** Lets things happen until nothing is under way. */
  rest(): void {
    for (let i = 0; !this.world.isAtRest; i += 1) {
      if (i > 100_000) throw new Error('the world does not come to rest');
      if (!this.world.step()) return;
    }
  }

  /** Lets so much time pass, whatever happens meanwhile. */
  pass(ms: number): void {
    let isOver = false;
    this.world.schedule(
      new CallEvent(() => {
        isOver = true;
      }),
      ms,
    );
    while (!isOver) this.world.step();
  }

  /** One copy of the partition. */
  replica(brokerId: number, index = 0): Replica {
    return this.cluster.replica(brokerId, TOPIC, index)!;
  }

  describe(index = 0): ReturnType<Cluster['describe']> {
    return this.cluster.describe(TOPIC, index);
  }

  /** Ids in one copy of the log; a marker shows as its type. */
  log(brokerId: number, index = 0): string[] {
    return contents(this.replica(brokerId, index).log.batches);
  }

  /** Ids that a consumer would get from the leader. */
  readable(brokerId: number, isolation: 0 | 1 = 0): string[] {
    const { log } = this.replica(brokerId);
    return contents(this.replica(brokerId).read(log.logStartOffset, isolation).batches);
  }

  /** Log end offset and high watermark of a copy. */
  ends(brokerId: number): [number, number] {
    const { log, highWatermark } = this.replica(brokerId);
    return [log.logEndOffset, highWatermark];
  }
}

export function record(id: string): WireRecord {
  return { key: null, value: id, headers: {}, timestamp: 0 };
}

export function contents(batches: readonly RecordBatch[]): string[] {
  return batches.flatMap(({ control, records }) => (control === null ? records.map(({ value }) => value!) : [control]));
}
