/** Requests of a consumer to its group's coordinator, with the repetitions that every one of them has. */
import { Request, type AnswerHandler, type RequestKind } from '../../../simulation/network';
import { ERRORS } from '../../errors';
import type { AnswerOf, KafkaRequest, OffsetCommitAnswer, OffsetFetchAnswer } from '../../protocol/messages';
import { CoordinatorLookup } from '../coordinator-lookup';
import type { ClientPorts } from '../metadata-client';
import type { ConsumerConfig } from './consumer-config';
import { byTopic, type OffsetAndPartition, type TopicPartition } from './subscription-state';

export interface Generation {
  readonly generationId: number;
  readonly memberId: string;
}

export class GroupRequests {
  readonly coordinator: CoordinatorLookup;

  constructor(
    private readonly ports: ClientPorts,
    private readonly config: ConsumerConfig,
  ) {
    this.coordinator = new CoordinatorLookup(ports.endpoint, 'group', config.groupId);
  }

  /** One attempt. `onCode` gets NETWORK_EXCEPTION when there is no answer. */
  send<R extends KafkaRequest>(
    kind: RequestKind,
    isMutating: boolean,
    message: R,
    codeOf: (answer: AnswerOf<R>) => number,
    onAnswer: (answer: AnswerOf<R> | null, code: number) => void,
    timeoutMs = this.config.requestTimeoutMs,
  ): void {
    const handler: AnswerHandler<AnswerOf<R>> = {
      onAnswer: (answer) => {
        const code = codeOf(answer);
        this.coordinator.note(code);
        onAnswer(answer, code);
      },
      onLost: () => {
        this.coordinator.forget();
        onAnswer(null, ERRORS.NETWORK_EXCEPTION);
      },
    };
    const { receiver } = this.coordinator;
    const request = new Request(kind, isMutating, this.ports.incarnation, message, receiver as never, handler);
    request.timeoutMs = timeoutMs;
    request.send();
  }

  /** OFS-9: always stable offsets; asks until they are. Offsets below zero mean none (OFS-3). */
  fetchCommitted(partitions: readonly TopicPartition[], onOffsets: (offsets: readonly number[]) => void): void {
    const message = {
      api: 'OffsetFetch' as const,
      groupId: this.config.groupId,
      requireStable: true,
      topics: byTopic(partitions, ({ partition }) => partition).map(({ name, items }) => ({
        name,
        partitionIndexes: items,
      })),
    };
    const ask = (): void => {
      this.send('committed', false, message, firstFetchError, (answer, code) => {
        if (answer === null || code !== ERRORS.NONE) this.ports.incarnation.setTimer(this.config.retryBackoffMs, ask);
        else onOffsets(partitions.map((partition) => committedOf(answer, partition)));
      });
    };
    ask();
  }

  /** One attempt at a commit (OFS-5). */
  commit(
    offsets: readonly OffsetAndPartition[],
    { generationId, memberId }: Generation,
    onCode: (code: number) => void,
  ): void {
    const message = {
      api: 'OffsetCommit' as const,
      groupId: this.config.groupId,
      generationIdOrMemberEpoch: generationId,
      memberId,
      groupInstanceId: this.config.groupInstanceId,
      topics: byTopic(offsets, ({ partition, offset }) => ({
        partitionIndex: partition,
        committedOffset: offset,
        committedMetadata: null,
      })).map(({ name, items }) => ({ name, partitions: items })),
    };
    this.send('commit', true, message, firstCommitError, (_answer, code) => onCode(code));
  }
}

function firstCommitError({ topics }: OffsetCommitAnswer): number {
  for (const { partitions } of topics)
    for (const { errorCode } of partitions) if (errorCode !== ERRORS.NONE) return errorCode;
  return ERRORS.NONE;
}

function firstFetchError({ errorCode, topics }: OffsetFetchAnswer): number {
  if (errorCode !== undefined && errorCode !== ERRORS.NONE) return errorCode;
  for (const { partitions } of topics)
    for (const part of partitions) if (part.errorCode !== ERRORS.NONE) return part.errorCode;
  return ERRORS.NONE;
}

function committedOf({ topics }: OffsetFetchAnswer, { topic, partition }: TopicPartition): number {
  const found = topics
    .find(({ name }) => name === topic)
    ?.partitions.find(({ partitionIndex }) => partitionIndex === partition);
  return found?.committedOffset ?? -1;
}
