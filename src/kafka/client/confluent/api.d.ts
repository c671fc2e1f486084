/**
 * The part of `@confluentinc/kafka-javascript` that the labs' model of Kafka has. The classes of the model implement
 * these types, and the editor shows them.
 *
 * What the real package has beyond this is not there, and says so when it is used.
 */

/** The promise-based client, with options in the style of KafkaJS: `import { KafkaJS } from '@confluentinc/kafka-javascript'`. */
export declare namespace KafkaJS {
  /** Where to begin: makes producers, consumers and admin clients of one cluster. */
  class Kafka {
    /** @param config Options stand in a `kafkaJS` block: `new KafkaJS.Kafka({ kafkaJS: { brokers: ['…'] } })`. */
    constructor(config?: CommonConstructorConfig);
    /** A producer; it does nothing before `connect()`. */
    producer(config?: ProducerConstructorConfig): Producer;
    /** A consumer; it does nothing before `connect()`. Each consumer is one member of its group. */
    consumer(config: ConsumerConstructorConfig): Consumer;
    /** An admin client; it does nothing before `connect()`. */
    admin(config?: AdminConstructorConfig): Admin;
  }

  /** How a client repeats requests that failed for a passing reason. */
  interface RetryOptions {
    /** Longest pause between two attempts, in ms. Default 30000. */
    maxRetryTime?: number;
    /** Pause before the second attempt, in ms; it doubles from attempt to attempt. Default 300. */
    initialRetryTime?: number;
    /** How often a producer repeats a failed produce request before `send()` rejects. Default 5. No other client uses it. */
    retries?: number;
  }

  enum logLevel {
    NOTHING = 0,
    ERROR = 1,
    WARN = 2,
    INFO = 3,
    DEBUG = 4,
  }

  /** Takes the client's own messages. */
  type Logger = {
    info: (message: string, extra?: object) => void;
    error: (message: string, extra?: object) => void;
    warn: (message: string, extra?: object) => void;
    debug: (message: string, extra?: object) => void;
    namespace: (namespace: string, logLevel?: logLevel) => Logger;
    setLogLevel: (logLevel: logLevel) => void;
  };

  /** Options that all clients share, inside the `kafkaJS` block. */
  interface KafkaConfig {
    /** Addresses to begin with, e.g. `['localhost:9092']`. */
    brokers: string[];
    /** Name of the client in the broker's logs. No effect here. */
    clientId?: string;
    /** No effect here. */
    connectionTimeout?: number;
    /** No effect here. */
    authenticationTimeout?: number;
    /** A request that a paused broker does not answer is given up after so long, in ms. Default 30000. */
    requestTimeout?: number;
    /** No effect here. */
    enforceRequestTimeout?: boolean;
    retry?: RetryOptions;
    /** Which of the client's own messages are logged. Default `INFO`. */
    logLevel?: logLevel;
    /** Takes the messages instead of the console. */
    logger?: Logger;
  }

  /** Options that stand beside the `kafkaJS` block, under librdkafka's names. */
  interface GlobalConfig {
    /** The same as `brokers`, comma-separated. */
    'bootstrap.servers'?: string;
    /** The same as `clientId`. */
    'client.id'?: string;
    /** The same as `kafkaJS.requestTimeout`. */
    'socket.timeout.ms'?: number;
  }

  interface CommonConstructorConfig extends GlobalConfig {
    kafkaJS?: KafkaConfig;
  }

  /** What all clients can do. */
  interface Client {
    /** Connects. To be awaited before anything else; a second call rejects. */
    connect(): Promise<void>;
    /** Finishes what is under way and closes the connection. The client cannot be connected again. */
    disconnect(): Promise<void>;
    /** The logger in use. */
    logger(): Logger;
  }

  enum CompressionTypes {
    None = 'none',
    GZIP = 'gzip',
    SNAPPY = 'snappy',
    LZ4 = 'lz4',
    ZSTD = 'zstd',
  }

