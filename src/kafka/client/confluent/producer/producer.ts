/** The producer as programs see it (CLI-10, CLI-12, CLI-40, CLI-41, CLI-46; the real client: `_producer.js`). */
import { SimPromise, fulfil, rejectWith } from '../../../../simulation/sim-promise';
import type { KafkaJS } from '../api';
import type { OffsetToSend } from '../../transaction-record';
import { ClusterConnection } from '../cluster-connection';
import { LOG_LEVEL, numberOr, refuseOldPlace, type Options } from '../config';
import { readOffset } from '../consumer/arguments';
import { groupMetadataOf } from '../consumer/consumer';
import { ERROR_CODES } from '../error-codes';
import { argumentError, errorOf, LibrdKafkaError, notModelled, stateError } from '../errors';
import { ClientLogger } from '../logger';
import { asPromise, promised, whenReleased, type ConfluentPorts } from '../ports';
import type { Settle } from './api-calls';
import { readProducerOptions, type ProducerOptions } from './options';
import { ProducerIdentity } from './producer-identity';
import { ProducerQueue } from './producer-queue';
import type { SentRecord } from './sent-record';
import { TransactionManager } from './transaction-manager';
import { toWire } from './wire-record';

type ProducerState = 'init' | 'connecting' | 'initializing' | 'connected' | 'disconnecting' | 'disconnected';

/** How long `disconnect()` waits for what is under way. */
const DISCONNECT_TIMEOUT_MS = 5000;

export class Producer implements KafkaJS.Producer {
  #state: ProducerState = 'init';
  readonly #ports: ConfluentPorts;
  readonly #given: Options;
  #options: ProducerOptions | null = null;
  #cluster: ClusterConnection | null = null;
  #queue: ProducerQueue | null = null;
  /** What the wrapper believes: a commit or abort that rejects leaves it as it was (CLI-49). */
  #isActive = false;

  constructor(ports: ConfluentPorts, options: Options) {
    this.#ports = ports;
    this.#given = options;
  }

