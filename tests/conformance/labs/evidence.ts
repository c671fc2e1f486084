/**
 * What an execution on a real cluster has left, as plain data that can be kept in a file: logs with their markers, the log of
 * committed offsets, what the services have applied, and how far all of that had come whenever a process began or ended.
 */
import type { InputRecord, PartitionName } from '../../../src/simulation/history';

/** A record of a log, or a marker; offsets without either are gaps. */
export interface StoredRecord {
  readonly offset: number;
  readonly value: string | null;
  /** -1 for a producer without idempotence. */
  readonly producerId: number;
  readonly isTransactional: boolean;
  readonly marker: 'abort' | 'commit' | null;
}

/** A record of `__consumer_offsets` that is about an offset, or a marker there. */
export type OffsetStep =
  | {
      readonly group: string;
      readonly partition: PartitionName;
      readonly offset: number;
      /** Null for a commit of the consumer. */
      readonly producerId: number | null;
    }
  | { readonly producerId: number; readonly marker: 'abort' | 'commit' };

/** A moment at which nothing of the program runs. */
export interface Mark {
  /** `start`: a process is about to begin; `end`: one has ended; `idle`: the last restart, without new input, is to come. */
  readonly what: 'start' | 'end' | 'idle';
  /** Which life of the process: the one that begins, or that has ended. */
  readonly incarnation: number;
  /** Of an `end`: whether it was ended from outside, and its exit code else. */
  readonly how?: 'crash' | 'stop' | 'exit';
  readonly code?: number;
  /** Effects that services have applied so far. */
  readonly applied: number;
  /** End offset of each log, and number of steps in each partition of `__consumer_offsets`. */
  readonly ends: Readonly<Record<PartitionName, number>>;
  readonly offsets: readonly number[];
}

export interface RealEvidence {
  readonly input: readonly InputRecord[];
  /** Business ids of what a job was given to send. */
  readonly toSend: readonly string[];
  readonly applied: readonly { readonly record: string; readonly service: string; readonly incarnation: number }[];
  readonly logs: Readonly<Record<PartitionName, readonly StoredRecord[]>>;
  /** By partition of `__consumer_offsets`, in the order of its log. */
  readonly offsets: readonly (readonly OffsetStep[])[];
  readonly marks: readonly Mark[];
  /** Faults of the plan. */
  readonly faults: number;
  readonly hasRested: boolean;
  /** It was started again and again and ended with an error each time. */
  readonly hasGivenUp: boolean;
}