  /** Options of a producer, inside the `kafkaJS` block. They belong here, not to `send()`, which throws when it meets them. */
  interface ProducerConfig extends Partial<KafkaConfig> {
    /**
     * Which copies must have a record before the broker answers: -1 all that are in sync, 1 the leader's, 0 none, and
     * then there is no answer at all. Default -1.
     */
    acks?: number;
    /**
     * Numbers the records, so that the broker stores a repeated request once and keeps the order. Default **false**. It
     * holds for this client's own repetitions as long as the producer lives: a record that the program sends twice, or
     * again after a restart, is stored twice. `retry.retries` stays at 5 unless you raise it.
     */
    idempotent?: boolean;
    /**
     * Makes the producer transactional, and idempotent with it: records are taken inside a transaction only. No two live
     * producers may share an id: a newer one ends the open transaction of the older one and fences it.
     */
    transactionalId?: string;
    /**
     * The broker aborts a transaction that has been open for so long since its first record, in ms, whatever happens in
     * it, and fences its producer. Default 60000.
     */
    transactionTimeout?: number;
    /**
     * Produce requests under way at a time, to each broker. Default: no limit, so a repeated batch can end up behind later
     * ones. With `idempotent` at most 5, and the order is kept.
     */
    maxInFlightRequests?: number;
    /** No effect here: sizes are not modelled. */
    compression?: CompressionTypes;
    /** How long the broker may wait for the other copies, in ms; the record stays in its log all the same. Default 30000. */
    timeout?: number;
    /** No effect here. */
    metadataMaxAge?: number;
    /** No effect here: a topic is never created by sending to it. */
    allowAutoTopicCreation?: boolean;
  }

  interface ProducerConstructorConfig extends GlobalConfig {
    kafkaJS?: ProducerConfig;
    /** How long a batch waits for more records before it is sent, in ms. Default 5. */
    'linger.ms'?: number;
    /** The same as `kafkaJS.acks`. */
    acks?: number | string;
    /** The same as `kafkaJS.retry.retries`; 2147483647 when there is no `kafkaJS` block. */
    retries?: number;
    /**
     * A record without an answer for so long is given up, in ms; it may be stored all the same. Default 300000, or the
     * transaction's timeout. Waiting for a partition without a leader ends by this alone.
     */
    'message.timeout.ms'?: number;
    /** The same as `message.timeout.ms`. */
    'delivery.timeout.ms'?: number;
    /** The same as `kafkaJS.timeout`. */
    'request.timeout.ms'?: number;
    /** The same as `kafkaJS.maxInFlightRequests`. */
    'max.in.flight'?: number;
    /** The same as `kafkaJS.maxInFlightRequests`. */
    'max.in.flight.requests.per.connection'?: number;
    /** The same as `kafkaJS.idempotent`. */
    'enable.idempotence'?: boolean;
    /** The same as `kafkaJS.transactionalId`. */
    'transactional.id'?: string;
    /** The same as `kafkaJS.transactionTimeout`. */
    'transaction.timeout.ms'?: number;
  }

  interface IHeaders {
    [key: string]: Buffer | string | (Buffer | string)[] | undefined;
  }

  /** A record to be sent. */
  interface Message {
    /** Records with the same key go to the same partition. Without a key the producer chooses one. */
    key?: Buffer | string | null;
    /** The record's content; null deletes the key in a compacted topic. */
    value: Buffer | string | null;
    /** Sends it to this partition, whatever its key. */
    partition?: number;
    headers?: IHeaders;
    /** Milliseconds, as text. Default: now. */
    timestamp?: string;
  }

  interface ProducerRecord {
    topic: string;
    messages: Message[];
  }

  interface TopicMessages {
    topic: string;
    messages: Message[];
  }

  interface ProducerBatch {
    topicMessages?: TopicMessages[];
  }

  /** Where records of one `send()` were stored, one entry a partition. */
  type RecordMetadata = {
    topicName: string;
    partition: number;
    errorCode: number;
    /** Offset of the first of them, as text. `-1001` with `acks: 0`: nobody knows. */
    baseOffset?: string;
    logAppendTime?: string;
    logStartOffset?: string;
  };

