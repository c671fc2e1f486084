/**
 * `sendOffsets`: the group's offsets become part of the transaction (TXC-5, CLI-47). First the transaction coordinator
 * hears of the group, then the group's coordinator gets the offsets with the member's generation, which is what fences a
 * member that has been replaced (KIP-447).
 */
import { Request, type AnswerHandler, type RequestKind } from '../../../../simulation/network';
import { ERRORS } from '../../../errors';
import type { AnswerOf, KafkaReceiver } from '../../../protocol/messages';
import type {
  AddOffsetsToTxnAnswer,
  AddOffsetsToTxnRequest,
  TxnOffsetCommitAnswer,
  TxnOffsetCommitRequest,
} from '../../../protocol/transaction-messages';
import { CoordinatorLookup } from '../../coordinator-lookup';
import type { OffsetToSend } from '../../transaction-record';
import { ERROR_CODES } from '../error-codes';
import { textOf } from '../errors';
import { API_TIMEOUT_MS, failure } from './api-calls';
import { normalized } from './producer-identity';
import type { TransactionManager } from './transaction-manager';

/** Who the consumer is in its group, at the moment of the call. */
export interface GroupMetadata {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}

/** librdkafka's versions: AddOffsetsToTxn knows no PRODUCER_FENCED (TXN-10), TxnOffsetCommit knows members (KIP-447). */
const ADD_OFFSETS_VERSION = 0;
const TXN_OFFSET_COMMIT_VERSION = 3;

const RETRIES_MAX = 5;
const COMMIT_RETRY_MS = 500;

export class SendOffsets {
  private readonly deadline: number;
  private readonly group: CoordinatorLookup;
  private retries = 0;

  constructor(
    private readonly manager: TransactionManager,
    private readonly member: GroupMetadata,
    private readonly offsets: readonly OffsetToSend[],
    private readonly line: number,
  ) {
    const { ports, options } = manager.queue;
    this.group = new CoordinatorLookup(ports.endpoint, 'group', member.groupId);
    this.deadline = ports.incarnation.world.now + Math.min(API_TIMEOUT_MS, options.transactionTimeoutMs);
  }

  readonly start = (): void => {
    const { manager } = this;
    const { producerId, producerEpoch } = manager.identity.session!;
    const message: AddOffsetsToTxnRequest = {
      api: 'AddOffsetsToTxn',
      apiVersion: ADD_OFFSETS_VERSION,
      transactionalId: manager.transactionalId,
      producerId,
      producerEpoch,
      groupId: this.member.groupId,
    };
    manager.requests += 1;
    this.send('add-offsets', message, manager.coordinator.receiver, {
      onAnswer: ({ errorCode }: AddOffsetsToTxnAnswer) => {
        manager.coordinator.note(errorCode);
        this.added(errorCode);
      },
      onLost: () => {
        manager.coordinator.forget();
        this.added(ERROR_CODES.ERR__TRANSPORT);
      },
    });
  };

  private get isLate(): boolean {
    return this.manager.queue.ports.incarnation.world.now >= this.deadline;
  }

  private added(code: number): void {
    const { manager } = this;
    if (code === ERRORS.NONE) {
      this.commit();
      return;
    }
    // The coordinator has refused it; without an answer it may have the group in the transaction.
    if (code !== ERROR_CODES.ERR__TRANSPORT) manager.requests -= 1;
    const text = `Failed to add offsets to transaction: ${textOf(code)}`;
    switch (code) {
      case ERROR_CODES.ERR__TRANSPORT:
      case ERRORS.COORDINATOR_NOT_AVAILABLE:
      case ERRORS.NOT_COORDINATOR:
      case ERRORS.REQUEST_TIMED_OUT:
      case ERRORS.UNKNOWN_TOPIC_OR_PARTITION:
      case ERRORS.COORDINATOR_LOAD_IN_PROGRESS:
      case ERRORS.CONCURRENT_TRANSACTIONS:
        if (this.isLate || this.retries >= RETRIES_MAX) manager.reply(failure(code, text, true));
        else this.repeat();
        return;
      case ERRORS.INVALID_PRODUCER_EPOCH:
      case ERRORS.PRODUCER_FENCED:
      case ERRORS.INVALID_TXN_STATE:
        manager.queue.failForGood(normalized(code));
        return;
      default:
        manager.failAbortably(code, text);
        manager.reply(failure(code, text));
    }
  }

