/**
 * One batch of records on its way: sent, answered, repeated, given up (CLI-10, CLI-41, CLI-50, CLI-54; librdkafka
 * `rd_kafka_handle_Produce`). It keeps its records through all repetitions, so it keeps its sequence numbers too.
 */
import { Request, type AnswerHandler } from '../../../../simulation/network';
import { ERRORS, errorName } from '../../../errors';
import type { ProduceAnswer, ProduceRequest } from '../../../protocol/messages';
import { ERROR_CODES } from '../error-codes';
import { errorOf } from '../errors';
import type { PartitionQueue } from './partition-queue';
import { judgeOutOfOrder, produceAction, sequenceOf, type ProduceAction } from './produce-errors';
import type { ProducerSession } from './producer-identity';
import type { SentRecord } from './sent-record';

/** librdkafka's version of Produce: below 12, the first transaction protocol (TXN-2). */
const PRODUCE_VERSION = 10;

export class ProduceBatch implements AnswerHandler<ProduceAnswer> {
  /** Virtual time before which it must not leave again. */
  notBefore = 0;
  /** An attempt may have stored it: whatever the last answer says, that stays open (ACK-11). */
  isMaybeStored = false;
  private retries = 0;
  private brokerId = -1;
  private session: ProducerSession | null = null;
  /** Sequence number of its first record, under the session it was last sent in. */
  firstSequence = -1;
  private request: Request<ProduceRequest, ProduceAnswer> | null = null;

  constructor(
    private readonly queue: PartitionQueue,
    readonly records: readonly SentRecord[],
    /** Counts the records of the partition from 1; sequence numbers are differences of it. */
    readonly firstMessageId: number,
  ) {}

  get lastMessageId(): number {
    return this.firstMessageId + this.records.length - 1;
  }

  /** Virtual time at which its first record is given up. */
  get deadline(): number {
    return this.records[0]!.deadline;
  }

  send(brokerId: number, session: ProducerSession | null): void {
    const { queue } = this;
    const { ports, options } = queue.producer;
    this.brokerId = brokerId;
    this.session = session;
    if (session !== null) this.firstSequence = sequenceOf(this.firstMessageId, queue.baseMessageId);
    queue.left(this, brokerId);
    const receiver = queue.producer.cluster.broker(brokerId);
    this.request = new Request('produce', true, ports.incarnation, this.message(), receiver as never, this);
    this.request.line = this.records[0]!.line;
    this.request.ghost = this.records;
    this.request.timeoutMs = Math.max(
      1,
      Math.min(options.requestTimeoutMs, this.deadline - ports.incarnation.world.now),
    );
    this.request.send();
    // ACK-3: nobody answers; it counts as done when it has left, whatever becomes of it.
    if (options.acks !== 0) return;
    queue.returned(this, brokerId);
    ports.incarnation.setTimer(0, () => this.settleAll(0));
  }

  private message(): ProduceRequest {
    const { queue, session } = this;
    const { acks, timeoutMs, transactionalId } = queue.producer.options;
    const batch = {
      producerId: session === null ? -1 : session.producerId,
      producerEpoch: session === null ? -1 : session.producerEpoch,
      baseSequence: this.firstSequence,
      isTransactional: transactionalId !== null,
      records: this.records.map(({ wire }) => wire),
    };
    return {
      api: 'Produce',
      apiVersion: PRODUCE_VERSION,
      transactionalId,
      acks,
      timeoutMs,
      topics: [{ name: queue.topic, partitions: [{ index: queue.index, batch }] }],
    };
  }

  onAnswer(answer: ProduceAnswer): void {
    if (this.queue.producer.options.acks === 0) return;
    const { errorCode, baseOffset } = answer.topics[0]!.partitions[0]!;
    this.recordAnswer(errorCode);
    if (errorCode !== ERRORS.NONE) {
      this.fail(errorCode);
      return;
    }
    this.records.forEach((record, i) => {
      record.offset = baseOffset + i;
    });
    this.succeed();
  }