  interface Producer extends Client {
    /**
     * Sends records and resolves when the broker has answered for all of them.
     *
     * When an answer is lost the request is repeated, up to `retry.retries` times, and **each repetition stores the
     * records again** unless the producer is idempotent. A rejection does not say that nothing was stored.
     */
    send(record: ProducerRecord): Promise<RecordMetadata[]>;
    /** `send()` for several topics; rejects if any of them does. The others may be stored all the same. */
    sendBatch(batch: ProducerBatch): Promise<RecordMetadata[]>;
    /** Resolves when every record sent so far has its answer; rejects with a time-out otherwise. Default 500 ms. */
    flush(args?: { timeout?: number }): Promise<void>;
    /**
     * Begins a transaction; the producer itself stands for it. Needs `transactionalId`. One transaction at a time.
     *
     * Nothing is asked of the broker: the transaction is open there from its first record or offset on.
     */
    transaction(): Promise<Producer>;
    /**
     * Waits until every record sent has its answer, then asks for the commit. It resolves when the decision is durable;
     * `read_committed` readers see the records a little later, partition by partition.
     *
     * It rejects when a record could not be stored: then `abort()`. After a rejection with -185 (timed out) the commit
     * goes on and **may still succeed**; calling `commit()` again tells.
     */
    commit(): Promise<void>;
    /**
     * Drops what has not left and asks for the abort. What is in the log stays there, and `read_committed` readers skip it.
     * **It does not move the consumer back**: what has been read for this transaction is not read again by itself.
     */
    abort(): Promise<void>;
    /**
     * Makes offsets of the consumer's group part of the transaction: they count if it commits. An offset is the **next**
     * one to read, as text. The consumer's place in its group goes along, so a member that has been replaced is refused.
     * The consumer must not commit by itself (`autoCommit: false`).
     */
    sendOffsets(args: { consumer: Consumer; topics: TopicOffsets[] }): Promise<void>;
    /** Whether a transaction is open. A `commit()` or `abort()` that rejects leaves it open. */
    isActive(): boolean;
  }

  enum PartitionAssigners {
    roundRobin = 'roundrobin',
    range = 'range',
    cooperativeSticky = 'cooperative-sticky',
  }

  enum PartitionAssignors {
    roundRobin = 'roundrobin',
    range = 'range',
    cooperativeSticky = 'cooperative-sticky',
  }

  /** Options of a consumer, inside the `kafkaJS` block. */
  interface ConsumerConfig extends Partial<KafkaConfig> {
    /** Name of the group. Its members share the partitions, and its committed offsets survive them. */
    groupId: string;
    /**
     * Where to begin in a partition for which the group has **no** committed offset: true at the oldest record, false at
     * the end. Default **false**: what is in the topic already is never delivered. Not an option of `subscribe()`.
     */
    fromBeginning?: boolean;
    /**
     * Whether offsets of finished messages are committed by the client itself: every `autoCommitInterval`, and when the
     * consumer gives up its partitions. After a crash all messages finished since the last commit come again. Default
     * true. Not an option of `run()`.
     */
    autoCommit?: boolean;
    /** Milliseconds between automatic commits. Default 5000. */
    autoCommitInterval?: number;
    /** A member that sends no heartbeat for so long is taken for dead. Default 30000. */
    sessionTimeout?: number;
    /** Heartbeats are sent in the background, also while a handler runs. Default 3000. */
    heartbeatInterval?: number;
    /**
     * How long members may take to join again in a rebalance, in ms. A handler that takes longer than **twice** this is
     * taken for hung: the consumer leaves the group while it runs. Default 300000.
     */
    rebalanceTimeout?: number;
    /** How the leader divides partitions. Default round robin. `cooperativeSticky` is not modelled. */
    partitionAssigners?: PartitionAssigners[];
    /** The same as `partitionAssigners`. */
    partitionAssignors?: PartitionAssignors[];
    /** Whether records of open and aborted transactions are delivered too. Default false. */
    readUncommitted?: boolean;
    /** How long a fetch waits for new records, in ms. Default 500. A seek becomes effective after at most as long. */
    maxWaitTimeInMs?: number;
    /** No effect here: sizes are not modelled. */
    maxBytesPerPartition?: number;
    /** No effect here: sizes are not modelled. */
    minBytes?: number;
    /** No effect here: sizes are not modelled. */
    maxBytes?: number;
    /** No effect here. */
    maxInFlightRequests?: number;
    /** No effect here. */
    metadataMaxAge?: number;
    /** No effect here: a topic is never created by subscribing to it. */
    allowAutoTopicCreation?: boolean;
    /** No effect here: there is one broker. */
    rackId?: string;
  }