  connect(): Promise<void> {
    return promised(() => {
      if (this.#state !== 'init') throw stateError('Connect has already been called elsewhere.');
      this.#state = 'connecting';
      const options = readProducerOptions(this.#given, this.#ports);
      const cluster = new ClusterConnection(this.#ports);
      const queue = new ProducerQueue(this.#ports, options, cluster);
      this.#options = options;
      this.#cluster = cluster;
      this.#queue = queue;
      whenReleased(this.#ports, () => {
        this.#options = this.#cluster = this.#queue = null;
      });
      const promise = SimPromise.pending<void>();
      cluster.connect(
        options.servers,
        () => this.#introduce(queue, promise),
        (error) => {
          this.#state = 'disconnected';
          rejectWith(promise, error);
        },
      );
      return asPromise(promise);
    });
  }

  /** Gets what the producer needs beside a connection: a transactional id is initialised here (CLI-52). */
  #introduce(queue: ProducerQueue, promise: SimPromise<void>): void {
    const { transactionalId, isIdempotent } = queue.options;
    if (transactionalId !== null) {
      const transactions = new TransactionManager(queue);
      queue.transactions = transactions;
      queue.identity = transactions.identity;
      this.#state = 'initializing';
      transactions.init((failed) => {
        if (failed === null) this.#connected(promise);
        else rejectWith(promise, new LibrdKafkaError(failed.code, failed.text));
      });
      return;
    }
    if (isIdempotent) {
      queue.identity = new ProducerIdentity(this.#ports, queue.options, null, queue);
      // The connection is there before the producer id is.
      queue.identity.request();
    }
    this.#connected(promise);
  }

  #connected(promise: SimPromise<void>): void {
    if (this.#state === 'disconnecting' || this.#state === 'disconnected') return;
    this.#state = 'connected';
    this.#options!.logger.info('Producer connected');
    fulfil(promise, undefined);
  }

  send(record: KafkaJS.ProducerRecord): Promise<KafkaJS.RecordMetadata[]> {
    return promised(() => {
      this.#requireConnected('send');
      if (record === null || !(record instanceof Object)) {
        throw argumentError(
          "The argument passed to send must be an object, and must contain the 'topic' and 'messages' properties: {topic: string, messages: Message[]}",
        );
      }
      for (const key of ['acks', 'timeout', 'compression']) refuseOldPlace('producer', 'send', record, key);
      const { topic, messages } = record;
      const wires = messages.map((message) => toWire(this.#ports, message));
      if (wires.length > 0) this.#requireTaking();
      const sent = wires.map((wire, i) => this.#queue!.add(topic, messages[i]!.partition ?? -1, wire));
      const promise = SimPromise.pending<KafkaJS.RecordMetadata[]>();
      settleTogether(sent, promise);
      return asPromise(promise);
    });
  }

  /** CLI-12, CLI-49, CLI-50: plain errors, from the client underneath. */
  #requireTaking(): void {
    const { fatalCode, transactions } = this.#queue!;
    if (fatalCode !== 0) throw new LibrdKafkaError(ERROR_CODES.ERR__FATAL);
    if (transactions !== null && !transactions.takesRecords) throw new LibrdKafkaError(ERROR_CODES.ERR__STATE);
  }

  sendBatch(batch: KafkaJS.ProducerBatch): Promise<KafkaJS.RecordMetadata[]> {
    return promised(() => {
      this.#requireConnected('sendBatch');
      if (
        batch === null ||
        !(batch instanceof Object) ||
        (batch.topicMessages !== undefined && !Array.isArray(batch.topicMessages))
      ) {
        throw argumentError(
          "The argument passed to sendbatch must be an object, and must contain the 'topicMessages' property: { topicMessages: {topic: string, messages: Message[]}[] }",
        );
      }
      for (const key of ['acks', 'timeout', 'compression']) refuseOldPlace('producer', 'sendBatch', batch, key);
      const sends = (batch.topicMessages ?? []).map((topicMessages) => this.send(topicMessages));
      return SimPromise.all(sends).then((results: unknown) =>
        (results as KafkaJS.RecordMetadata[][]).flat(),
      ) as unknown as Promise<KafkaJS.RecordMetadata[]>;
    });
  }

  flush(args: { timeout?: number } = { timeout: 500 }): Promise<void> {
    return promised(() => {
      this.#requireConnected('flush');
      if (!Object.hasOwn(args, 'timeout')) throw argumentError('timeout must be set for flushing');
      const promise = SimPromise.pending<void>();
      this.#whenEmpty(
        numberOr(args.timeout, 500),
        () => fulfil(promise, undefined),
        () => rejectWith(promise, errorOf(ERROR_CODES.ERR__TIMED_OUT)),
      );
      return asPromise(promise);
    });
  }

  disconnect(): Promise<void> {
    return promised(() => {
      if (this.#state !== 'connected' && this.#state !== 'initializing') return undefined;
      this.#state = 'disconnecting';
      const promise = SimPromise.pending<void>();
      const close = (): void => {
        this.#state = 'disconnected';
        this.#queue!.close();
        this.#cluster!.close();
        this.#options!.logger.info('Producer disconnected');
        fulfil(promise, undefined);
      };
      this.#whenEmpty(DISCONNECT_TIMEOUT_MS, close, close);
      return asPromise(promise);
    });
  }

  /** CLI-46. */
  transaction(): Promise<KafkaJS.Producer> {
    return promised(() => {
      this.#requireConnected('start transaction');
      if (this.#isActive) throw stateError('Can only start one transaction at a time.');
      const promise = SimPromise.pending<KafkaJS.Producer>();
      this.#manager().begin((failed) => {
        if (failed === null) {
          this.#isActive = true;
          fulfil(promise, this);
        } else rejectWith(promise, errorOf(failed.code, failed.text));
      });
      return asPromise(promise);
    });
  }

  commit(): Promise<void> {
    return this.#end('commit', (manager, settle) => manager.commit(settle));
  }

  abort(): Promise<void> {
    return this.#end('abort', (manager, settle) => manager.abort(settle));
  }

  #end(what: string, end: (manager: TransactionManager, settle: Settle) => void): Promise<void> {
    return promised(() => {
      this.#requireActive(what);
      const promise = SimPromise.pending<void>();
      end(this.#manager(), (failed) => {
        if (failed === null) {
          this.#isActive = false;
          fulfil(promise, undefined);
        } else rejectWith(promise, errorOf(failed.code, failed.text));
      });
      return asPromise(promise);
    });
  }

  /** CLI-47. */
  sendOffsets(args: { consumer: KafkaJS.Consumer; topics: KafkaJS.TopicOffsets[] }): Promise<void> {
    return promised(() => {
      const { consumer, topics, consumerGroupId } = args as typeof args & { readonly consumerGroupId?: unknown };
      if (consumerGroupId || !consumer)
        throw argumentError('The sendOffsets method must be called with a connected consumer instance.');
      if (!Array.isArray(topics) || topics.length === 0) throw argumentError('sendOffsets arguments are invalid');
      this.#requireActive('sendOffsets');
      const promise = SimPromise.pending<void>();
      this.#manager().sendOffsets(groupMetadataOf(consumer), flatten(topics), (failed) => {
        if (failed === null) fulfil(promise, undefined);
        else rejectWith(promise, errorOf(failed.code, failed.text));
      });
      return asPromise(promise);
    });
  }

