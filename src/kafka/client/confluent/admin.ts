/** The admin client, as far as the model goes (the real client: `_admin.js`). */
import { Request, type AnswerHandler, type RequestKind } from '../../../simulation/network';
import { SimPromise, fulfil, rejectWith } from '../../../simulation/sim-promise';
import { turn } from '../../../simulation/turn';
import { ERRORS } from '../../errors';
import type {
  AnswerOf,
  CreateTopicsAnswer,
  KafkaRequest,
  MetadataAnswer,
  OffsetFetchAnswer,
  OffsetFetchRequest,
} from '../../protocol/messages';
import { CoordinatorLookup } from '../coordinator-lookup';
import type { KafkaJS } from './api';
import { ClusterConnection } from './cluster-connection';
import { isAboutCoordinator } from './consumer/coordinator-connection';
import { readClientOptions, type ClientOptions, type Options } from './config';
import {
  argumentError,
  errorOf,
  KafkaJSAggregateError,
  KafkaJSCreateTopicError,
  KafkaJSTimeout,
  LibrdKafkaError,
  notImplemented,
  notModelled,
  stateError,
  textOf,
} from './errors';
import { ERROR_CODES } from './error-codes';
import { asPromise, promised, whenReleased, RETRY_BACKOFF_MS, type ConfluentPorts } from './ports';
import { TopicOffsetsQuery } from './topic-offsets';

type AdminState = 'init' | 'connecting' | 'connected' | 'disconnected';
type Answered<A, T> = (answer: A, promise: SimPromise<T>) => void;

export class Admin implements KafkaJS.Admin {
  #state: AdminState = 'init';
  readonly #ports: ConfluentPorts;
  readonly #given: Options;
  #options: ClientOptions | null = null;
  #cluster: ClusterConnection | null = null;

  constructor(ports: ConfluentPorts, options: Options) {
    this.#ports = ports;
    this.#given = options;
  }

