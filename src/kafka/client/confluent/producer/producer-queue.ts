/**
 * What a producer has been given and has no answer for: partitions for the records, and the rules that hold for all
 * partitions together (CLI-10, CLI-41, CLI-50; librdkafka `rdkafka_broker.c`, `rdkafka_msg.c`).
 */
import type { Send } from '../../../../simulation/history';
import type { WireRecord } from '../../../protocol/messages';
import { recordId } from '../../../record-id';
import type { ClusterConnection } from '../cluster-connection';
import { ERROR_CODES } from '../error-codes';
import { errorOf } from '../errors';
import type { LeaderSeeker } from '../../metadata-client';
import { partitionOfKey } from '../../murmur2';
import type { ConfluentPorts } from '../ports';
import type { ProducerOptions } from './options';
import { PartitionQueue } from './partition-queue';
import type { IdentityOwner, ProducerIdentity } from './producer-identity';
import { SentRecord } from './sent-record';
import type { TransactionManager } from './transaction-manager';

/** A partition keeps the records without a key for so long before another one takes over. */
const STICKY_MS = 10;

export class ProducerQueue implements IdentityOwner, LeaderSeeker {
  /** Null for a producer without idempotence. */
  identity: ProducerIdentity | null = null;
  /** Null for a producer without transactions. */
  transactions: TransactionManager | null = null;
  /** Code of the error after which nothing is sent any more (CLI-50); 0 for none. */
  fatalCode = 0;
  private readonly partitions = new Map<string, PartitionQueue>();
  private readonly sticky = new Map<string, { partition: number; since: number }>();
  /** Records whose topic is being looked up. */
  private readonly homeless = new Set<SentRecord>();
  /** Requests under way by broker. */
  private readonly inFlight: number[] = [];
  /** Records without an outcome. */
  private unsettled = 0;
  private isClosed = false;
  private onEmpty: (() => void)[] = [];

  constructor(
    readonly ports: ConfluentPorts,
    readonly options: ProducerOptions,
    readonly cluster: ClusterConnection,
  ) {
    cluster.seeker = this;
  }

  add(topic: string, wanted: number, wire: WireRecord): SentRecord {
    const record = new SentRecord(topic, wire, this.ports.incarnation.world.now + this.options.messageTimeoutMs);
    const count = this.cluster.partitions.get(topic);
    this.unsettled += 1;
    if (count === undefined) this.lookUp(record, wanted);
    else this.place(record, wanted, count);
    return record;
  }

  flush(): void {
    for (const queue of this.partitions.values()) queue.lingerOver();
  }

  /** Drops what has not left. */
  purge(): void {
    const homeless = [...this.homeless];
    this.homeless.clear();
    for (const record of homeless) this.settle(record, errorOf(ERROR_CODES.ERR__PURGE_QUEUE), false);
    for (const queue of this.partitions.values()) queue.purge();
  }

  whenEmpty(next: () => void): void {
    if (this.unsettled === 0) next();
    else this.onEmpty.push(next);
  }

  close(): void {
    this.isClosed = true;
  }

  /** No produce request is under way. */
  get isDrained(): boolean {
    for (const queue of this.partitions.values()) if (queue.isInFlight) return false;
    return true;
  }

  /** The producer has an id, or a new epoch. */
  onAssigned(): void {
    this.serveAll();
  }

  onFatal(code: number): void {
    this.failForGood(code);
  }

  onLeaders(): void {
    this.serveAll();
  }

  serveAll(): void {
    for (const queue of this.partitions.values()) queue.serve();
  }

  /** Whether one more request may leave for a broker. */
  mayLeave(brokerId: number): boolean {
    return !this.isClosed && this.fatalCode === 0 && (this.inFlight[brokerId] ?? 0) < this.options.inFlightMax;
  }

  /** Whether the transaction, if this producer has them, lets a partition send. */
  maySend(queue: PartitionQueue): boolean {
    return this.transactions === null || this.transactions.maySend(queue);
  }

  left(brokerId: number): void {
    this.inFlight[brokerId] = (this.inFlight[brokerId] ?? 0) + 1;
  }

  returned(queue: PartitionQueue, brokerId: number): void {
    this.inFlight[brokerId]! -= 1;
    if (this.options.inFlightMax === Number.MAX_SAFE_INTEGER) return;
    if (!queue.isInFlight) this.identity?.checkDrained();
    this.serveAll();
  }

  /** A batch will never be stored: a gap in the sequence, or in a transaction (CLI-48). */
  batchFailed(code: number): void {
    if (this.transactions !== null) this.transactions.batchFailed(code);
    else this.identity?.bump();
  }

  /** Sequences begin anew under another epoch; in a transaction that has to be aborted first. */
  bumpEpoch(code: number): void {
    if (this.transactions !== null) this.transactions.requireBump(code);
    else this.identity?.bump();
  }

  /** Nothing is sent any more (CLI-50). What has not left is dropped; what is under way still gets its answer. */
  failForGood(code: number): void {
    if (this.fatalCode !== 0) return;
    this.fatalCode = code;
    this.identity?.fail();
    this.transactions?.failForGood(code);
    this.purge();
  }

  settle(record: SentRecord, error: Error | null, isUncertain: boolean): void {
    if (record.isSettled) return;
    record.isSettled = true;
    record.error = error;
    if (record.sent !== null) {
      record.sent.outcome = error === null ? 'ok' : isUncertain ? 'info' : 'fail';
      if (error === null && record.offset >= 0) record.sent.offset = record.offset;
    }
    if (error !== null) this.transactions?.deliveryFailed();
    this.unsettled -= 1;
    record.whenSettled?.(error);
    if (this.unsettled === 0) for (const next of this.onEmpty.splice(0)) next();
  }

  private lookUp(record: SentRecord, wanted: number): void {
    this.homeless.add(record);
    this.cluster.refresh(
      [record.topic],
      () => {
        if (!this.homeless.delete(record)) return;
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
      transaction: this.transactions?.open ?? null,
    };
    record.sent = sent;
    incarnation.world.history.sends.push(sent);
    this.transactions?.addPartition(queue);
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
