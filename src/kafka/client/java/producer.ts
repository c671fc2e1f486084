/**
 * `KafkaProducer` of Apache Kafka's Java client, 4.x (kafka-semantics RTY, CFG, TXC). What blocks in Java gives a promise
 * here; what throws there rejects. To be used in turns of its incarnation.
 *
 *     const producer = new JavaProducer({ incarnation, endpoint: cluster }, { transactionalId: 'copier' });
 *     yield producer.initTransactions();
 *     producer.beginTransaction();
 *     const { offset } = yield producer.send({ topic: 'out', key: null, value: 'a' });
 *     yield producer.commitTransaction();
 */
import type { Send } from '../../../simulation/history';
import { fulfil, rejectWith, SimPromise } from '../../../simulation/sim-promise';
import { turn } from '../../../simulation/turn';
import { WORLD_EPOCH_MS } from '../../../simulation/world';
import type { WireRecord } from '../../protocol/messages';
import { recordId } from '../../record-id';
import { partitionOfKey } from '../murmur2';
import { MetadataClient, type ClientPorts } from '../metadata-client';
import type { OffsetToSend } from '../transaction-record';
import { illegalState, timeout } from './errors';
import { PartitionAccumulator } from './partition-accumulator';
import type { RecordMetadata } from './producer-batch';
import { readProducerConfig, type ProducerConfig, type ProducerConfigInput } from './producer-config';
import { Sender } from './sender';
import { TransactionManager } from './transaction-manager';
import type { GroupMetadata } from './transaction-requests';

export interface ProducerRecord {
  readonly topic: string;
  /** Chosen by the key, or in turn, when it is absent. */
  readonly partition?: number;
  readonly key: string | null;
  readonly value: string | null;
}

const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});

export class JavaProducer {
  readonly config: ProducerConfig;
  private readonly cluster: MetadataClient;
  private readonly partitions = new Map<string, PartitionAccumulator>();
  private readonly sender: Sender;
  private readonly transactions: TransactionManager | null;
  /** Calls behind a send that waits for its topic: in Java it blocks them. */
  private blocked: (() => void)[] | null = null;
  private nextPartition = 0;
  private isClosed = false;

  /** @throws JavaException ConfigException (CFG-1 … CFG-3) */
  constructor(
    private readonly ports: ClientPorts,
    config: ProducerConfigInput = {},
  ) {
    this.config = readProducerConfig(config);
    this.cluster = new MetadataClient(ports, this.config.retryBackoffMs);
    this.sender = new Sender(ports, this.config, this.cluster, this.partitions);
    this.transactions = this.config.isIdempotent ? new TransactionManager(this.sender, this.partitions) : null;
    this.sender.transactions = this.transactions;
    ports.incarnation.handles += 1;
    if (this.transactions !== null && this.config.transactionalId === null) this.transactions.acquireId();
  }

  initTransactions(): SimPromise<void> {
    return this.attempt(() => this.manager().initTransactions().await(this.config.maxBlockMs));
  }

  /** @throws JavaException in the wrong state (TXC-1, ERR-3) */
  beginTransaction(): void {
    this.throwIfClosed();
    this.manager().beginTransaction();
  }

  commitTransaction(): SimPromise<void> {
    return this.inOrder(() => this.manager().commitTransaction(turn.line).await(this.config.maxBlockMs));
  }

  abortTransaction(): SimPromise<void> {
    return this.inOrder(() => this.manager().abortTransaction(turn.line).await(this.config.maxBlockMs));
  }

  sendOffsetsToTransaction(offsets: readonly OffsetToSend[], group: GroupMetadata): SimPromise<void> {
    return this.attempt(() => this.manager().sendOffsets(offsets, group, turn.line).await(this.config.maxBlockMs));
  }

  /**
   * The future of one record. In the wrong state it rejects, and the record is kept all the same: it leaves with the next
   * transaction that sends to its partition (TXC-1).
   */
  send(record: ProducerRecord): SimPromise<RecordMetadata> {
    const future = SimPromise.pending<RecordMetadata>();
    // Nobody has to look at a future.
    future.then(undefined, () => undefined);
    this.throwIfClosed();
    this.whenFree(() => this.append(record, future));
    return future;
  }

  private append(record: ProducerRecord, future: SimPromise<RecordMetadata>): void {
    this.withPartitions(record.topic, future, (count) => {
      const partition = this.partitionFor(record, count);
      this.sender.append(partition, { wire: this.toWire(record), future, sent: this.noteSend(partition, record) });
      try {
        this.transactions?.addPartition(partition);
      } catch (error) {
        rejectWith(future, error);
      }
      this.sender.serve(partition);
    });
  }