  isActive(): boolean {
    return this.#isActive;
  }

  #requireActive(what: string): void {
    this.#requireConnected(what);
    if (!this.#isActive) throw stateError(`Cannot ${what}, no transaction ongoing.`);
  }

  #manager(): TransactionManager {
    const { transactions } = this.#queue!;
    if (transactions === null)
      throw errorOf(
        ERROR_CODES.ERR__NOT_CONFIGURED,
        'The Transactional API requires transactional.id to be configured',
      );
    return transactions;
  }

  logger(): KafkaJS.Logger {
    const logger = this.#options?.logger ?? new ClientLogger(this.#ports, undefined, LOG_LEVEL.INFO);
    return logger.shown as unknown as KafkaJS.Logger;
  }

  dependentAdmin(): never {
    throw notModelled('dependentAdmin()', 'make an admin client with kafka.admin()');
  }

  #requireConnected(what: string): void {
    if (this.#state !== 'connected') throw stateError(`Cannot ${what} without awaiting connect()`);
  }

  /** Sends what waits for its batch, and calls one of the two: when all has its answer, or when it takes too long. */
  #whenEmpty(timeoutMs: number, onEmpty: () => void, onLate: () => void): void {
    const queue = this.#queue!;
    const { incarnation } = this.#ports;
    let isOver = false;
    queue.flush();
    const timer = incarnation.setTimer(timeoutMs, () => {
      if (isOver) return;
      isOver = true;
      onLate();
    });
    queue.whenEmpty(() => {
      if (isOver) return;
      isOver = true;
      incarnation.clearTimer(timer);
      onEmpty();
    });
  }
}

/** Resolves with one entry a partition, or rejects with the first failure, like `Promise.all`. */
function settleTogether(sent: readonly SentRecord[], promise: SimPromise<KafkaJS.RecordMetadata[]>): void {
  let left = sent.length;
  const finish = (): void => {
    const lowest = new Map<string, { readonly record: SentRecord; offset: number }>();
    for (const record of sent) {
      const key = `${record.topic},${record.partition}`;
      const entry = lowest.get(key);
      if (entry === undefined) lowest.set(key, { record, offset: record.offset });
      else if (record.offset < entry.offset) entry.offset = record.offset;
    }
    fulfil(
      promise,
      [...lowest.values()].map(({ record, offset }) => ({
        topicName: record.topic,
        partition: record.partition,
        errorCode: 0,
        baseOffset: String(offset),
        logAppendTime: '-1',
        logStartOffset: '0',
      })),
    );
  };
  if (left === 0) {
    finish();
    return;
  }
  for (const record of sent) {
    record.whenSettled = (error) => {
      if (error !== null) rejectWith(promise, error);
      else if (--left === 0) finish();
    };
    if (record.error !== null) rejectWith(promise, record.error);
  }
}

function flatten(topics: readonly KafkaJS.TopicOffsets[]): OffsetToSend[] {
  return topics.flatMap(({ topic, partitions }) =>
    partitions.map(({ partition, offset }) => ({
      topic: String(topic),
      index: Number(partition),
      offset: readOffset(String(offset)),
      metadata: null,
    })),
  );
}