  interface ConsumerConstructorConfig extends GlobalConfig {
    kafkaJS?: ConsumerConfig;
    /** The same as `kafkaJS.groupId`. */
    'group.id'?: string;
    /**
     * Makes the member static: when it comes back under the same id within `sessionTimeout` it gets its partitions back
     * without a rebalance. A second consumer with the id pushes the first one out, which is not told.
     */
    'group.instance.id'?: string;
    /** `earliest` is `fromBeginning: true`, `latest` is false. */
    'auto.offset.reset'?: 'earliest' | 'latest' | 'beginning' | 'end' | 'smallest' | 'largest';
    /** The same as `kafkaJS.autoCommit`. */
    'enable.auto.commit'?: boolean;
    /** The same as `kafkaJS.autoCommitInterval`. */
    'auto.commit.interval.ms'?: number;
    /** The same as `kafkaJS.sessionTimeout`; 45000 when there is no `kafkaJS` block. */
    'session.timeout.ms'?: number;
    /** The same as `kafkaJS.heartbeatInterval`. */
    'heartbeat.interval.ms'?: number;
    /** The same as `kafkaJS.rebalanceTimeout`, also doubled. */
    'max.poll.interval.ms'?: number;
    /** Comma-separated: `range`, `roundrobin`. */
    'partition.assignment.strategy'?: string;
    /** `read_uncommitted` is `readUncommitted: true`. */
    'isolation.level'?: 'read_committed' | 'read_uncommitted';
    /** Longest batch that `eachBatch` gets; -1 for no limit. Default 32. */
    'js.consumer.max.batch.size'?: string | number;
  }

  /** A delivered record. */
  interface KafkaMessage {
    key: Buffer | null;
    value: Buffer | null;
    /** Milliseconds, as text. */
    timestamp: string;
    attributes: number;
    /** The record's position in its partition, **as text**: `'9' + 1` is `'91'`. */
    offset: string;
    size: number;
    headers?: IHeaders;
    leaderEpoch?: number;
  }

  interface EachMessagePayload {
    topic: string;
    partition: number;
    message: KafkaMessage;
    /** Does nothing: heartbeats are sent in the background. */
    heartbeat(): Promise<void>;
    /** Pauses this partition, after the present message. @returns a function that resumes it */
    pause(): () => void;
  }

  /** Messages of one partition, in the order of their offsets. */
  type Batch = {
    topic: string;
    partition: number;
    /** Offset behind the last record that consumers may see, as text. */
    highWatermark: string;
    messages: KafkaMessage[];
    /** Always false. */
    isEmpty(): boolean;
    firstOffset(): string | null;
    lastOffset(): string;
    /** Records behind the last message of the batch, as text. */
    offsetLag(): string;
    /** Records behind the first message of the batch, as text. */
    offsetLagLow(): string;
  };

  interface EachBatchPayload {
    batch: Batch;
    /**
     * Marks a message and all before it as done. Nothing is committed by it. With `eachBatchAutoResolve` (default) a
     * handler that comes back without an error marks the whole batch, **also when it came back early**.
     */
    resolveOffset(offset: string): void;
    /** Does nothing: heartbeats are sent in the background. */
    heartbeat(): Promise<void>;
    /** Pauses this partition, after the present batch. @returns a function that resumes it */
    pause(): () => void;
    /** With `autoCommit`: does nothing. Without: queues a commit of what has been marked (see `commitOffsets`). */
    commitOffsetsIfNecessary(): Promise<void>;
    /** Whether the consumer runs. */
    isRunning(): boolean;
    /** The rest of the batch must not be handled any more: a seek or pause has overtaken it. */
    isStale(): boolean;
  }

  type EachBatchHandler = (payload: EachBatchPayload) => Promise<void>;

  type EachMessageHandler = (payload: EachMessagePayload) => Promise<void>;

  type ConsumerSubscribeTopic = { topic: string | RegExp; replace?: boolean };

  type ConsumerSubscribeTopics = { topics: (string | RegExp)[]; replace?: boolean };

  type ConsumerRunConfig = {
    /** Marks the whole batch when `eachBatch` comes back without an error. Default true. */
    eachBatchAutoResolve?: boolean;
    /** Partitions handled at the same time; within a partition one message follows the other. Default 1. */
    partitionsConsumedConcurrently?: number;
    /**
     * Called with one message after the other. The message counts as done when the returned promise fulfils. **When it
     * rejects, the error is logged and the same message comes again** after about half a second, for ever.
     */
    eachMessage?: EachMessageHandler;
    /** Called with up to 32 messages of a partition; the first batches hold a single one. */
    eachBatch?: EachBatchHandler;
  };

