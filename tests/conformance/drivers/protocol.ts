/**
 * What a run says to the process of a client, and what it hears: one JSON object a line, on standard input and output. The
 * same for kafkajs, Confluent's client and the Java client, so one scenario runs on all three.
 */

export interface ProducerSpec {
  readonly name: string;
  readonly bootstrap: string;
  readonly brokers: number;
  readonly idempotent?: boolean;
  readonly tid?: string;
  readonly acks?: 0 | 1 | -1;
  readonly retries?: number;
  readonly txnTimeoutMs?: number;
  /** How long the broker may wait for its followers before it answers. */
  readonly ackTimeoutMs?: number;
  readonly requestTimeoutMs?: number;
  readonly deliveryTimeoutMs?: number;
}

export type HandlerMode = 'collect' | 'step' | 'batch';

export interface ConsumerSpec {
  readonly name: string;
  readonly bootstrap: string;
  readonly brokers: number;
  readonly group: string;
  readonly topics: readonly string[];
  readonly mode: HandlerMode;
  /** Absent settings are the client's own defaults. */
  readonly from?: 'earliest' | 'latest';
  readonly isolation?: 'ru' | 'rc';
  readonly autoCommit?: boolean;
  readonly autoResolve?: boolean;
  readonly sessionMs?: number;
  readonly maxPollRecords?: number;
  readonly instanceId?: string;
}

export interface OfPartition {
  readonly topic: string;
  readonly partition: number;
}

export type Ask =
  | { readonly cmd: 'producer'; readonly spec: ProducerSpec }
  | { readonly cmd: 'begin' | 'commit' | 'abort'; readonly name: string }
  | ({
      readonly cmd: 'send';
      readonly name: string;
      readonly values: readonly string[];
      readonly acks?: number;
    } & OfPartition)
  | ({
      readonly cmd: 'send-each';
      readonly name: string;
      readonly values: readonly string[];
      readonly paceMs: number;
    } & OfPartition)
  | ({
      readonly cmd: 'send-offsets';
      readonly name: string;
      readonly consumer: string;
      readonly group: string;
      readonly offset: number;
    } & OfPartition)
  | { readonly cmd: 'consumer'; readonly spec: ConsumerSpec }
  | { readonly cmd: 'done'; readonly name: string }
  | { readonly cmd: 'throw'; readonly name: string; readonly error: string }
  | { readonly cmd: 'resolve'; readonly name: string; readonly offset: number }
  | ({
      readonly cmd: 'commit-offset';
      readonly name: string;
      readonly offset: number;
      /** The process kills itself in the statement behind the resolved commit. */
      readonly thenKill: boolean;
    } & OfPartition)
  | ({ readonly cmd: 'own-committed'; readonly name: string } & OfPartition)
  | ({ readonly cmd: 'seek'; readonly name: string; readonly offset: number } & OfPartition)
  | { readonly cmd: 'assigned'; readonly name: string }
  | { readonly cmd: 'assignments'; readonly name: string }
  | { readonly cmd: 'close'; readonly name: string }
  | ({
      readonly cmd: 'admin-committed';
      readonly bootstrap: string;
      readonly brokers: number;
      readonly group: string;
      readonly isStable: boolean;
    } & OfPartition)
  | ({
      readonly cmd: 'read';
      readonly bootstrap: string;
      readonly brokers: number;
      readonly group: string;
      readonly isolation: 'ru' | 'rc';
      /** How many records a correct reader gets; it goes on for a while behind that, for those that are too many. */
      readonly expected: number;
      /** The offset at which the log ends for this isolation level. */
      readonly end: number;
    } & OfPartition);

export interface ClientError {
  /** Name of the error's class; Java: the simple name. */
  readonly name: string;
  /** What stands for the error in a scenario's result when it has no code of Kafka's. */
  readonly type: string;
  /** Kafka's error code, when the broker's answer is known to be the cause. */
  readonly code: number | null;
  readonly message: string;
}

export interface SeenRecord {
  readonly offset: number;
  readonly value: string;
}

export type Answer = { readonly n: number; readonly ok: unknown } | { readonly n: number; readonly err: ClientError };

export type Event =
  | {
      readonly event: 'delivered';
      readonly name: string;
      readonly topic: string;
      readonly partition: number;
      readonly records: readonly SeenRecord[];
    }
  /** The consumer has stopped for good. */
  | { readonly event: 'crashed'; readonly name: string; readonly err: ClientError }
  /** Nobody handled this rejection. */
  | { readonly event: 'unhandled'; readonly err: ClientError };
