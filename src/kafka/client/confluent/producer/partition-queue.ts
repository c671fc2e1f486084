/**
 * The records of one partition: gathered for `linger.ms`, cut into batches, sent in order as far as the rules allow
 * (CLI-41; librdkafka `rd_kafka_toppar_producer_serve`).
 *
 * Without idempotence batches that are under way do not wait for one that is repeated, so the order can change. With it a
 * repetition waits until everything under way has come back, and all goes on in the order of the sequence numbers.
 */
import { NO_LEADER } from '../../cluster-metadata';
import { ERROR_CODES } from '../error-codes';
import { IDEMPOTENT_IN_FLIGHT_MAX } from './options';
import { ProduceBatch } from './produce-batch';
import { sequenceOf } from './produce-errors';
import type { ProducerQueue } from './producer-queue';
import type { ProducerSession } from './producer-identity';
import type { SentRecord } from './sent-record';

/** Whether the coordinator knows the partition as part of the open transaction (TXN-7). */
export type Membership = 'none' | 'pending' | 'added';

export class PartitionQueue {
  /** `topic-partition`. */
  readonly name: string;
  membership: Membership = 'none';
  /** Message id that sequence number 0 stands for. */
  baseMessageId = 1;
  nextAckedSequence = 0;
  private session: ProducerSession | null = null;
  private gathering: SentRecord[] = [];
  /** Batches that have not left or are to be repeated, in the order of their making. */
  private readonly waiting: ProduceBatch[] = [];
  private nextMessageId = 1;
  private ackedMessageId = 0;
  private requestsInFlight = 0;
  private recordsInFlight = 0;
  private isDraining = false;
  private isDeadlineWatched = false;

  constructor(
    readonly producer: ProducerQueue,
    readonly topic: string,
    readonly index: number,
  ) {
    this.name = `${topic}-${index}`;
  }

  get isInFlight(): boolean {
    return this.requestsInFlight > 0;
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
    if (this.cut()) this.serve();
  }

  /** Makes a batch of what has been gathered. @returns whether there was something */
  private cut(): boolean {
    if (this.gathering.length === 0) return false;
    this.waiting.push(new ProduceBatch(this, this.gathering, this.nextMessageId));
    this.nextMessageId += this.gathering.length;
    this.gathering = [];
    return true;
  }

  /** A batch comes back to be repeated: to its old place, and whoever has not left waits behind it. */
  putBack(batch: ProduceBatch): void {
    let place = 0;
    while (place < this.waiting.length && this.waiting[place]!.firstMessageId < batch.firstMessageId) place += 1;
    this.waiting.splice(place, 0, batch);
    this.watchDeadline();
  }

  /** Sends what may be sent now. */
  serve(): void {
    const { producer, waiting } = this;
    const { now } = producer.ports.incarnation.world;
    while (waiting.length > 0 && waiting[0]!.notBefore <= now) {
      if (producer.identity !== null && !this.mayGoOn(producer.identity.current)) break;
      const leader = producer.cluster.metadata.leader(this.topic, this.index);
      if (leader === NO_LEADER || producer.cluster.broker(leader).isRefusing === true) {
        // CLI-54: it waits for a leader to connect to without using up its repetitions.
        producer.cluster.seekLeader(this.topic);
        break;
      }
      if (!producer.mayLeave(leader)) break;
      waiting.shift()!.send(leader, this.session);
    }
    if (waiting.length > 0) this.watchDeadline();
  }

  /** PID-3, PID-11: whether one more request fits behind those under way. Takes over a new session if there is one. */
  private mayGoOn(current: ProducerSession | null): boolean {
    if (current === null || !this.producer.maySend(this)) return false;
    if (this.requestsInFlight > 0 && (this.isDraining || current !== this.session)) return false;
    this.isDraining = false;
    if (current !== this.session) {
      this.session = current;
      this.baseMessageId = this.waiting[0]!.firstMessageId;
      this.nextAckedSequence = 0;
    }
    // The real client compares the number of records under way with the number of requests allowed.
    return this.recordsInFlight < IDEMPOTENT_IN_FLIGHT_MAX;
  }

  /** Nothing more leaves before everything under way has come back. */
  drain(): void {
    this.isDraining = true;
  }

  left(batch: ProduceBatch, brokerId: number): void {
    this.requestsInFlight += 1;
    this.recordsInFlight += batch.records.length;
    this.producer.left(brokerId);
  }

  returned(batch: ProduceBatch, brokerId: number): void {
    this.requestsInFlight -= 1;
    this.recordsInFlight -= batch.records.length;
    this.producer.returned(this, brokerId);
  }

  /**
   * A batch is stored. The broker takes batches in order only, so whatever is waiting to be repeated before it has been
   * stored as well; at which offset nobody has told.
   */
  acknowledge(batch: ProduceBatch): void {
    if (this.producer.identity === null) return;
    if (this.ackedMessageId < batch.firstMessageId - 1) {
      while (this.waiting.length > 0 && this.waiting[0]!.lastMessageId <= batch.lastMessageId)
        this.waiting.shift()!.settleAll(0);
    }
    this.nextAckedSequence = sequenceOf(batch.firstSequence + batch.records.length, 0);
    this.ackedMessageId = Math.max(this.ackedMessageId, batch.lastMessageId);
  }

  /**
   * Drops what has not left (TXC-3). Their numbers are used again, as if they had never been given.
   */
  purge(): void {
    this.cut();
    const dropped = this.waiting.splice(0);
    for (const batch of dropped) {
      this.baseMessageId += batch.records.length;
      batch.settleAll(ERROR_CODES.ERR__PURGE_QUEUE);
    }
  }

  /** `message.timeout.ms`: what waits too long is given up. The timer runs only while something waits. */
  private watchDeadline(): void {
    if (this.isDeadlineWatched || this.waiting.length === 0) return;
    const { incarnation } = this.producer.ports;
    this.isDeadlineWatched = true;
    incarnation.setTimer(Math.max(1, this.waiting[0]!.deadline - incarnation.world.now), () => this.onDeadline(), true);
  }

  private onDeadline(): void {
    this.isDeadlineWatched = false;
    const { now } = this.producer.ports.incarnation.world;
    let isGap = false;
    while (this.waiting.length > 0 && this.waiting[0]!.deadline <= now) {
      isGap = true;
      this.waiting.shift()!.settleAll(ERROR_CODES.ERR__MSG_TIMED_OUT);
    }
    // The numbers of what was given up are missing now.
    if (isGap && this.producer.identity !== null) this.producer.bumpEpoch(ERROR_CODES.ERR__TIMED_OUT);
    this.watchDeadline();
    this.serve();
  }
}