  /** RTY-1: resolves when every record sent so far has its outcome. */
  flush(): SimPromise<void> {
    const promise = SimPromise.pending<void>();
    this.whenFree(() => this.sender.flush(() => fulfil(promise, undefined)));
    return promise;
  }

  /** RTY-9: waits for what is under way; an open transaction is aborted. */
  close(timeoutMs = Number.MAX_SAFE_INTEGER): SimPromise<void> {
    const promise = SimPromise.pending<void>();
    if (this.isClosed) {
      fulfil(promise, undefined);
      return promise;
    }
    this.isClosed = true;
    const finish = (): void => {
      if (this.sender.isClosed) return;
      this.sender.isClosed = true;
      this.cluster.stop();
      this.ports.incarnation.handles -= 1;
      fulfil(promise, undefined);
    };
    const isOpen = this.transactions !== null && OPEN.includes(this.transactions.state);
    if (isOpen) this.transactions!.abortTransaction(turn.line).await(timeoutMs).then(finish, finish);
    else this.sender.flush(finish);
    if (timeoutMs < Number.MAX_SAFE_INTEGER) this.ports.incarnation.setTimer(timeoutMs, finish);
    return promise;
  }

  private manager(): TransactionManager {
    if (this.transactions === null || this.config.transactionalId === null)
      throw illegalState('Cannot use transactional methods without enabling transactions');
    return this.transactions;
  }

  private throwIfClosed(): void {
    if (this.isClosed) throw illegalState('Cannot perform operation after producer has been closed');
  }

  private attempt(body: () => SimPromise<void>): SimPromise<void> {
    try {
      this.throwIfClosed();
      return body();
    } catch (error) {
      return SimPromise.reject(error);
    }
  }

  /** Does something behind all sends before it. */
  private whenFree(work: () => void): void {
    if (this.blocked === null) work();
    else this.blocked.push(work);
  }

  private inOrder(body: () => SimPromise<void>): SimPromise<void> {
    if (this.blocked === null) return this.attempt(body);
    const promise = SimPromise.pending<void>();
    this.blocked.push(() => fulfil(promise, this.attempt(body) as never));
    return promise;
  }

  /** Goes on when the topic is known; gives up after `max.block.ms`. What is called meanwhile waits. */
  private withPartitions(topic: string, future: SimPromise<RecordMetadata>, next: (count: number) => void): void {
    const known = this.cluster.partitions.get(topic);
    if (known !== undefined) {
      next(known);
      return;
    }
    const { incarnation } = this.ports;
    const giveUpAt = incarnation.world.now + this.config.maxBlockMs;
    this.blocked = [];
    const look = (): void => {
      const count = this.cluster.partitions.get(topic);
      if (count === undefined && incarnation.world.now < giveUpAt) {
        incarnation.setTimer(this.config.retryBackoffMs, ask);
        return;
      }
      if (count !== undefined) next(count);
      else rejectWith(future, timeout(`Topic ${topic} not present in metadata after ${this.config.maxBlockMs} ms.`));
      const waiting = this.blocked ?? [];
      this.blocked = null;
      for (const work of waiting) this.whenFree(work);
    };
    const ask = (): void => this.cluster.refresh([topic], look, turn.line);
    ask();
  }

  private partitionFor({ topic, partition, key }: ProducerRecord, count: number): PartitionAccumulator {
    const index = partition ?? (key === null ? this.nextPartition++ % count : partitionOfKey(key, count));
    const name = `${topic}-${index}`;
    const known = this.partitions.get(name);
    if (known !== undefined) return known;
    const made = new PartitionAccumulator(topic, index);
    this.partitions.set(name, made);
    return made;
  }

  private toWire({ key, value }: ProducerRecord): WireRecord {
    return { key, value, headers: NO_HEADERS, timestamp: WORLD_EPOCH_MS + this.ports.incarnation.world.now };
  }

  private noteSend({ name }: PartitionAccumulator, { value }: ProducerRecord): Send {
    const { incarnation } = this.ports;
    const sent: Send = {
      record: recordId(value) ?? '',
      partition: name,
      outcome: 'info',
      incarnation: incarnation.number,
      offset: null,
      transaction: this.transactions?.open ?? null,
    };
    incarnation.world.history.sends.push(sent);
    return sent;
  }
}

/** States in which there is a transaction to abort. */
const OPEN: readonly string[] = ['IN_TRANSACTION', 'ABORTABLE_ERROR'];
