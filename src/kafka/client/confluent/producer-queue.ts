/**
 * Batches of a producer on their way (CLI-10, CLI-41; librdkafka `rdkafka_broker.c`, `rdkafka_msg.c`).
 *
 * A partition's records wait `linger.ms` for company and leave as one request. A request without an answer is repeated,
 * and the broker stores its records again. Batches that have not left yet wait behind one that is to be repeated; those
 * that are under way do not, so the order can change (no sequence numbers).
 */
import { Request, type AnswerHandler } from '../../../simulation/network';
import { turn } from '../../../simulation/turn';
import type { Send } from '../../../simulation/history';
import { plainBatch } from '../../broker/record-batch';
import { ERRORS, errorName } from '../../errors';
import type { ProduceAnswer, ProduceRequest, WireRecord } from '../../protocol/messages';
import { recordId } from '../../record-id';
import type { ClusterConnection } from './cluster-connection';
import type { ClientOptions } from './config';
import { ERROR_CODES } from './error-codes';
import { errorOf } from './errors';
import { partitionOfKey } from './murmur2';
import type { ConfluentPorts } from './ports';

export interface ProducerOptions extends ClientOptions {
  readonly acks: number;
  readonly retriesMax: number;
  readonly lingerMs: number;
  readonly timeoutMs: number;
  readonly inFlightMax: number;
}

/** librdkafka's version of Produce: below 12, the first transaction protocol (TXN-2). */
const PRODUCE_VERSION = 10;

/** A record from `send()` to its answer. */
export class SentRecord {
  partition = -1;
  /** -1001 while it is not known, and for ever with `acks: 0`. */
  offset = -1001;
  error: Error | null = null;
  whenSettled: ((error: Error | null) => void) | null = null;
  readonly line = turn.line;
  sent: Send | null = null;

  constructor(
    readonly topic: string,
    readonly wire: WireRecord,
  ) {}
}

/** A partition keeps the records without a key for so long before another one takes over. */
const STICKY_MS = 10;

export class ProducerQueue {
  private readonly partitions = new Map<string, PartitionQueue>();
  private readonly sticky = new Map<string, { partition: number; since: number }>();
  private inFlight = 0;
  /** Records without an outcome. */
  private unsettled = 0;
  private isClosed = false;
  private onEmpty: (() => void)[] = [];

  constructor(
    readonly ports: ConfluentPorts,
    readonly options: ProducerOptions,
    private readonly cluster: ClusterConnection,
  ) {}

  add(topic: string, wanted: number, wire: WireRecord): SentRecord {
    const record = new SentRecord(topic, wire);
    const count = this.cluster.partitions.get(topic);
    this.unsettled += 1;
    if (count === undefined) this.lookUp(record, wanted);
    else this.place(record, wanted, count);
    return record;
  }

  flush(): void {
    for (const queue of this.partitions.values()) queue.lingerOver();
  }

  whenEmpty(next: () => void): void {
    if (this.unsettled === 0) next();
    else this.onEmpty.push(next);
  }

  close(): void {
    this.isClosed = true;
  }

  /** @internal Whether one more request may leave. */
  mayLeave(): boolean {
    return !this.isClosed && this.inFlight < this.options.inFlightMax;
  }

  /** @internal */
  left(): void {
    this.inFlight += 1;
  }

  /** @internal */
  returned(): void {
    this.inFlight -= 1;
    if (this.options.inFlightMax === Number.MAX_SAFE_INTEGER) return;
    for (const queue of this.partitions.values()) queue.serve();
  }

  /** @internal */
  settle(record: SentRecord, error: Error | null, isUncertain: boolean): void {
    record.error = error;
    if (record.sent !== null) {
      record.sent.outcome = error === null ? 'ok' : isUncertain ? 'info' : 'fail';
      if (error === null && record.offset >= 0) record.sent.offset = record.offset;
    }
    this.unsettled -= 1;
    record.whenSettled?.(error);
    if (this.unsettled === 0) for (const next of this.onEmpty.splice(0)) next();
  }

  private lookUp(record: SentRecord, wanted: number): void {
    this.cluster.refresh(
      [record.topic],
      () => {
        const count = this.cluster.partitions.get(record.topic);
        if (count === undefined) this.settle(record, errorOf(ERROR_CODES.ERR_UNKNOWN_TOPIC_OR_PART), false);
        else this.place(record, wanted, count);
      },
      record.line,
    );
  }

  private place(record: SentRecord, wanted: number, count: number): void {
    const { topic, wire } = record;
    if (wanted >= count) {
      // Refused before it leaves; the promise is there only after this call.
      this.ports.incarnation.setTimer(0, () => this.settle(record, errorOf(ERROR_CODES.ERR__UNKNOWN_PARTITION), false));
      return;
    }
    record.partition =
      wanted >= 0 ? wanted : wire.key === null ? this.stickyPartition(topic, count) : partitionOfKey(wire.key, count);
    const name = `${topic}-${record.partition}`;
    let queue = this.partitions.get(name);
    if (queue === undefined) {
      queue = new PartitionQueue(this, topic, record.partition);
      this.partitions.set(name, queue);
    }
    const { incarnation } = this.ports;
    const sent: Send = {
      record: recordId(wire.value) ?? '',
      partition: name,
      outcome: 'info',
      incarnation: incarnation.number,
      offset: null,
      transaction: null,
    };
    record.sent = sent;
    incarnation.world.history.sends.push(sent);
    queue.add(record);
  }

