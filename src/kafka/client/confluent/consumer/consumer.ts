/** The consumer as programs see it: states, arguments and errors (CLI-40, CLI-44, CLI-51; the real client: `_consumer.js`). */
import { SimPromise, fulfil, rejectWith } from '../../../../simulation/sim-promise';
import { turn } from '../../../../simulation/turn';
import type { KafkaJS } from '../api';
import { ClusterConnection } from '../cluster-connection';
import { LOG_LEVEL, refuseOldPlace, type Options } from '../config';
import { ERROR_CODES } from '../error-codes';
import { errorOf, notImplemented, notModelled, stateError } from '../errors';
import { ClientLogger } from '../logger';
import { asPromise, promised, whenReleased, type ConfluentPorts } from '../ports';
import { Assignment } from './assigned-partition';
import { readOffset, readPartitions, readSeek, type TopicAndIndex } from './arguments';
import { CommittedQuery } from './committed-query';
import { Delivery } from './delivery';
import { Fetcher } from './fetcher';
import type { GroupMetadata } from '../producer/transaction-offsets';
import { GroupMember } from './group-member';
import { ConsumerOptions } from './options';
import { Subscription } from './subscription';

type ConsumerState = 'init' | 'connecting' | 'connected' | 'disconnecting' | 'disconnected';

/** Who the consumer is in its group now; out of programs' reach. The class below hands it out when it is defined. */
let metadataOf: (consumer: Consumer) => GroupMetadata;

export class Consumer implements KafkaJS.Consumer {
  #state: ConsumerState = 'init';
  readonly #ports: ConfluentPorts;
  readonly #given: Options;
  #assignment = new Assignment();
  #subscription = new Subscription();
  #paused: Map<string, TopicAndIndex> | null = null;
  /** Seeks before `run()`. */
  #earlySeeks: Map<string, number> | null = null;
  #options: ConsumerOptions | null = null;
  #cluster: ClusterConnection | null = null;
  #member: GroupMember | null = null;
  #fetcher: Fetcher | null = null;
  #delivery: Delivery | null = null;
  /** What `disconnect()` has given out. */
  #leaving: SimPromise<void> | null = null;

  static {
    metadataOf = (consumer) => {
      const options = consumer.#options;
      // The real client asks its inner client for it, and there is none before connect().
      if (options === null) throw new TypeError("Cannot read properties of null (reading 'getClient')");
      const { generationId, memberId, groupInstanceId } = consumer.#member!.identity;
      return { groupId: options.groupId, generationId, memberId, groupInstanceId };
    };
  }

  constructor(ports: ConfluentPorts, options: Options) {
    this.#ports = ports;
    this.#given = options;
  }

  connect(): Promise<void> {
    return promised(() => {
      if (this.#state !== 'init') throw stateError('Connect has already been called elsewhere.');
      this.#build();
      this.#state = 'connecting';
      const promise = SimPromise.pending<void>();
      this.#cluster!.connect(
        this.#options!.servers,
        () => {
          this.#state = 'connected';
          this.#options!.logger.info('Consumer connected');
          fulfil(promise, undefined);
        },
        (error) => {
          this.#state = 'disconnected';
          rejectWith(promise, error);
        },
      );
      return asPromise(promise);
    });
  }

