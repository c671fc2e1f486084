/** The producer as programs see it (CLI-10, CLI-40, CLI-41; the real client: `_producer.js`). */
import { SimPromise, fulfil, rejectWith } from '../../../simulation/sim-promise';
import { WORLD_EPOCH_MS } from '../../../simulation/world';
import type { WireRecord } from '../../protocol/messages';
import type { KafkaJS } from './api';
import { ClusterConnection } from './cluster-connection';
import { LOG_LEVEL, numberOr, readClientOptions, refuseOldPlace, type ClientOptions, type Options } from './config';
import { ERROR_CODES } from './error-codes';
import { argumentError, errorOf, notModelled, stateError } from './errors';
import { ClientLogger } from './logger';
import { asPromise, promised, type ConfluentPorts } from './ports';
import { ProducerQueue, type ProducerOptions, type SentRecord } from './producer-queue';

type ProducerState = 'init' | 'connecting' | 'connected' | 'disconnecting' | 'disconnected';

/** How long `disconnect()` waits for what is under way. */
const DISCONNECT_TIMEOUT_MS = 5000;

export class Producer implements KafkaJS.Producer {
  #state: ProducerState = 'init';
  readonly #ports: ConfluentPorts;
  readonly #given: Options;
  #options: ProducerOptions | null = null;
  #cluster: ClusterConnection | null = null;
  #queue: ProducerQueue | null = null;

  constructor(ports: ConfluentPorts, options: Options) {
    this.#ports = ports;
    this.#given = options;
  }

  connect(): Promise<void> {
    return promised(() => {
      if (this.#state !== 'init') throw stateError('Connect has already been called elsewhere.');
      const options = readProducerOptions(this.#given, this.#ports);
      const cluster = new ClusterConnection(this.#ports);
      this.#options = options;
      this.#cluster = cluster;
      this.#queue = new ProducerQueue(this.#ports, options, cluster);
      this.#state = 'connecting';
      const promise = SimPromise.pending<void>();
      cluster.connect(
        options.servers,
        () => {
          this.#state = 'connected';
          options.logger.info('Producer connected');
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
      const sent = messages.map((message) => this.#queue!.add(topic, message.partition ?? -1, this.#toWire(message)));
      const promise = SimPromise.pending<KafkaJS.RecordMetadata[]>();
      settleTogether(sent, promise);
      return asPromise(promise);
    });
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
      if (this.#state !== 'connected') return undefined;
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

  transaction(): Promise<KafkaJS.Producer> {
    return lacking('transaction()');
  }

  commit(): Promise<void> {
    return lacking('commit()');
  }

  abort(): Promise<void> {
    return lacking('abort()');
  }

  sendOffsets(): Promise<void> {
    return lacking('sendOffsets()');
  }

  isActive(): boolean {
    return false;
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

  #toWire({ key, value, headers, timestamp }: KafkaJS.Message): WireRecord {
    return {
      key: this.#text(key, 'key'),
      value: this.#text(value, 'value'),
      headers: this.#headers(headers),
      timestamp: timestamp ? Number(timestamp) : WORLD_EPOCH_MS + this.#ports.incarnation.world.now,
    };
  }

  #text(given: unknown, what: string): string | null {
    if (given === null || given === undefined) return null;
    if (typeof given === 'string') return given;
    const text = this.#ports.fromBuffer(given);
    if (text === null) throw new Error(`Message ${what} must be a buffer, a string or null`);
    return text;
  }

  #headers(headers: KafkaJS.IHeaders | undefined): Readonly<Record<string, string>> {
    if (headers === undefined || headers === null) return NO_HEADERS;
    const read: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers)) {
      if (Array.isArray(value)) throw notModelled('A header with several values', 'a header has one value');
      read[name] = this.#text(value, `header ${name}`) ?? '';
    }
    return read;
  }
}

const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});

function readProducerOptions(given: Options, ports: ConfluentPorts): ProducerOptions {
  const client: ClientOptions = readClientOptions('producer', given, ports);
  const { block, outer, hasBlock } = client;
  if (outer['transactional.id'] ?? block['transactionalId'])
    throw notModelled('A transactional producer', 'transactions come with a later lab');
  if (outer['enable.idempotence'] ?? block['idempotent'])
    throw notModelled('An idempotent producer', 'sequence numbers come with a later lab');
  const acks = outer['request.required.acks'] ?? outer['acks'] ?? block['acks'];
  const retry = (block['retry'] ?? {}) as Options;
  return {
    ...client,
    acks: acks === 'all' ? -1 : numberOr(acks, -1),
    retriesMax: numberOr(outer['retries'] ?? retry['retries'], hasBlock ? 5 : 2_147_483_647),
    lingerMs: numberOr(outer['linger.ms'], 5),
    timeoutMs: numberOr(block['timeout'], 30_000),
    inFlightMax: numberOr(outer['max.in.flight'] ?? block['maxInFlightRequests'], Number.MAX_SAFE_INTEGER),
  };
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

function lacking(what: string): Promise<never> {
  return promised(() => {
    throw notModelled(what, 'transactions come with a later lab');
  });
}
