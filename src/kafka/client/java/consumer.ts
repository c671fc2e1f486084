/**
 * `KafkaConsumer` of Apache Kafka's Java client with the classic group protocol (kafka-semantics CON). What blocks in Java
 * gives a promise here; what throws there rejects. To be used in turns of its incarnation.
 *
 *     const consumer = new JavaConsumer({ incarnation, endpoint: cluster }, { groupId: 'copier' });
 *     consumer.subscribe(['orders']);
 *     for (;;) for (const record of yield consumer.poll(1000)) { … }
 */
import type { SimEvent } from '../../../simulation/event-queue';
import { fulfil, rejectWith, SimPromise } from '../../../simulation/sim-promise';
import type { StoredRecord } from '../../protocol/messages';
import { recordId } from '../../record-id';
import { MetadataClient, type ClientPorts } from '../metadata-client';
import { readConsumerConfig, type ConsumerConfig, type ConsumerConfigInput } from './consumer-config';
import { ConsumerCoordinator, type RebalanceListener } from './consumer-coordinator';
import { ConsumerFetcher } from './consumer-fetcher';
import { illegalState, JavaException, timeout } from './errors';
import {
  SubscriptionState,
  type AssignedPartition,
  type OffsetAndPartition,
  type TopicPartition,
} from './subscription-state';
import type { GroupMetadata } from './transaction-requests';

export interface ConsumerRecord extends StoredRecord, TopicPartition {}

interface Poll {
  readonly promise: SimPromise<readonly ConsumerRecord[]>;
  readonly timer: SimEvent;
}

export class JavaConsumer {
  readonly config: ConsumerConfig;
  private readonly subscription = new SubscriptionState();
  private readonly cluster: MetadataClient;
  private readonly coordinator: ConsumerCoordinator;
  private readonly fetcher: ConsumerFetcher;
  private poll_: Poll | null = null;
  private isWaking = false;
  private isFindingPositions = false;
  private isReady = false;
  private isClosed = false;
  private nextAutoCommitAt: number;

  /** @throws JavaException ConfigException */
  constructor(
    private readonly ports: ClientPorts,
    config: ConsumerConfigInput,
  ) {
    this.config = readConsumerConfig(config);
    this.cluster = new MetadataClient(ports, this.config.retryBackoffMs);
    this.coordinator = new ConsumerCoordinator(ports, this.config, this.cluster, this.subscription, this.wake);
    this.fetcher = new ConsumerFetcher(ports, this.config, this.cluster, this.subscription, this.wake);
    this.nextAutoCommitAt = ports.incarnation.world.now + this.config.autoCommitIntervalMs;
    ports.incarnation.handles += 1;
  }

  subscribe(topics: readonly string[], listener: RebalanceListener = {}): void {
    this.throwIfClosed();
    this.subscription.topics = topics;
    this.coordinator.listener = listener;
    this.coordinator.requestRejoin();
  }

  /** CON-1: group work, then the automatic commit of what earlier polls returned, then records. */
  poll(timeoutMs: number): SimPromise<readonly ConsumerRecord[]> {
    this.throwIfClosed();
    if (this.poll_ !== null) throw new JavaException('ConcurrentModificationException', 'one poll at a time');
    const promise = SimPromise.pending<readonly ConsumerRecord[]>();
    const timer = this.ports.incarnation.setTimer(timeoutMs, () => this.endPoll([], null));
    this.poll_ = { promise, timer };
    this.commitIfDue();
    if (this.isReady) this.wake();
    else
      this.cluster.refresh(
        this.subscription.topics,
        () => {
          this.isReady = true;
          this.wake();
        },
        0,
      );
    return promise;
  }

  /** CON-5: without offsets the positions, whatever has been processed of what poll returned. */
  commitSync(offsets: readonly OffsetAndPartition[] = this.subscription.allConsumed()): SimPromise<void> {
    const promise = SimPromise.pending<void>();
    this.throwIfClosed();
    const { incarnation } = this.ports;
    const giveUpAt = incarnation.world.now + this.config.defaultApiTimeoutMs;
    const attempt = (): void =>
      this.coordinator.commit(offsets, (exception) => {
        if (exception === null) fulfil(promise, undefined);
        else if (!exception.isRetriable) rejectWith(promise, exception);
        else if (incarnation.world.now >= giveUpAt) rejectWith(promise, timeout('Timeout while committing offsets'));
        else incarnation.setTimer(this.config.retryBackoffMs, attempt);
      });
    if (offsets.length === 0) fulfil(promise, undefined);
    else attempt();
    return promise;
  }

  /** OFS-12: never repeated. */
  commitAsync(
    offsets: readonly OffsetAndPartition[] = this.subscription.allConsumed(),
    onDone: (exception: JavaException | null) => void = () => undefined,
  ): void {
    this.throwIfClosed();
    if (offsets.length > 0) this.coordinator.commit(offsets, onDone);
    else onDone(null);
  }

  /** Committed offsets; null for none. Waits while a transaction with offsets of the group is open (OFS-9). */
  committed(partitions: readonly TopicPartition[]): SimPromise<readonly (number | null)[]> {
    const promise = SimPromise.pending<readonly (number | null)[]>();
    this.coordinator.requests.fetchCommitted(partitions, (offsets) =>
      fulfil(
        promise,
        offsets.map((offset) => (offset < 0 ? null : offset)),
      ),
    );
    return promise;
  }

  /** The next offset to be returned; null while it is not known. */
  position(partition: TopicPartition): number | null {
    const { position } = this.mine(partition);
    return position < 0 ? null : position;
  }