  private repeat(): void {
    const { ports, options } = this.manager.queue;
    const backoff = Math.min(options.retryBackoffMs * 2 ** this.retries, options.retryBackoffMaxMs);
    this.retries += 1;
    ports.incarnation.setTimer(backoff, this.start);
  }

  private readonly commit = (): void => {
    const { manager, member, offsets } = this;
    if (manager.state !== 'in-transaction') {
      this.refused(ERROR_CODES.ERR__STATE);
      return;
    }
    const { producerId, producerEpoch } = manager.identity.session!;
    const message: TxnOffsetCommitRequest = {
      api: 'TxnOffsetCommit',
      apiVersion: TXN_OFFSET_COMMIT_VERSION,
      transactionalId: manager.transactionalId,
      ...member,
      producerId,
      producerEpoch,
      topics: byTopic(offsets),
    };
    this.send('txn-offsets', message, this.group.receiver, {
      onAnswer: (answer: TxnOffsetCommitAnswer) => this.committed(firstError(answer)),
      onLost: () => this.committed(ERROR_CODES.ERR__TRANSPORT),
    });
  };

  private committed(code: number): void {
    if (code === ERRORS.NONE) {
      this.manager.offsetsSent(this.member.groupId, this.offsets);
      this.manager.reply(null);
    } else if (!isPassing(code) || this.isLate) this.refused(code);
    else {
      if (code !== ERRORS.CONCURRENT_TRANSACTIONS) this.group.forget();
      this.manager.queue.ports.incarnation.setTimer(COMMIT_RETRY_MS, this.commit);
    }
  }

  private refused(code: number): void {
    const { manager } = this;
    const isFatal =
      code === ERRORS.INVALID_PRODUCER_ID_MAPPING ||
      code === ERRORS.INVALID_PRODUCER_EPOCH ||
      code === ERRORS.INVALID_TXN_STATE;
    if (isFatal) {
      manager.queue.failForGood(normalized(code));
      return;
    }
    const text = `Failed to commit offsets to transaction: ${textOf(code)}`;
    manager.failAbortably(normalized(code), text);
    manager.reply(failure(normalized(code), text));
  }

  private send<R extends AddOffsetsToTxnRequest | TxnOffsetCommitRequest>(
    kind: RequestKind,
    message: R,
    receiver: KafkaReceiver,
    handler: AnswerHandler<AnswerOf<R>>,
  ): void {
    const { ports, options } = this.manager.queue;
    const request = new Request(kind, true, ports.incarnation, message, receiver as never, handler);
    request.line = this.line;
    request.timeoutMs = options.requestTimeoutMs;
    request.send();
  }
}

function byTopic(offsets: readonly OffsetToSend[]): TxnOffsetCommitRequest['topics'] {
  const topics = new Map<string, TxnOffsetCommitRequest['topics'][number]['partitions'][number][]>();
  for (const { topic, index, offset, metadata } of offsets) {
    const partitions = topics.get(topic) ?? [];
    partitions.push({ partitionIndex: index, committedOffset: offset, committedMetadata: metadata });
    topics.set(topic, partitions);
  }
  return [...topics].map(([name, partitions]) => ({ name, partitions }));
}

function firstError({ topics }: TxnOffsetCommitAnswer): number {
  for (const { partitions } of topics)
    for (const { errorCode } of partitions) if (errorCode !== ERRORS.NONE) return errorCode;
  return ERRORS.NONE;
}

function isPassing(code: number): boolean {
  return (
    code === ERROR_CODES.ERR__TRANSPORT ||
    code === ERRORS.NOT_COORDINATOR ||
    code === ERRORS.COORDINATOR_NOT_AVAILABLE ||
    code === ERRORS.REQUEST_TIMED_OUT ||
    code === ERRORS.CONCURRENT_TRANSACTIONS ||
    code === ERRORS.COORDINATOR_LOAD_IN_PROGRESS ||
    code === ERRORS.UNKNOWN_TOPIC_OR_PARTITION
  );
}
