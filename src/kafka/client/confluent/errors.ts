/**
 * The error classes of the package's `KafkaJS` namespace. A program should look at `code` only: the flags are false on
 * every error that comes from the binding (CLI-49).
 */
import { ERROR_CODES } from './error-codes';

interface Facts {
  readonly retriable?: boolean;
  readonly fatal?: boolean;
  readonly abortable?: boolean;
  readonly stack?: string;
  readonly code?: number;
}

const NAMES = new Map<number, string | null>();
for (const [name, code] of Object.entries(ERROR_CODES)) NAMES.set(code, NAMES.has(code) ? null : name);

export class KafkaJSError extends Error {
  override name = 'KafkaJSError';
  readonly retriable: boolean;
  readonly fatal: boolean;
  readonly abortable: boolean;
  readonly code: number;
  /** Name of the code; -1 when the code has more than one name, as in the real client. */
  readonly type: string | number;

  constructor(error: Error | string, facts: Facts = {}) {
    super(typeof error === 'string' ? error : error.message);
    this.retriable = facts.retriable ?? false;
    this.fatal = facts.fatal ?? false;
    this.abortable = facts.abortable ?? false;
    this.code = facts.code ?? ERROR_CODES.ERR_UNKNOWN;
    this.type = NAMES.get(this.code) ?? ERROR_CODES.ERR_UNKNOWN;
    if (facts.stack !== undefined) this.stack = facts.stack;
  }
}

/**
 * An error of the older client underneath, which the promise-based one lets through as it is: a plain `Error` with a code,
 * without flags, and no `KafkaJSError` (CLI-49).
 */
export class LibrdKafkaError extends Error {
  readonly errno: number;
  readonly origin: 'local' | 'kafka';

  constructor(
    readonly code: number,
    text: string = textOf(code),
  ) {
    super(text);
    this.errno = code;
    this.origin = code < 0 ? 'local' : 'kafka';
  }
}

export class KafkaJSProtocolError extends KafkaJSError {
  override name = 'KafkaJSProtocolError';
}

export class KafkaJSOffsetOutOfRange extends KafkaJSProtocolError {
  override name = 'KafkaJSOffsetOutOfRange';
}

export class KafkaJSConnectionError extends KafkaJSError {
  override name = 'KafkaJSConnectionError';
}

export class KafkaJSRequestTimeoutError extends KafkaJSError {
  override name = 'KafkaJSRequestTimeoutError';
}

export class KafkaJSPartialMessageError extends KafkaJSError {
  override name = 'KafkaJSPartialMessageError';
}

export class KafkaJSSASLAuthenticationError extends KafkaJSError {
  override name = 'KafkaJSSASLAuthenticationError';
}

export class KafkaJSGroupCoordinatorNotFound extends KafkaJSError {
  override name = 'KafkaJSGroupCoordinatorNotFound';
}

export class KafkaJSNotImplemented extends KafkaJSError {
  override name = 'KafkaJSNotImplemented';
}

export class KafkaJSTimeout extends KafkaJSError {
  override name = 'KafkaJSTimeout';
}

export class KafkaJSCreateTopicError extends KafkaJSProtocolError {
  override name = 'KafkaJSCreateTopicError';

  constructor(
    error: Error | string,
    readonly topic: string,
    facts?: Facts,
  ) {
    super(error, facts);
  }
}

export class KafkaJSDeleteGroupsError extends KafkaJSError {
  override name = 'KafkaJSDeleteGroupsError';

  constructor(
    error: Error | string,
    readonly groups: readonly unknown[] = [],
  ) {
    super(error);
  }
}

export class KafkaJSDeleteTopicRecordsError extends KafkaJSError {
  override name = 'KafkaJSDeleteTopicRecordsError';
  readonly partitions: readonly { readonly error: KafkaJSError | null }[];

  constructor({ partitions }: { readonly partitions: readonly { readonly error: KafkaJSError | null }[] }) {
    const failed = partitions.filter(({ error }) => error !== null);
    super('Error while deleting records', { retriable: failed.every(({ error }) => error!.retriable) });
    this.partitions = partitions;
  }
}

export class KafkaJSAggregateError extends Error {
  override name = 'KafkaJSAggregateError';

  constructor(
    message: string,
    readonly errors: readonly (Error | string)[],
  ) {
    super(message);
  }
}

export class KafkaJSNoBrokerAvailableError extends KafkaJSError {
  override name = 'KafkaJSNoBrokerAvailableError';
}