  connect(): Promise<void> {
    return promised(() => {
      if (this.#state !== 'init') throw stateError('Connect has already been called elsewhere.');
      const options = readClientOptions('admin', this.#given, this.#ports);
      this.#options = options;
      this.#cluster = new ClusterConnection(this.#ports);
      whenReleased(this.#ports, () => {
        this.#options = this.#cluster = null;
      });
      this.#state = 'connecting';
      const promise = SimPromise.pending<void>();
      this.#cluster.connect(
        options.servers,
        () => {
          this.#state = 'connected';
          options.logger.info('Admin client connected');
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

  disconnect(): Promise<void> {
    return promised(() => {
      if (this.#state !== 'connected') return;
      this.#state = 'disconnected';
      this.#cluster!.close();
      this.#options!.logger.info('Admin client disconnected');
    });
  }

  createTopics(options: { timeout?: number; topics: KafkaJS.ITopicConfig[] }): Promise<boolean> {
    return this.#call(() => {
      for (const name of ['validateOnly', 'waitForLeaders'])
        if (Object.hasOwn(options, name)) throw notImplemented(`${name} is not yet implemented.`);
      const topics = options.topics.map(({ topic, numPartitions, replicationFactor, ...others }) => {
        const [other] = Object.keys(others);
        if (other !== undefined)
          throw notModelled(`The topic option '${other}'`, 'topics have partitions and nothing else');
        return { name: topic, numPartitions: numPartitions ?? -1, replicationFactor: replicationFactor ?? -1 };
      });
      return this.#ask('create-topics', { api: 'CreateTopics', topics }, answerCreated);
    });
  }

  listTopics(_options?: { timeout?: number }): Promise<string[]> {
    return this.#call(() =>
      this.#ask(
        'metadata',
        { api: 'Metadata', topics: null },
        (answer: MetadataAnswer, promise: SimPromise<string[]>) =>
          fulfil(
            promise,
            answer.topics.map(({ name }) => name),
          ),
      ),
    );
  }

  fetchOffsets(options: {
    groupId: string;
    topics?: KafkaJS.TopicInput;
    timeout?: number;
    requireStableOffsets?: boolean;
  }): ReturnType<KafkaJS.Admin['fetchOffsets']> {
    return this.#call(() => {
      if (Object.hasOwn(options, 'resolveOffsets')) throw notImplemented('resolveOffsets is not yet implemented.');
      const { groupId, topics } = options;
      if (!groupId) throw argumentError('groupId is required.');
      const { names, partitions } = readTopicInput(topics);
      const message: OffsetFetchRequest = {
        api: 'OffsetFetch',
        groupId,
        requireStable: options.requireStableOffsets ?? false,
        topics: partitions,
      };
      const coordinator = new CoordinatorLookup(this.#ports.endpoint, 'group', groupId);
      const onAnswer = (answer: OffsetFetchAnswer, promise: SimPromise<OffsetsByTopic>): void => {
        const list = answer.topics.map(({ name, partitions: parts }) => ({
          topic: name,
          partitions: parts.map(({ partitionIndex, committedOffset, metadata, errorCode }) => ({
            // librdkafka's "no offset" is -1001, and the real client shows it as it is.
            partition: partitionIndex,
            offset: String(committedOffset === -1 ? -1001 : committedOffset),
            metadata: metadata || null,
            leaderEpoch: null,
            error: errorCode === ERRORS.NONE ? null : new LibrdKafkaError(errorCode),
          })),
        }));
        fulfil(promise, names === null ? list : list.filter(({ topic }) => names.includes(topic)));
      };
      return this.#ask('committed', message, onAnswer, coordinator);
    });
  }

  fetchTopicOffsets(
    topic: string,
    options: { timeout?: number; isolationLevel?: number } = {},
  ): ReturnType<KafkaJS.Admin['fetchTopicOffsets']> {
    return this.#call(() => {
      const promise = SimPromise.pending<TopicOffsets>();
      const { line } = turn;
      this.#cluster!.refresh(
        [topic],
        () => {
          const count = this.#cluster!.partitions.get(topic);
          if (count === undefined) rejectWith(promise, errorOf(ERROR_CODES.ERR_UNKNOWN_TOPIC_OR_PART));
          else this.#listOffsets(topic, options.isolationLevel === 1 ? 1 : 0, promise, line);
        },
        line,
      );
      return asPromise(promise);
    });
  }

  #listOffsets(topic: string, isolationLevel: 0 | 1, promise: SimPromise<TopicOffsets>, line: number): void {
    const query = (timestamp: -1 | -2, onFound: (offsets: readonly number[]) => void): void =>
      new TopicOffsetsQuery(this.#ports, this.#cluster!, topic, isolationLevel, timestamp, line, onFound).send();
    query(-1, (latest) => {
      query(-2, (earliest) => {
        fulfil(
          promise,
          latest.map((high, partition) => ({
            partition,
            offset: String(high),
            high: String(high),
            low: String(earliest[partition]!),
          })),
        );
      });
    });
  }

  deleteTopics(): Promise<never> {
    return lacking('deleteTopics()', 'topics stay');
  }

  deleteTopicRecords(): Promise<never> {
    return lacking('deleteTopicRecords()', 'records stay');
  }

  deleteGroups(): Promise<never> {
    return lacking('deleteGroups()', 'groups stay');
  }

  listGroups(): Promise<never> {
    return lacking('listGroups()', 'the page shows the groups');
  }

  describeGroups(): Promise<never> {
    return lacking('describeGroups()', 'the page shows the groups');
  }

  fetchTopicMetadata(): Promise<never> {
    return lacking('fetchTopicMetadata()', 'there is one broker; listTopics() and fetchTopicOffsets() are there');
  }

  fetchTopicOffsetsByTimestamp(): Promise<never> {
    return lacking('fetchTopicOffsetsByTimestamp()', 'offsets are not looked up by time');
  }

  #call<T>(body: () => Promise<T>): Promise<T> {
    return promised(() => {
      if (this.#state !== 'connected') throw stateError('Admin client is not connected.');
      return body();
    });
  }

  /** @param coordinator whom to ask; any broker without one */
  #ask<R extends KafkaRequest, T>(
    kind: RequestKind,
    message: R,
    onAnswer: Answered<AnswerOf<R>, T>,
    coordinator: CoordinatorLookup | null = null,
  ): Promise<T> {
    const promise = SimPromise.pending<T>();
    const { line } = turn;
    const { incarnation, endpoint } = this.#ports;
    const isMutating = kind === 'create-topics';
    const handler: AnswerHandler<AnswerOf<R>> = {
      onAnswer: (answer) => {
        const refusal = coordinator === null ? ERRORS.NONE : coordinatorRefusal(answer as OffsetFetchAnswer);
        coordinator?.note(refusal);
        if (refusal === ERRORS.NONE) onAnswer(answer, promise);
        else incarnation.setTimer(RETRY_BACKOFF_MS, send);
      },
      // A lost request is repeated; creating topics is not, since it may have happened: that is a time-out.
      onLost: () => {
        coordinator?.forget();
        if (isMutating) rejectWith(promise, timedOut());
        else incarnation.setTimer(RETRY_BACKOFF_MS, send);
      },
    };
    const send = (): void => {
      const receiver = coordinator === null ? endpoint : coordinator.receiver;
      const request = new Request(kind, isMutating, incarnation, message, receiver as never, handler);
      request.line = line;
      request.timeoutMs = this.#options!.requestTimeoutMs;
      request.send();
    };
    send();
    return asPromise(promise);
  }
}

