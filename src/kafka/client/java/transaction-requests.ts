/** Requests of a producer to coordinators, repeated until one of them says yes or no (TXN-4, TXN-9, TXC-5). */
import type { Transaction } from '../../../simulation/history';
import { Request, type AnswerHandler, type RequestKind } from '../../../simulation/network';
import { ERRORS } from '../../errors';
import type { AnswerOf, KafkaReceiver, KafkaRequest } from '../../protocol/messages';
import {
  END_TXN_TV2_VERSION,
  TXN_OFFSET_COMMIT_TV2_VERSION,
  type EndTxnAnswer,
  type EndTxnRequest,
  type InitProducerIdAnswer,
  type InitProducerIdRequest,
  type TxnOffsetCommitAnswer,
  type TxnOffsetCommitRequest,
} from '../../protocol/transaction-messages';
import { CoordinatorLookup } from '../coordinator-lookup';
import type { ClientPorts } from '../metadata-client';
import type { OffsetToSend } from '../transaction-record';
import { isRetriable } from './errors';
import type { ProducerIdAndEpoch } from './producer-batch';
import type { ProducerConfig } from './producer-config';

/** Who a consumer is in its group (KIP-447). With generation -1 and no member id nothing is checked (OFS-6). */
export interface GroupMetadata {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}

const INIT_PRODUCER_ID_VERSION = 6;

export class TransactionRequests {
  private readonly coordinator: CoordinatorLookup | null;

  constructor(
    private readonly ports: ClientPorts,
    private readonly config: ProducerConfig,
  ) {
    const { transactionalId } = config;
    this.coordinator =
      transactionalId === null ? null : new CoordinatorLookup(ports.endpoint, 'transaction', transactionalId);
  }

  initProducerId(held: ProducerIdAndEpoch | null, onAnswer: (answer: InitProducerIdAnswer) => void): void {
    const { transactionalId, transactionTimeoutMs } = this.config;
    const message: InitProducerIdRequest = {
      api: 'InitProducerId',
      apiVersion: INIT_PRODUCER_ID_VERSION,
      transactionalId,
      transactionTimeoutMs,
      producerId: held?.producerId ?? -1,
      producerEpoch: held?.producerEpoch ?? -1,
    };
    this.repeat(
      'init-producer-id',
      transactionalId !== null,
      message,
      this.coordinator,
      ({ errorCode }) => errorCode,
      onAnswer,
    );
  }

  endTxn(
    { producerId, producerEpoch }: ProducerIdAndEpoch,
    committed: boolean,
    ghost: Transaction | null,
    onAnswer: (answer: EndTxnAnswer) => void,
  ): void {
    const message: EndTxnRequest = {
      api: 'EndTxn',
      apiVersion: END_TXN_TV2_VERSION,
      transactionalId: this.config.transactionalId!,
      producerId,
      producerEpoch,
      committed,
    };
    this.repeat('end-txn', true, message, this.coordinator, ({ errorCode }) => errorCode, onAnswer, ghost);
  }

  commitOffsets(
    { producerId, producerEpoch }: ProducerIdAndEpoch,
    group: GroupMetadata,
    offsets: readonly OffsetToSend[],
    onCode: (code: number) => void,
  ): void {
    const message: TxnOffsetCommitRequest = {
      api: 'TxnOffsetCommit',
      apiVersion: TXN_OFFSET_COMMIT_TV2_VERSION,
      transactionalId: this.config.transactionalId!,
      ...group,
      producerId,
      producerEpoch,
      topics: byTopic(offsets),
    };
    const coordinator = new CoordinatorLookup(this.ports.endpoint, 'group', group.groupId);
    this.repeat('txn-offsets', true, message, coordinator, firstError, (answer) => onCode(firstError(answer)));
  }

  /**
   * Sends it again after a pause as long as the answer is a passing error.
   * @param ghost the transaction that it is about, for the history
   */
  private repeat<R extends KafkaRequest>(
    kind: RequestKind,
    isMutating: boolean,
    message: R,
    coordinator: CoordinatorLookup | null,
    codeOf: (answer: AnswerOf<R>) => number,
    onAnswer: (answer: AnswerOf<R>) => void,
    ghost: Transaction | null = null,
  ): void {
    const { ports, config } = this;
    const later = (): void => void ports.incarnation.setTimer(config.retryBackoffMs, send);
    const handler: AnswerHandler<AnswerOf<R>> = {
      onAnswer: (answer) => {
        const code = codeOf(answer);
        coordinator?.note(code);
        if (code === ERRORS.NONE || !isRetriable(code)) onAnswer(answer);
        else later();
      },
      onLost: () => {
        coordinator?.forget();
        later();
      },
    };
    const send = (): void => {
      const receiver: KafkaReceiver = coordinator === null ? ports.endpoint : coordinator.receiver;
      const request = new Request(kind, isMutating, ports.incarnation, message, receiver as never, handler);
      request.timeoutMs = config.requestTimeoutMs;
      request.ghost = ghost;
      request.send();
    };
    send();
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