  type TopicPartitions = { topic: string; partitions: number[] };

  type TopicPartition = {
    topic: string;
    partition: number;
    leaderEpoch?: number;
  };

  type TopicPartitionOffset = TopicPartition & {
    offset: string;
  };

  type TopicPartitionOffsetAndMetadata = TopicPartitionOffset & {
    metadata?: string | null;
  };

  interface PartitionOffset {
    partition: number;
    offset: string;
  }

  interface TopicOffsets {
    topic: string;
    partitions: PartitionOffset[];
  }

  type SeekEntry = PartitionOffset;

  interface Consumer extends Client {
    /** Adds topics to the subscription (or replaces it) and joins the group. Only after `connect()`. */
    subscribe(subscription: ConsumerSubscribeTopics | ConsumerSubscribeTopic): Promise<void>;
    /** Not there in the real client either: rejects. Use `disconnect()`. */
    stop(): Promise<void>;
    /** Begins to deliver messages. Resolves at once, before the first of them. */
    run(config?: ConsumerRunConfig): Promise<void>;
    /**
     * Asks for offsets to be committed: the offset of the **next** message to read, as text.
     *
     * **Resolves when the request is queued, not when the broker has it** (CLI-51), and never rejects with the broker's
     * answer; a crash right after it can lose the commit. Ask `committed()` to be sure.
     *
     * Without an argument: the offsets of all finished messages that are not committed yet.
     */
    commitOffsets(topicPartitions?: Array<TopicPartitionOffsetAndMetadata>): Promise<void>;
    /**
     * Asks the coordinator for the group's committed offsets, behind all commits queued before: the barrier that
     * `commitOffsets()` is not. `offset` is null where nothing is committed, **and where 0 is committed**.
     *
     * @param topicPartitions default: the assigned ones
     * @param timeout milliseconds, -1 for no limit (default)
     */
    committed(
      topicPartitions?: Array<TopicPartition> | null,
      timeout?: number,
    ): Promise<TopicPartitionOffsetAndMetadata[]>;
    /**
     * Moves the position after the present message: the next message delivered is the one at `offset`. With `autoCommit`
     * the new position is committed, too; without, committed offsets stay as they are.
     */
    seek(topicPartitionOffset: TopicPartitionOffset): void;
    /** Stops the delivery from partitions, after the present message. The consumer stays in the group. @returns a function that resumes them */
    pause(topics: Array<{ topic: string; partitions?: number[] }>): (() => void) | void;
    /** What is paused. */
    paused(): TopicPartitions[];
    /** Goes on with paused partitions. */
    resume(topics: Array<{ topic: string; partitions?: number[] }>): void;
    /** Partitions this member has now. */
    assignment(): TopicPartition[];
  }

  /** Options of an admin client, inside the `kafkaJS` block. */
  type AdminConfig = Partial<KafkaConfig>;

  interface AdminConstructorConfig extends GlobalConfig {
    kafkaJS?: AdminConfig;
  }

  interface ITopicConfig {
    topic: string;
    /** Default: the broker's, 1. */
    numPartitions?: number;
    /** Default: the broker's, 1. There is one broker here. */
    replicationFactor?: number;
  }

  type FetchOffsetsPartition = PartitionOffset & {
    metadata: string | null;
    leaderEpoch: number | null;
    error: Error | null;
  };

  type TopicInput = string[] | { topic: string; partitions: number[] }[];

  enum IsolationLevel {
    READ_UNCOMMITTED = 0,
    READ_COMMITTED = 1,
  }

  interface Admin {
    /** Connects. To be awaited before anything else. */
    connect(): Promise<void>;
    disconnect(): Promise<void>;
    /** Creates topics. Resolves with false when one of them was there already; rejects for any other failure. */
    createTopics(options: { timeout?: number; topics: ITopicConfig[] }): Promise<boolean>;
    /** Names of all topics. */
    listTopics(options?: { timeout?: number }): Promise<string[]>;
    /** A group's committed offsets: the **next** offset to read, `-1` for none. Without `topics`: all it has committed. */
    fetchOffsets(options: {
      groupId: string;
      topics?: TopicInput;
      timeout?: number;
      requireStableOffsets?: boolean;
    }): Promise<Array<{ topic: string; partitions: FetchOffsetsPartition[] }>>;
    /** Begin (`low`) and end (`high`, `offset`) of a topic's partitions. */
    fetchTopicOffsets(
      topic: string,
      options?: { timeout?: number; isolationLevel?: IsolationLevel },
    ): Promise<Array<SeekEntry & { high: string; low: string }>>;
  }