function timedOut(): KafkaJSTimeout {
  return new KafkaJSTimeout(textOf(ERROR_CODES.ERR__TIMED_OUT), { code: ERROR_CODES.ERR__TIMED_OUT });
}

/** The error that says that another broker has to be asked, or this one later; NONE for none. */
function coordinatorRefusal({ errorCode, topics }: OffsetFetchAnswer): number {
  if (errorCode !== undefined && isAboutCoordinator(errorCode)) return errorCode;
  for (const { partitions } of topics)
    for (const part of partitions) if (isAboutCoordinator(part.errorCode)) return part.errorCode;
  return ERRORS.NONE;
}

type OffsetsByTopic = Awaited<ReturnType<KafkaJS.Admin['fetchOffsets']>>;
type TopicOffsets = Awaited<ReturnType<KafkaJS.Admin['fetchTopicOffsets']>>;

function answerCreated(answer: CreateTopicsAnswer, promise: SimPromise<boolean>): void {
  const errors: KafkaJSCreateTopicError[] = [];
  let areAllNew = true;
  for (const { name, errorCode } of answer.topics) {
    if (errorCode === ERRORS.TOPIC_ALREADY_EXISTS) areAllNew = false;
    else if (errorCode !== ERRORS.NONE)
      errors.push(new KafkaJSCreateTopicError(textOf(errorCode), name, { code: errorCode }));
  }
  if (errors.length > 0) rejectWith(promise, new KafkaJSAggregateError('Topic creation errors', errors));
  else fulfil(promise, areAllNew);
}

function readTopicInput(topics: KafkaJS.TopicInput | undefined): {
  readonly names: readonly string[] | null;
  readonly partitions: OffsetFetchRequest['topics'];
} {
  const [first] = topics ?? [];
  if (topics === undefined || first === undefined) return { names: null, partitions: null };
  if (typeof first === 'string') return { names: topics as string[], partitions: null };
  if (typeof first !== 'object' || !Array.isArray(first.partitions)) throw argumentError('Invalid topics format.');
  return {
    names: null,
    partitions: (topics as { topic: string; partitions: number[] }[]).map(({ topic, partitions }) => ({
      name: topic,
      partitionIndexes: partitions,
    })),
  };
}

function lacking(what: string, why: string): Promise<never> {
  return promised(() => {
    throw notModelled(what, why);
  });
}
