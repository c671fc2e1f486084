/**
 * Partitions of the open transaction: each is made known to the coordinator before its first record is sent (TXN-6,
 * TXN-7; librdkafka `rd_kafka_txn_register_partitions`).
 */
import { Request, type AnswerHandler } from '../../../../simulation/network';
import { ERRORS } from '../../../errors';
import type { AddPartitionsToTxnAnswer, AddPartitionsToTxnRequest } from '../../../protocol/transaction-messages';
import type { PartitionQueue } from './partition-queue';
import { normalized } from './producer-identity';
import type { TransactionManager } from './transaction-manager';

/** librdkafka's version: an old epoch is INVALID_PRODUCER_EPOCH (TXN-10). */
const ADD_PARTITIONS_VERSION = 0;

const RETRY_MS = 500;
/** Pause while the previous transaction's markers are being written (TXN-11). */
const CONCURRENT_RETRY_MS = 20;

export class TransactionPartitions implements AnswerHandler<AddPartitionsToTxnAnswer> {
  /** To be registered, or asked for again. */
  private readonly pending: PartitionQueue[] = [];
  /** In the request under way. */
  private readonly waiting: PartitionQueue[] = [];
  private readonly added: PartitionQueue[] = [];
  private line = 0;

  constructor(private readonly manager: TransactionManager) {}

  add(queue: PartitionQueue, line: number): void {
    if (queue.membership !== 'none') return;
    queue.membership = 'pending';
    this.pending.push(queue);
    if (this.pending.length > 1) return;
    this.line = line;
    this.registerIn(0);
  }

  /** An abort has begun: what is not registered never will be. */
  clearPending(): void {
    for (const queue of [...this.pending.splice(0), ...this.waiting.splice(0)]) queue.membership = 'none';
  }

  /** The transaction is over. */
  clear(): void {
    this.clearPending();
    for (const queue of this.added.splice(0)) queue.membership = 'none';
  }

  private registerIn(delayMs: number): void {
    this.manager.queue.ports.incarnation.setTimer(delayMs, this.register);
  }

  private readonly register = (): void => {
    const { manager } = this;
    const { session } = manager.identity;
    if (!manager.isOpen || session === null || this.pending.length === 0 || this.waiting.length > 0) return;
    this.waiting.push(...this.pending.splice(0));
    const byTopic = new Map<string, number[]>();
    for (const { topic, index } of this.waiting) byTopic.set(topic, [...(byTopic.get(topic) ?? []), index]);
    const message: AddPartitionsToTxnRequest = {
      api: 'AddPartitionsToTxn',
      apiVersion: ADD_PARTITIONS_VERSION,
      transactionalId: manager.transactionalId,
      producerId: session.producerId,
      producerEpoch: session.producerEpoch,
      topics: [...byTopic].map(([name, partitions]) => ({ name, partitions: partitions.sort((a, b) => a - b) })),
    };
    manager.requests += 1;
    const { incarnation } = manager.queue.ports;
    const receiver = manager.coordinator.receiver;
    const request = new Request('add-partitions', true, incarnation, message, receiver as never, this);
    request.line = this.line;
    request.timeoutMs = manager.queue.options.requestTimeoutMs;
    request.send();
  };

  onAnswer({ topics }: AddPartitionsToTxnAnswer): void {
    const { manager } = this;
    // The transaction is being aborted already.
    if (!manager.isOpen || this.waiting.length === 0) return;
    for (const { name, partitions } of topics) {
      for (const { partitionIndex, errorCode } of partitions) {
        if (errorCode === ERRORS.NONE) this.register1(name, partitionIndex);
        else if (this.refused(errorCode)) return;
      }
    }
    manager.queue.serveAll();
    if (this.pending.length > 0) this.registerIn(0);
  }

  private register1(topic: string, index: number): void {
    const place = this.waiting.findIndex((queue) => queue.index === index && queue.topic === topic);
    if (place < 0) return;
    const [queue] = this.waiting.splice(place, 1);
    queue!.membership = 'added';
    this.added.push(queue!);
  }

  /** @returns whether the rest of the answer says nothing new */
  private refused(code: number): boolean {
    const { manager } = this;
    this.pending.push(...this.waiting.splice(0));
    switch (code) {
      case ERRORS.NOT_COORDINATOR:
      case ERRORS.COORDINATOR_NOT_AVAILABLE:
      case ERRORS.COORDINATOR_LOAD_IN_PROGRESS:
      case ERRORS.UNKNOWN_TOPIC_OR_PARTITION:
        manager.coordinator.note(code);
        this.registerIn(RETRY_MS);
        return true;
      case ERRORS.CONCURRENT_TRANSACTIONS:
        this.registerIn(CONCURRENT_RETRY_MS);
        return true;
      case ERRORS.INVALID_PRODUCER_EPOCH:
      case ERRORS.PRODUCER_FENCED:
      case ERRORS.INVALID_TXN_STATE:
        manager.queue.failForGood(normalized(code));
        return true;
      case ERRORS.UNKNOWN_PRODUCER_ID:
      case ERRORS.INVALID_PRODUCER_ID_MAPPING:
        manager.requireBump(code);
        return true;
      default:
        manager.failAbortably(code, 'Failed to add partition(s) to transaction');
        return true;
    }
  }

  onLost(): void {
    this.manager.coordinator.forget();
    this.pending.push(...this.waiting.splice(0));
    this.registerIn(RETRY_MS);
  }
}