  #build(): void {
    const options = new ConsumerOptions(this.#given, this.#ports);
    const cluster = new ClusterConnection(this.#ports);
    const wake = (): void => this.#delivery?.wake();
    const member = new GroupMember(this.#ports, options, cluster, this.#subscription, this.#assignment, wake);
    const fetcher = new Fetcher(this.#ports, options, cluster, this.#assignment, wake, (text) =>
      options.logger.error(text),
    );
    member.fetcher = fetcher;
    this.#options = options;
    this.#cluster = cluster;
    this.#member = member;
    this.#fetcher = fetcher;
    whenReleased(this.#ports, () => {
      this.#options = this.#cluster = this.#member = this.#fetcher = this.#delivery = null;
    });
  }

  #requireConnected(what: string): void {
    if (this.#state !== 'connected') throw stateError(`${what} can only be called while connected.`);
  }

  subscribe(subscription: KafkaJS.ConsumerSubscribeTopics | KafkaJS.ConsumerSubscribeTopic): Promise<void> {
    return promised(() => {
      this.#requireConnected('Subscribe');
      this.#subscription.add(subscription);
      this.#member!.subscribed();
    });
  }

  stop(): Promise<void> {
    return promised(() => {
      throw notImplemented('Not implemented: use disconnect()');
    });
  }

  run(config?: KafkaJS.ConsumerRunConfig): Promise<void> {
    return promised(() => {
      if (this.#state !== 'connected') throw stateError('Run must be called after a successful connect().');
      const given = config as KafkaJS.ConsumerRunConfig;
      refuseOldPlace('consumer', 'run', given, 'autoCommit');
      refuseOldPlace('consumer', 'run', given, 'autoCommitInterval');
      if (Object.hasOwn(given, 'autoCommitThreshold'))
        throw notImplemented("The property 'autoCommitThreshold' is not supported by run.");
      if (this.#delivery !== null) throw stateError('Consumer is already running.');
      const delivery = new Delivery(
        this.#ports,
        this.#options!,
        this.#assignment,
        this.#member!,
        this.#fetcher!,
        this,
        { ...given },
      );
      this.#delivery = delivery;
      delivery.pendingSeeks = this.#earlySeeks;
      delivery.wake();
    });
  }

  commitOffsets(topicPartitions?: KafkaJS.TopicPartitionOffsetAndMetadata[] | null): Promise<void> {
    return promised(() => {
      this.#requireConnected('Commit');
      const { committer } = this.#member!;
      if (topicPartitions === undefined || topicPartitions === null) {
        committer.commitStored(false, turn.line);
        return;
      }
      const offsets = topicPartitions.map(({ topic, partition, offset, metadata }) => ({
        topic,
        index: Number(partition),
        offset: readOffset(offset),
        metadata: metadata ?? null,
      }));
      committer.commit(offsets, false, turn.line);
    });
  }

  committed(
    topicPartitions?: KafkaJS.TopicPartition[] | null,
    timeout = -1,
  ): Promise<KafkaJS.TopicPartitionOffsetAndMetadata[]> {
    return promised(() => {
      this.#requireConnected('Committed');
      const wanted = (topicPartitions ?? this.assignment()).map(({ topic, partition }) => ({
        topic,
        index: partition,
      }));
      const promise = SimPromise.pending<KafkaJS.TopicPartitionOffsetAndMetadata[]>();
      if (wanted.length === 0) {
        fulfil(promise, []);
        return asPromise(promise);
      }
      const { incarnation } = this.#ports;
      const late = (): void => rejectWith(promise, errorOf(ERROR_CODES.ERR__TIMED_OUT));
      const timer = timeout >= 0 ? incarnation.setTimer(timeout, late) : null;
      new CommittedQuery(this.#ports, this.#options!, this.#member!.coordinator, wanted, turn.line, (offsets) => {
        if (timer !== null) incarnation.clearTimer(timer);
        // The real client takes 0 for "no offset": a committed 0 is shown as null, too.
        fulfil(
          promise,
          offsets.map(({ topic, index, offset, metadata }) => ({
            topic,
            partition: index,
            offset: (offset === -1 || offset === 0 ? null : String(offset)) as string,
            metadata,
          })),
        );
      }).send();
      return asPromise(promise);
    });
  }

  seek(topicPartitionOffset: KafkaJS.TopicPartitionOffset): void {
    this.#requireConnected('Seek');
    const { topic, index, offset } = readSeek(topicPartitionOffset);
    if (this.#delivery === null) (this.#earlySeeks ??= new Map()).set(`${topic}-${index}`, offset);
    else this.#delivery.seek(topic, index, offset);
  }

  assignment(): KafkaJS.TopicPartition[] {
    this.#requireConnected('Assignment');
    return this.#assignment.partitions.map(({ topic, index }) => ({ topic, partition: index }));
  }

  pause(topics: { topic: string; partitions?: number[] }[]): (() => void) | void {
    this.#requireConnected('Pause');
    const wanted = readPartitions(topics, this.#assignment);
    if (wanted.length === 0) return undefined;
    for (const { topic, index } of wanted) {
      (this.#paused ??= new Map()).set(`${topic}-${index}`, { topic, index });
      this.#delivery?.pause(topic, index);
    }
    return () => this.#resume(wanted);
  }

  paused(): KafkaJS.TopicPartitions[] {
    return Assignment.byTopic([...(this.#paused?.values() ?? [])], ({ topic }) => topic).map(({ name, items }) => ({
      topic: name,
      partitions: items.map(({ index }) => index),
    }));
  }

  resume(topics: { topic: string; partitions?: number[] }[]): void {
    this.#requireConnected('Resume');
    this.#resume(readPartitions(topics, this.#assignment));
  }

  #resume(wanted: readonly TopicAndIndex[]): void {
    this.#requireConnected('Resume');
    for (const { topic, index } of wanted) {
      this.#paused?.delete(`${topic}-${index}`);
      this.#delivery?.resume(topic, index);
    }
  }

  disconnect(): Promise<void> {
    return promised(() => {
      if (this.#state !== 'connected') return undefined;
      if (this.#leaving !== null) return asPromise(this.#leaving);
      const promise = SimPromise.pending<void>();
      this.#leaving = promise;
      if (this.#delivery === null) this.#leave(promise);
      else this.#delivery.stop(() => this.#leave(promise));
      return asPromise(promise);
    });
  }

  #leave(promise: SimPromise<void>): void {
    if (this.#state !== 'connected') {
      fulfil(promise, undefined);
      return;
    }
    this.#state = 'disconnecting';
    this.#member!.leave(() => {
      this.#state = 'disconnected';
      this.#cluster!.close();
      this.#options!.logger.info('Consumer disconnected');
      fulfil(promise, undefined);
    });
  }

  logger(): KafkaJS.Logger {
    const logger = this.#options?.logger ?? new ClientLogger(this.#ports, undefined, LOG_LEVEL.INFO);
    return logger.shown as unknown as KafkaJS.Logger;
  }

  describeGroup(): Promise<never> {
    return promised(() => {
      throw notImplemented();
    });
  }

  on(): never {
    throw notImplemented('Not implemented: this client has no instrumentation events');
  }

  get events(): never {
    throw notImplemented('Not implemented: this client has no instrumentation events');
  }

  rebalanceProtocol(): string {
    return this.#state === 'connected' ? 'EAGER' : 'NONE';
  }

  dependentAdmin(): never {
    throw notModelled('dependentAdmin()', 'make an admin client with kafka.admin()');
  }
}

/** What a transaction says of the group for which it commits offsets (CLI-47). @throws TypeError for anything else */
export function groupMetadataOf(consumer: unknown): GroupMetadata {
  if (!(consumer instanceof Consumer)) throw new TypeError('consumer._getInternalClient is not a function');
  return metadataOf(consumer);
}
