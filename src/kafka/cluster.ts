/**
 * The cluster: one broker that leads every partition and coordinates every group, behind Kafka's APIs.
 *
 *     const cluster = new Cluster(world, [{ name: 'orders', partitions: 1 }]);
 *     cluster.append('orders', 0, [{ key: null, value: '{"id":"1"}', headers: {}, timestamp: 0 }]);
 */
import type { Request } from '../simulation/network';
import type { World } from '../simulation/world';
import { appendRecords } from './broker/append';
import { Partition } from './broker/partition';
import { plainBatch } from './broker/record-batch';
import { recordId } from './record-id';
import { GroupCoordinator } from './coordinator/group-coordinator';
import type { GroupSettings } from './coordinator/group-membership';
import { ERRORS } from './errors';
import type {
  AnswerOf,
  CreateTopicsRequest,
  DeleteRecordsRequest,
  FetchRequest,
  KafkaAnswer,
  KafkaEndpoint,
  KafkaReceiver,
  KafkaRequest,
  ListOffsetsRequest,
  MetadataRequest,
  ProduceRequest,
  WireRecord,
} from './protocol/messages';

/** A request with the answer that belongs to it. */
type Asked<R extends KafkaRequest> = Request<R, AnswerOf<R>>;

export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
}

export class Cluster implements KafkaEndpoint {
  readonly coordinator: GroupCoordinator;
  private readonly topics = new Map<string, Partition[]>();
  private readonly parkedFetches: Asked<FetchRequest>[] = [];

  constructor(
    private readonly world: World,
    topics: readonly TopicSpec[],
    settings?: GroupSettings,
  ) {
    for (const topic of topics) this.addTopic(topic);
    this.coordinator = new GroupCoordinator(
      world,
      (topic, partition) => this.partition(topic, partition) !== undefined,
      () => this.partitions(),
      settings,
    );
  }

  /** All partitions, topic by topic. */
  partitions(): readonly Partition[] {
    return [...this.topics.values()].flat();
  }

  partition(topic: string, index: number): Partition | undefined {
    return this.topics.get(topic)?.[index];
  }

  /** Puts records into a log from outside of the world: the workload. @returns offset of the first one */
  append(topic: string, index: number, records: readonly WireRecord[]): number {
    const partition = this.partition(topic, index);
    if (partition === undefined) throw new Error(`the workload names ${topic}-${index}, which the lab does not have`);
    const baseOffset = partition.append(plainBatch(records));
    this.recordAppend(partition, baseOffset, records, null);
    this.answerParked();
    return baseOffset;
  }

  /** Everything the cluster remembers, times relative to now: equal texts, equal futures. */
  fingerprint(): string {
    const logs = this.partitions().map(({ name, log }) => `${name}=${log.logEndOffset}`);
    return `${logs.join()}|${this.coordinator.fingerprint()}`;
  }

  /** The broker with this id. */
  broker(_id: number): KafkaReceiver {
    return this;
  }

  /** The one broker coordinates everything. */
  findCoordinator(_keyType: 'group' | 'transaction', _key: string): number {
    return 1;
  }

  /** Takes any request of Kafka's protocol; see `protocol/messages.ts`. */
  receive(request: Request<KafkaRequest, KafkaAnswer>): void {
    switch (request.message.api) {
      case 'Produce':
        return this.produce(request as Asked<ProduceRequest>);
      case 'Fetch':
        return this.fetch(request as Asked<FetchRequest>);
      case 'ListOffsets':
        return this.listOffsets(request as Asked<ListOffsetsRequest>);
      case 'Metadata':
        return this.metadata(request as Asked<MetadataRequest>);
      case 'DeleteRecords':
        return this.deleteRecords(request as Asked<DeleteRecordsRequest>);
      case 'CreateTopics':
        return this.createTopics(request as Asked<CreateTopicsRequest>);
      case 'JoinGroup':
        return this.coordinator.membership.join(request as never);
      case 'SyncGroup':
        return this.coordinator.membership.sync(request as never);
      case 'Heartbeat':
        return this.coordinator.membership.heartbeat(request as never);
      case 'LeaveGroup':
        return this.coordinator.membership.leave(request as never);
      case 'OffsetCommit':
        return this.coordinator.commit(request as never);
      case 'OffsetFetch':
        return this.coordinator.fetch(request as never);
      default:
        throw new Error(`${request.message.api} comes with the transaction coordinator`);
    }
  }