  /** Whether an error comes from this client. */
  function isKafkaJSError(error: Error): boolean;

  /** Codes of errors by name, e.g. `ErrorCodes.ERR_UNKNOWN_MEMBER_ID`. */
  const ErrorCodes: {
    readonly ERR__TRANSPORT: -195;
    readonly ERR__RESOLVE: -193;
    readonly ERR__MSG_TIMED_OUT: -192;
    readonly ERR__UNKNOWN_PARTITION: -190;
    readonly ERR__INVALID_ARG: -186;
    readonly ERR__TIMED_OUT: -185;
    readonly ERR__CONFLICT: -173;
    readonly ERR__STATE: -172;
    readonly ERR__NOT_IMPLEMENTED: -170;
    readonly ERR__PURGE_QUEUE: -152;
    readonly ERR__FATAL: -150;
    readonly ERR__INCONSISTENT: -149;
    readonly ERR__FENCED: -144;
    readonly ERR_UNKNOWN: -1;
    readonly ERR_NO_ERROR: 0;
    readonly ERR_OFFSET_OUT_OF_RANGE: 1;
    readonly ERR_UNKNOWN_TOPIC_OR_PART: 3;
    readonly ERR_MSG_SIZE_TOO_LARGE: 10;
    readonly ERR_NOT_ENOUGH_REPLICAS: 19;
    readonly ERR_ILLEGAL_GENERATION: 22;
    readonly ERR_UNKNOWN_MEMBER_ID: 25;
    readonly ERR_REBALANCE_IN_PROGRESS: 27;
    readonly ERR_TOPIC_ALREADY_EXISTS: 36;
    readonly ERR_OUT_OF_ORDER_SEQUENCE_NUMBER: 45;
    readonly ERR_INVALID_PRODUCER_EPOCH: 47;
    readonly ERR_FENCED_INSTANCE_ID: 82;
    readonly [name: string]: number;
  };

  interface KafkaJSErrorMetadata {
    retriable?: boolean;
    fatal?: boolean;
    abortable?: boolean;
    stack?: string;
    code?: number;
  }

  /** Any error of this client. **Look at `code` only**: it is the same in every version. */
  class KafkaJSError extends Error {
    /** One of `ErrorCodes`: the client's own below zero, the broker's above. */
    readonly code: number;
    /** False on most errors, whatever they are. */
    readonly retriable: boolean;
    readonly fatal: boolean;
    readonly abortable: boolean;
    constructor(e: Error | string, metadata?: KafkaJSErrorMetadata);
  }
  /** The broker refused a request. */
  class KafkaJSProtocolError extends KafkaJSError {}
  class KafkaJSOffsetOutOfRange extends KafkaJSProtocolError {}
  /** The connection to the broker broke or never came about. */
  class KafkaJSConnectionError extends KafkaJSError {}
  class KafkaJSRequestTimeoutError extends KafkaJSError {}
  class KafkaJSPartialMessageError extends KafkaJSError {}
  class KafkaJSSASLAuthenticationError extends KafkaJSError {}
  class KafkaJSGroupCoordinatorNotFound extends KafkaJSError {}
  /** Not there: in the real client, or in the model. The message says which. */
  class KafkaJSNotImplemented extends KafkaJSError {}
  class KafkaJSTimeout extends KafkaJSError {}
  class KafkaJSNoBrokerAvailableError extends KafkaJSError {}
  class KafkaJSCreateTopicError extends KafkaJSProtocolError {
    readonly topic: string;
    constructor(e: Error | string, topicName: string, metadata?: KafkaJSErrorMetadata);
  }
  /** Several errors at once, e.g. of `createTopics`. */
  class KafkaJSAggregateError extends Error {
    readonly errors: readonly (Error | string)[];
    constructor(message: string, errors: readonly (Error | string)[]);
  }
}