/** Texts of the codes that the model can raise. */
const TEXTS: Readonly<Record<number, string>> = {
  [-195]: 'Local: Broker transport failure',
  [-193]: 'Local: Host resolution failure',
  [-192]: 'Local: Message timed out',
  [-190]: 'Local: Unknown partition',
  [-188]: 'Local: Unknown topic',
  [-187]: 'Local: All broker connections are down',
  [-186]: 'Local: Invalid argument or configuration',
  [-185]: 'Local: Timed out',
  [-177]: 'Local: Previous operation in progress',
  [-173]: 'Local: Conflicting use',
  [-172]: 'Local: Erroneous state',
  [-170]: 'Local: Not implemented',
  [-152]: 'Local: Purged in queue',
  [-150]: 'Local: Fatal error',
  [-149]: 'Local: Inconsistent state',
  [-145]: 'Local: Functionality not configured',
  [-144]: 'Local: This instance has been fenced by a newer instance',
  1: 'Broker: Offset out of range',
  3: 'Broker: Unknown topic or partition',
  5: 'Broker: Leader not available',
  6: 'Broker: Not leader for partition',
  7: 'Broker: Request timed out',
  10: 'Broker: Message size too large',
  14: 'Broker: Coordinator load in progress',
  15: 'Broker: Coordinator not available',
  16: 'Broker: Not coordinator',
  17: 'Broker: Invalid topic',
  19: 'Broker: Not enough in-sync replicas',
  20: 'Broker: Message(s) written to insufficient number of in-sync replicas',
  21: 'Broker: Invalid required acks value',
  22: 'Broker: Specified group generation id is not valid',
  23: 'Broker: Inconsistent group protocol',
  24: 'Broker: Invalid group.id',
  25: 'Broker: Unknown member',
  26: 'Broker: Invalid session timeout',
  27: 'Broker: Group rebalance in progress',
  30: 'Broker: Group authorization failed',
  36: 'Broker: Topic already exists',
  37: 'Broker: Invalid number of partitions',
  38: 'Broker: Invalid replication factor',
  45: 'Broker: Broker received an out of order sequence number',
  47: 'Broker: Producer attempted an operation with an old epoch',
  48: 'Broker: Producer attempted a transactional operation in an invalid state',
  49: 'Broker: Producer attempted to use a producer id which is not currently assigned to its transactional id',
  50: 'Broker: Transaction timeout is larger than the maximum value allowed by the broker',
  51: 'Broker: Producer attempted to update a transaction while another concurrent operation on the same transaction was ongoing',
  69: 'Broker: The group id does not exist',
  82: 'Broker: Static consumer fenced by other consumer with same group.instance.id',
  88: 'Broker: There are unstable offsets that need to be cleared',
  90: 'Broker: There is a newer producer with the same transactionalId which fences the current one',
};

export function textOf(code: number): string {
  return TEXTS[code] ?? `Error ${code}`;
}

/** The class that the real client chooses for a code of librdkafka. */
export function errorOf(code: number, text: string = textOf(code)): KafkaJSError {
  const facts = { code };
  switch (code) {
    case ERROR_CODES.ERR_OFFSET_OUT_OF_RANGE:
      return new KafkaJSOffsetOutOfRange(text, facts);
    case ERROR_CODES.ERR_REQUEST_TIMED_OUT:
      return new KafkaJSRequestTimeoutError(text, facts);
    case ERROR_CODES.ERR__NOT_IMPLEMENTED:
      return new KafkaJSNotImplemented(text, facts);
    case ERROR_CODES.ERR__TIMED_OUT:
      return new KafkaJSTimeout(text, facts);
    case ERROR_CODES.ERR__ALL_BROKERS_DOWN:
      return new KafkaJSNoBrokerAvailableError(text, facts);
    case ERROR_CODES.ERR__TRANSPORT:
      return new KafkaJSConnectionError(text, facts);
    default:
      return code > 0 ? new KafkaJSProtocolError(text, facts) : new KafkaJSError(text, facts);
  }
}

/** A method called at the wrong time. */
export function stateError(text: string): KafkaJSError {
  return new KafkaJSError(text, { code: ERROR_CODES.ERR__STATE });
}

/** An argument or option the real client refuses. */
export function argumentError(text: string): KafkaJSError {
  return new KafkaJSError(text, { code: ERROR_CODES.ERR__INVALID_ARG });
}

/** The real client has not got it either: the same error there. */
export function notImplemented(text = 'Not implemented'): KafkaJSError {
  return new KafkaJSError(text, { code: ERROR_CODES.ERR__NOT_IMPLEMENTED });
}

/** The real client has it and the model has not. */
export function notModelled(what: string, why: string): KafkaJSError {
  return new KafkaJSNotImplemented(`${what} is not part of this lab's model of Kafka: ${why}`, {
    code: ERROR_CODES.ERR__NOT_IMPLEMENTED,
  });
}

/** Whether a value is one of this client's errors. */
export function isKafkaJSError(error: unknown): boolean {
  return error instanceof KafkaJSError;
}

/** Always compares names that this client never sets: false for its own errors, as in the real client. */
export function isRebalancing(error: { readonly type?: unknown }): boolean {
  const { type } = error;
  return type === 'REBALANCE_IN_PROGRESS' || type === 'NOT_COORDINATOR_FOR_GROUP' || type === 'ILLEGAL_GENERATION';
}