  private produce(request: Asked<ProduceRequest>): void {
    const { acks, topics } = request.message;
    const answer = topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ index, batch }) => {
        const partition = this.partition(name, index);
        const { errorCode, baseOffset } = appendRecords(partition, acks, batch);
        if (partition !== undefined && errorCode === ERRORS.NONE)
          this.recordAppend(partition, baseOffset, batch.records, request);
        return { index, errorCode, baseOffset, logStartOffset: partition?.log.logStartOffset ?? -1 };
      }),
    }));
    this.answerParked();
    request.applied();
    // ACK-3: acks=0 gets no answer; its sender does not wait for one.
    if (acks === 0) request.park();
    else request.answer({ api: 'Produce', topics: answer });
  }

  /** FET-1: what there is, at once; nothing yet: the request waits for an append. */
  private fetch(request: Asked<FetchRequest>): void {
    if (this.answerFetch(request)) return;
    request.park();
    this.parkedFetches.push(request);
  }

  private answerFetch(request: Asked<FetchRequest>): boolean {
    const { topics, isolationLevel } = request.message;
    let hasSomething = false;
    const answer = topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ index, fetchOffset }) => {
        const partition = this.partition(name, index);
        if (partition === undefined) {
          hasSomething = true;
          return {
            index,
            errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION,
            highWatermark: -1,
            lastStableOffset: -1,
            logStartOffset: -1,
            abortedTransactions: [],
            batches: [],
          };
        }
        const { errorCode, batches } = partition.read(fetchOffset, isolationLevel);
        if (errorCode !== ERRORS.NONE || batches.length > 0) hasSomething = true;
        const { highWatermark, lastStableOffset } = partition;
        return {
          index,
          errorCode,
          highWatermark,
          lastStableOffset,
          logStartOffset: partition.log.logStartOffset,
          abortedTransactions: [],
          batches,
        };
      }),
    }));
    if (!hasSomething) return false;
    request.applied();
    request.answer({ api: 'Fetch', topics: answer });
    return true;
  }

  private answerParked(): void {
    if (this.parkedFetches.length === 0) return;
    const waiting = this.parkedFetches.splice(0).filter((request) => !request.sender.isGone);
    for (const request of waiting) if (!this.answerFetch(request)) this.parkedFetches.push(request);
  }

  /** FET-6. */
  private listOffsets(request: Asked<ListOffsetsRequest>): void {
    const { topics, isolationLevel } = request.message;
    request.answer({
      api: 'ListOffsets',
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ index, timestamp }) => {
          const partition = this.partition(name, index);
          if (partition === undefined) return { index, errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION, offset: -1 };
          const latest = isolationLevel === 1 ? partition.lastStableOffset : partition.highWatermark;
          return { index, errorCode: ERRORS.NONE, offset: timestamp === -2 ? partition.log.logStartOffset : latest };
        }),
      })),
    });
  }

  private metadata(request: Asked<MetadataRequest>): void {
    const names = request.message.topics ?? [...this.topics.keys()];
    request.answer({
      api: 'Metadata',
      brokers: [{ nodeId: 1 }],
      topics: names.map((name) => {
        const partitions = this.topics.get(name);
        return {
          name,
          errorCode: partitions === undefined ? ERRORS.UNKNOWN_TOPIC_OR_PARTITION : ERRORS.NONE,
          partitions: (partitions ?? []).map(({ index }) => ({
            index,
            errorCode: ERRORS.NONE,
            leaderId: 1,
            leaderEpoch: 0,
            replicaNodes: [1],
            isrNodes: [1],
          })),
        };
      }),
    });
  }

  /** LOG-11: up to the high watermark and no further. */
  private deleteRecords(request: Asked<DeleteRecordsRequest>): void {
    const topics = request.message.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ index, offset }) => {
        const partition = this.partition(name, index);
        if (partition === undefined) return { index, errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION, lowWatermark: -1 };
        const { log, highWatermark } = partition;
        const start = offset === -1 ? highWatermark : offset;
        if (start < 0 || start > highWatermark)
          return { index, errorCode: ERRORS.OFFSET_OUT_OF_RANGE, lowWatermark: -1 };
        log.advanceLogStart(start);
        return { index, errorCode: ERRORS.NONE, lowWatermark: log.logStartOffset };
      }),
    }));
    request.applied();
    request.answer({ api: 'DeleteRecords', topics });
  }

  private createTopics(request: Asked<CreateTopicsRequest>): void {
    const topics = request.message.topics.map((topic) => ({ name: topic.name, errorCode: this.createTopic(topic) }));
    request.applied();
    request.answer({ api: 'CreateTopics', topics });
  }

  private createTopic({ name, numPartitions, replicationFactor }: CreateTopicsRequest['topics'][number]): number {
    if (this.topics.has(name)) return ERRORS.TOPIC_ALREADY_EXISTS;
    if (!/^[a-zA-Z0-9._-]{1,249}$/.test(name) || name === '.' || name === '..') return ERRORS.INVALID_TOPIC_EXCEPTION;
    // -1 asks for the broker's default, which is 1 for both (kafka-semantics §1.1).
    if (numPartitions === 0 || numPartitions < -1) return ERRORS.INVALID_PARTITIONS;
    if (replicationFactor !== 1 && replicationFactor !== -1) return ERRORS.INVALID_REPLICATION_FACTOR;
    this.addTopic({ name, partitions: numPartitions === -1 ? 1 : numPartitions });
    return ERRORS.NONE;
  }

  private addTopic({ name, partitions }: TopicSpec): void {
    const list: Partition[] = [];
    for (let index = 0; index < partitions; index += 1) {
      list.push(new Partition(name, index));
      this.world.recorder?.addLane({ id: `${name}-${index}`, kind: 'partition' });
    }
    this.topics.set(name, list);
  }

  private recordAppend(
    partition: Partition,
    baseOffset: number,
    records: readonly WireRecord[],
    request: Asked<ProduceRequest> | null,
  ): void {
    if (this.world.recorder === null) return;
    for (let i = 0; i < records.length; i += 1) {
      const { value } = records[i]!;
      const place =
        request === null
          ? { lane: partition.name }
          : {
              lane: request.sender.name,
              peer: partition.name,
              incarnation: request.sender.number,
              line: request.line || undefined,
            };
      this.world.record(place, {
        kind: 'append',
        topic: partition.topic,
        partition: partition.index,
        offset: baseOffset + i,
        record: recordId(value),
        value,
      });
    }
  }
}