  /** OFS-4: does not commit. */
  seek(partition: TopicPartition, offset: number): void {
    const assigned = this.mine(partition);
    assigned.moveTo(offset);
    this.fetcher.notePosition(assigned, 'seek');
  }

  pause(partitions: readonly TopicPartition[]): void {
    for (const partition of partitions) this.mine(partition).isPaused = true;
  }

  resume(partitions: readonly TopicPartition[]): void {
    for (const partition of partitions) this.mine(partition).isPaused = false;
  }

  assignment(): readonly TopicPartition[] {
    return this.subscription.assigned.map(({ topic, index }) => ({ topic, partition: index }));
  }

  /** KIP-447: for `sendOffsetsToTransaction`. */
  groupMetadata(): GroupMetadata {
    const { groupId, groupInstanceId } = this.config;
    return { groupId, groupInstanceId, ...this.coordinator.groupMetadata };
  }

  /** CON-3b: with automatic commits the positions are committed, processed or not. Then the member leaves. */
  close(): SimPromise<void> {
    const promise = SimPromise.pending<void>();
    if (this.isClosed) {
      fulfil(promise, undefined);
      return promise;
    }
    this.isClosed = true;
    this.endPoll([], null);
    const leave = (): void =>
      this.coordinator.close(() => {
        this.cluster.stop();
        this.ports.incarnation.handles -= 1;
        fulfil(promise, undefined);
      });
    const offsets = this.subscription.allConsumed();
    if (!this.config.enableAutoCommit || offsets.length === 0) leave();
    else this.coordinator.commit(offsets, leave);
    return promise;
  }

  private readonly wake = (): void => {
    if (this.poll_ === null || this.isWaking || !this.isReady) return;
    this.isWaking = true;
    try {
      this.serve();
    } catch (error) {
      this.endPoll([], error as Error);
    }
    this.isWaking = false;
  };

  private serve(): void {
    const isMember = this.coordinator.poll();
    const error = this.coordinator.error ?? this.fetcher.error;
    if (error !== null) {
      this.fetcher.error = null;
      this.endPoll([], error);
      return;
    }
    if (!isMember) return;
    this.findPositions();
    const records: ConsumerRecord[] = [];
    this.fetcher.take((partition, record) => {
      records.push({ ...record, topic: partition.topic, partition: partition.index });
      this.noteDelivery(partition, record);
    });
    this.fetcher.sendFetches();
    if (records.length > 0) this.endPoll(records, null);
  }

  private endPoll(records: readonly ConsumerRecord[], error: Error | null): void {
    const poll = this.poll_;
    if (poll === null) return;
    this.poll_ = null;
    this.coordinator.rest();
    this.ports.incarnation.clearTimer(poll.timer);
    if (error === null) fulfil(poll.promise, records);
    else rejectWith(poll.promise, error);
  }

  /** GRP-11, FET-7: from the committed offset, or by policy. */
  private findPositions(): void {
    const { assigned } = this.subscription;
    const lost = assigned.filter(({ position, isResetting }) => position < 0 && !isResetting);
    if (lost.length === 0 || this.isFindingPositions) return;
    this.isFindingPositions = true;
    const wanted = lost.map(({ topic, index }) => ({ topic, partition: index }));
    this.coordinator.requests.fetchCommitted(wanted, (offsets) => {
      this.isFindingPositions = false;
      const without: AssignedPartition[] = [];
      lost.forEach((partition, i) => {
        if (!this.subscription.assigned.includes(partition) || partition.position >= 0) return;
        if (offsets[i]! < 0) without.push(partition);
        else {
          partition.moveTo(offsets[i]!);
          this.fetcher.notePosition(partition, 'committed');
        }
      });
      this.fetcher.reset(without);
      this.wake();
    });
  }

  /** CON-1 (2), CON-7. */
  private commitIfDue(): void {
    const { now } = this.ports.incarnation.world;
    if (!this.config.enableAutoCommit || now < this.nextAutoCommitAt) return;
    this.nextAutoCommitAt = now + this.config.autoCommitIntervalMs;
    const offsets = this.subscription.allConsumed();
    if (offsets.length > 0 && this.coordinator.stableGeneration !== null)
      this.coordinator.commit(offsets, () => undefined);
  }

  private mine(partition: TopicPartition): AssignedPartition {
    this.throwIfClosed();
    const assigned = this.subscription.find(partition);
    if (assigned === undefined)
      throw illegalState(`No current assignment for partition ${partition.topic}-${partition.partition}`);
    return assigned;
  }

  private throwIfClosed(): void {
    if (this.isClosed) throw illegalState('This consumer has already been closed.');
  }

  private noteDelivery({ name, topic, index }: AssignedPartition, { offset, value }: StoredRecord): void {
    const { incarnation } = this.ports;
    const { world } = incarnation;
    const { deliveries } = world.history;
    const group = this.config.groupId;
    const record = recordId(value);
    world.record(
      { lane: name, peer: incarnation.name, incarnation: incarnation.number },
      {
        kind: 'deliver',
        group,
        generation: this.coordinator.groupMetadata.generationId,
        topic,
        partition: index,
        offset,
        record,
        again: deliveries.some((past) => past.group === group && past.partition === name && past.offset === offset),
      },
    );
    deliveries.push({
      group,
      partition: name,
      offset,
      incarnation: incarnation.number,
      ...(record === null ? {} : { record }),
      ...(this.config.isolationLevel === 0 ? { isolation: 'read_uncommitted' as const } : {}),
    });
  }
}
