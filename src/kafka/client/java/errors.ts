/** Exceptions of the Java client: a class name by error code, and the families of ERR-1 (Kafka: `Errors.java`). */
import { ERRORS } from '../../errors';

/** An exception of `org.apache.kafka.common`, known by its simple class name. */
export class JavaException extends Error {
  constructor(
    /** Simple name of the Java class. */
    override readonly name: string,
    message: string = name,
    /** Broker's error code; -1 for one of the client's own. */
    readonly code: number = -1,
    override readonly cause: JavaException | null = null,
  ) {
    super(message);
  }

  /** ERR-1: whether the client repeats by itself. */
  get isRetriable(): boolean {
    return RETRIABLE.has(this.name);
  }
}

const NAMES: Readonly<Record<number, string>> = {
  [ERRORS.OFFSET_OUT_OF_RANGE]: 'OffsetOutOfRangeException',
  [ERRORS.UNKNOWN_TOPIC_OR_PARTITION]: 'UnknownTopicOrPartitionException',
  [ERRORS.LEADER_NOT_AVAILABLE]: 'LeaderNotAvailableException',
  [ERRORS.NOT_LEADER_OR_FOLLOWER]: 'NotLeaderOrFollowerException',
  [ERRORS.REQUEST_TIMED_OUT]: 'TimeoutException',
  [ERRORS.MESSAGE_TOO_LARGE]: 'RecordTooLargeException',
  [ERRORS.NETWORK_EXCEPTION]: 'NetworkException',
  [ERRORS.COORDINATOR_LOAD_IN_PROGRESS]: 'CoordinatorLoadInProgressException',
  [ERRORS.COORDINATOR_NOT_AVAILABLE]: 'CoordinatorNotAvailableException',
  [ERRORS.NOT_COORDINATOR]: 'NotCoordinatorException',
  [ERRORS.NOT_ENOUGH_REPLICAS]: 'NotEnoughReplicasException',
  [ERRORS.NOT_ENOUGH_REPLICAS_AFTER_APPEND]: 'NotEnoughReplicasAfterAppendException',
  [ERRORS.INVALID_REQUIRED_ACKS]: 'InvalidRequiredAcksException',
  [ERRORS.ILLEGAL_GENERATION]: 'IllegalGenerationException',
  [ERRORS.INCONSISTENT_GROUP_PROTOCOL]: 'InconsistentGroupProtocolException',
  [ERRORS.UNKNOWN_MEMBER_ID]: 'UnknownMemberIdException',
  [ERRORS.REBALANCE_IN_PROGRESS]: 'RebalanceInProgressException',
  [ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER]: 'OutOfOrderSequenceException',
  [ERRORS.DUPLICATE_SEQUENCE_NUMBER]: 'DuplicateSequenceException',
  [ERRORS.INVALID_PRODUCER_EPOCH]: 'InvalidProducerEpochException',
  [ERRORS.INVALID_TXN_STATE]: 'InvalidTxnStateException',
  [ERRORS.INVALID_PRODUCER_ID_MAPPING]: 'InvalidPidMappingException',
  [ERRORS.INVALID_TRANSACTION_TIMEOUT]: 'InvalidTxnTimeoutException',
  [ERRORS.CONCURRENT_TRANSACTIONS]: 'ConcurrentTransactionsException',
  [ERRORS.FENCED_INSTANCE_ID]: 'FencedInstanceIdException',
  [ERRORS.UNSTABLE_OFFSET_COMMIT]: 'UnstableOffsetCommitException',
  [ERRORS.PRODUCER_FENCED]: 'ProducerFencedException',
  [ERRORS.TRANSACTION_ABORTABLE]: 'TransactionAbortableException',
};

const RETRIABLE: ReadonlySet<string> = new Set(
  [
    ERRORS.UNKNOWN_TOPIC_OR_PARTITION,
    ERRORS.LEADER_NOT_AVAILABLE,
    ERRORS.NOT_LEADER_OR_FOLLOWER,
    ERRORS.REQUEST_TIMED_OUT,
    ERRORS.NETWORK_EXCEPTION,
    ERRORS.COORDINATOR_LOAD_IN_PROGRESS,
    ERRORS.COORDINATOR_NOT_AVAILABLE,
    ERRORS.NOT_COORDINATOR,
    ERRORS.NOT_ENOUGH_REPLICAS,
    ERRORS.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
    ERRORS.CONCURRENT_TRANSACTIONS,
    ERRORS.UNSTABLE_OFFSET_COMMIT,
  ].map((code) => NAMES[code]!),
);

/** ERR-2: after these a transactional producer is of no more use. */
const FATAL: readonly number[] = [ERRORS.PRODUCER_FENCED, ERRORS.INVALID_PRODUCER_ID_MAPPING];

/** The exception for a broker's error code. */
export function exceptionOf(code: number): JavaException {
  return new JavaException(NAMES[code] ?? 'UnknownServerException', undefined, code);
}

export function isRetriable(code: number): boolean {
  return RETRIABLE.has(NAMES[code] ?? '');
}

/** ERR-2, produce path: everything else can be got over by an abort. */
export function isFatalForTransactions(exception: JavaException): boolean {
  return FATAL.includes(exception.code);
}

export function timeout(text: string): JavaException {
  return new JavaException('TimeoutException', text);
}

export function illegalState(text: string): JavaException {
  return new JavaException('IllegalStateException', text);
}

/** The name by which tests know an exception: that of its cause for a wrapper. */
export function tellingName({ name, cause }: JavaException): string {
  const isWrapper = name === 'KafkaException' || name === 'ExecutionException';
  return isWrapper && cause !== null ? cause.name : name;
}