  private succeed(): void {
    this.queue.acknowledge(this);
    this.queue.returned(this, this.brokerId);
    this.settleAll(0);
  }

  onLost(): void {
    if (this.queue.producer.options.acks !== 0) this.fail(ERROR_CODES.ERR__TRANSPORT);
  }

  private fail(code: number): void {
    const { queue } = this;
    const isIdempotent = this.session !== null;
    if (isIdempotent && code === ERRORS.DUPLICATE_SEQUENCE_NUMBER) {
      this.succeed();
      return;
    }
    const action = produceAction(code);
    if (action.isMaybeStored) this.isMaybeStored = true;
    if (action.isRefreshed) this.findLeader(code);
    const isOutOfOrder = isIdempotent && code === ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER;
    const isRepeated = isOutOfOrder ? this.meetOutOfOrder() : this.repeat(action);
    // The next attempts of this partition wait until what is under way has come back.
    if (isIdempotent && (isRepeated || action.isRepeated)) queue.drain();
    if (isIdempotent && !isRepeated) this.leaveGap(code, action);
    queue.returned(this, this.brokerId);
    if (!isRepeated) this.settleAll(this.finalCode(code, action));
  }

  /**
   * Records that will never be sent leave a gap in the sequence. The real client does nothing about it when the
   * repetitions have run out: the next batch finds out.
   */
  private leaveGap(code: number, action: ProduceAction): void {
    const { producer } = this.queue;
    if (!action.isRepeated) producer.batchFailed(code);
    else if (this.isOver) producer.bumpEpoch(ERROR_CODES.ERR__TIMED_OUT);
  }

  private get isOver(): boolean {
    return this.deadline <= this.queue.producer.ports.incarnation.world.now;
  }

  /** A record whose time is over is told so, whatever the last attempt met. */
  private finalCode(code: number, action: ProduceAction): number {
    return this.isOver && action.isRepeated ? ERROR_CODES.ERR__MSG_TIMED_OUT : code;
  }

  private findLeader(code: number): void {
    const { topic, index, producer } = this.queue;
    if (code === ERROR_CODES.ERR__TRANSPORT) producer.cluster.leaderLost(topic, index);
    else if (code !== ERRORS.UNKNOWN_TOPIC_OR_PARTITION) producer.cluster.leaderMoved(topic, index);
  }

  /** CLI-50. */
  private meetOutOfOrder(): boolean {
    const { producer, nextAckedSequence } = this.queue;
    if (judgeOutOfOrder(this.firstSequence, nextAckedSequence) === 'fatal') {
      this.isMaybeStored = true;
      producer.failForGood(ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER);
      return false;
    }
    // Repeating it is free; in a transaction that is aborted first it is purged with the rest.
    this.putBack(false);
    producer.bumpEpoch(ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER);
    return true;
  }

  private repeat(action: ProduceAction): boolean {
    const { options } = this.queue.producer;
    if (!action.isRepeated || this.isOver) return false;
    if (action.isCounted && this.retries >= options.retriesMax) return false;
    this.putBack(action.isCounted);
    return true;
  }

  private putBack(isCounted: boolean): void {
    const { ports, options } = this.queue.producer;
    const backoff = Math.min(options.retryBackoffMs * 2 ** this.retries, options.retryBackoffMaxMs);
    if (isCounted) this.retries += 1;
    this.notBefore = ports.incarnation.world.now + backoff;
    this.queue.putBack(this);
    ports.incarnation.setTimer(backoff, () => this.queue.serve());
  }

  /** @param code the client's error code; 0 for success */
  settleAll(code: number): void {
    const { producer } = this.queue;
    const error = code === 0 ? null : errorOf(code);
    for (const record of this.records) producer.settle(record, error, this.isMaybeStored);
  }

  private recordAnswer(errorCode: number): void {
    const { incarnation } = this.queue.producer.ports;
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