  /** The real client takes a random partition each time; here it is the next one. */
  private stickyPartition(topic: string, count: number): number {
    const { now } = this.ports.incarnation.world;
    const present = this.sticky.get(topic);
    if (present !== undefined && now - present.since < STICKY_MS) return present.partition;
    const partition = present === undefined ? 0 : (present.partition + 1) % count;
    this.sticky.set(topic, { partition, since: now });
    return partition;
  }
}

class PartitionQueue {
  private gathering: SentRecord[] = [];
  /** Batches that have not left or are to be repeated, in the order of their making. */
  private readonly waiting: Batch[] = [];
  private nextSequence = 0;
  /** `topic-partition`. */
  readonly name: string;

  constructor(
    private readonly producer: ProducerQueue,
    private readonly topic: string,
    private readonly index: number,
  ) {
    this.name = `${topic}-${index}`;
  }

  add(record: SentRecord): void {
    this.gathering.push(record);
    if (this.gathering.length > 1) return;
    const { ports, options } = this.producer;
    ports.incarnation.setTimer(options.lingerMs, () => {
      if (this.gathering[0] === record) this.lingerOver();
    });
  }

  lingerOver(): void {
    if (this.gathering.length === 0) return;
    this.waiting.push(new Batch(this.producer, this, this.topic, this.index, this.gathering, this.nextSequence++));
    this.gathering = [];
    this.serve();
  }

  /** A batch comes back to be repeated: to its old place, and whoever has not left waits behind it. */
  putBack(batch: Batch): void {
    let place = 0;
    while (place < this.waiting.length && this.waiting[place]!.sequence < batch.sequence) place += 1;
    this.waiting.splice(place, 0, batch);
  }

  serve(): void {
    const { now } = this.producer.ports.incarnation.world;
    while (this.waiting.length > 0 && this.waiting[0]!.notBefore <= now && this.producer.mayLeave())
      this.waiting.shift()!.send();
  }
}

class Batch implements AnswerHandler<ProduceAnswer> {
  notBefore = 0;
  private retries = 0;
  private request: Request<ProduceRequest, ProduceAnswer> | null = null;
  private readonly message: ProduceRequest;

  constructor(
    private readonly producer: ProducerQueue,
    private readonly queue: PartitionQueue,
    topic: string,
    index: number,
    private readonly records: readonly SentRecord[],
    readonly sequence: number,
  ) {
    const { acks, timeoutMs } = producer.options;
    const batch = plainBatch(records.map(({ wire }) => wire));
    this.message = {
      api: 'Produce',
      apiVersion: PRODUCE_VERSION,
      transactionalId: null,
      acks,
      timeoutMs,
      topics: [{ name: topic, partitions: [{ index, batch }] }],
    };
  }

  send(): void {
    const { ports, options } = this.producer;
    this.producer.left();
    this.request = new Request('produce', true, ports.incarnation, this.message, ports.endpoint as never, this);
    this.request.line = this.records[0]!.line;
    this.request.send();
    // ACK-3: nobody answers; it counts as done when it has left, whatever becomes of it.
    if (options.acks !== 0) return;
    this.producer.returned();
    ports.incarnation.setTimer(0, () => this.settleAll(null, false));
  }

  onAnswer(answer: ProduceAnswer): void {
    if (this.producer.options.acks === 0) return;
    const { errorCode, baseOffset } = answer.topics[0]!.partitions[0]!;
    this.recordAnswer(errorCode);
    const isRepeated = isPassing(errorCode) && this.repeat();
    this.producer.returned();
    if (isRepeated) return;
    if (errorCode === ERRORS.NONE) {
      this.records.forEach((record, i) => {
        record.offset = baseOffset + i;
      });
      this.settleAll(null, false);
    } else this.settleAll(errorOf(errorCode), errorCode === ERRORS.REQUEST_TIMED_OUT);
  }

  onLost(): void {
    if (this.producer.options.acks === 0) return;
    // Back in its place before anything else may leave.
    const isRepeated = this.repeat();
    this.producer.returned();
    if (!isRepeated) this.settleAll(errorOf(ERROR_CODES.ERR__TRANSPORT), true);
  }

  private repeat(): boolean {
    const { ports, options } = this.producer;
    if (this.retries >= options.retriesMax) return false;
    const backoff = Math.min(options.retryBackoffMs * 2 ** this.retries, options.retryBackoffMaxMs);
    this.retries += 1;
    this.notBefore = ports.incarnation.world.now + backoff;
    this.queue.putBack(this);
    ports.incarnation.setTimer(backoff, () => this.queue.serve());
    return true;
  }

  private settleAll(error: Error | null, isUncertain: boolean): void {
    for (const record of this.records) this.producer.settle(record, error, isUncertain);
  }

  private recordAnswer(errorCode: number): void {
    const { incarnation } = this.producer.ports;
    if (incarnation.world.recorder === null) return;
    incarnation.world.record(
      {
        lane: this.queue.name,
        peer: incarnation.name,
        incarnation: incarnation.number,
        line: this.records[0]!.line || undefined,
      },
      {
        kind: 'answer',
        request: this.request!.name,
        label: 'produce',
        status: errorCode === ERRORS.NONE ? 'ok' : errorName(errorCode),
      },
    );
  }
}

/** Errors after which librdkafka sends a batch again (`rd_kafka_handle_Produce_error`). */
function isPassing(code: number): boolean {
  return (
    code === ERRORS.UNKNOWN_TOPIC_OR_PARTITION ||
    code === ERRORS.LEADER_NOT_AVAILABLE ||
    code === ERRORS.NOT_LEADER_OR_FOLLOWER ||
    code === ERRORS.REQUEST_TIMED_OUT ||
    code === ERRORS.NOT_ENOUGH_REPLICAS
  );
}
