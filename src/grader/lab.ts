/**
 * What the grader has to know of a lab: its world, its workload, its faults and its guarantee.
 *
 * `labs/<id>/lab.ts` default-exports `defineLab({ … })` of `src/course/define-lab.ts`, which adds the expected verdict
 * of every version in the folder.
 */
import type { Tables } from '../database/journal';
import type { AnomalyId, AnomalyRule, FaultKind } from './verdict';

/** The brokers of a lab. A topic has the same replication factor and `min.insync.replicas` as every other one. */
export interface LabCluster {
  /** Number of brokers; their ids begin with 1. */
  readonly brokers: number;
  /** All brokers when left out. */
  readonly replicationFactor?: number;
  /** 1, as in Kafka, when left out. */
  readonly minInsyncReplicas?: number;
  /** `unclean.leader.election.enable`: false, as in Kafka, when left out (REP-5). */
  readonly uncleanLeaderElection?: boolean;
}

export interface LabRecord {
  /** Business id: unique within the workload; effects are matched by it. */
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly key: string | null;
  /** JSON with the field `id`. */
  readonly value: string;
  /**
   * It has the timestamp of the record before it in its batch, as records that a producer sends at once have. Else every
   * record has a millisecond of its own.
   */
  readonly isSameMillisecond?: boolean;
}

/** Modules that may lie beside a program, read-only, and hold what it has to send: `import { orders } from './orders'`. */
export const INPUT_MODULES = ['orders', 'readings'] as const;

export type InputModuleName = (typeof INPUT_MODULES)[number];

/** What a producer takes from a module beside it; `labs/<id>/<module>.ts` is that module with the input of v0. */
export interface InputModule {
  /** Name of the module's file and of its one export, an array. */
  readonly module: InputModuleName;
  /** Plain JSON; each value has an `id` that is unique within the workload, and is to reach a topic with it. */
  readonly values: readonly { readonly id: string }[];
}

/** One input: v0 is what the learner sees, the others are hidden and graded as well. */
export interface Workload {
  readonly topics: readonly { readonly name: string; readonly partitions: number }[];
  /** Instead of the lab's: faults of brokers cost much, and one small workload may be enough for them. */
  readonly cluster?: LabCluster;
  /**
   * Makes the program a job: it sends these, and its end with exit code 0 says that they are sent. A job is not started
   * again without need, so there is no idle restart at the end.
   */
  readonly input?: InputModule;
  /** The first batch is in the log when the program starts; each next one arrives when the program has come to rest. */
  readonly batches: readonly (readonly LabRecord[])[];
  /**
   * Fewer faults than the lab's bound. For a workload that is long because something runs out with the number of records
   * (connections, memory): that needs no fault, and plans for so many records would be too many.
   */
  readonly maxFaults?: number;
}

export interface LabService {
  /** Lane and host name, e.g. `shipping`. */
  readonly name: string;
  /** Name of the environment variable that holds its address, e.g. `SHIPPING_URL`. */
  readonly urlVariable: string;
  /** Accepts a request, or answers with an error status and does nothing. Called at the moment of the effect. */
  readonly handle: (request: ServiceRequest) => ServiceAnswer;
  /** The same request under the same `Idempotency-Key` is done once and answered again. */
  readonly honoursKeys?: boolean;
}

/** A database that the program reaches with `pg`. */
export interface LabDatabase {
  /** PostgreSQL statements that make and fill the tables before the program starts. */
  readonly schema: string;
  /**
   * How often the effect of each record stands in the tables, by business id; records without an effect may be left out.
   * Called with what has been committed.
   */
  readonly effects: (tables: Tables, records: readonly LabRecord[]) => Readonly<Record<string, number>>;
  /** For labs that announce what stands in a table: the topic, and the business ids of the rows (A26). */
  readonly outbox?: { readonly topic: string; readonly rows: (tables: Tables) => readonly string[] };
  /** For tables that hold more than whether a record is in them: what they have to hold at the end, and what they hold, by key (A11). */
  readonly fold?: {
    readonly expected: (records: readonly LabRecord[]) => Readonly<Record<string, string | number>>;
    readonly actual: (tables: Tables, records: readonly LabRecord[]) => Readonly<Record<string, string | number>>;
  };
}

/**
 * A topic whose records are the effects: those that a fresh read_committed reader finds there at the end. Each names its
 * input by the field `id` of its JSON value.
 */
export interface LabOutput {
  readonly topic: string;
  /** Whether a value is what the program had to make of this input; any value with its id is when absent. */
  readonly isRight?: (value: string, input: LabRecord) => boolean;
}

export interface ServiceRequest {
  readonly method: string;
  /** Path with query, e.g. `/shipments`. */
  readonly path: string;
  readonly body: string;
  /** Value of the header `Idempotency-Key`; absent when there is none. */
  readonly idempotencyKey?: string;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly body: string;
  /** Business id of the record that the request applied; null when nothing was applied. */
  readonly applied: string | null;
  /** The request sets a state: once it has been applied, it changes nothing any more. */
  readonly isIdempotent?: boolean;
}

/** The lab's own words. `{record}` is the record's id, `{count}` a number; other parameters as in `grader/texts`. */
export interface LabWords {
  /** A record in a sentence: "order {record}". */
  readonly record: string;
  /** The effect on it: "order {record} is shipped". */
  readonly effect: string;
  /** Headline by anomaly: `A7: "Order {record} was never shipped"`. */
  readonly headlines: Readonly<Partial<Record<AnomalyId | 'pass', string>>>;
  /** Column of the ledger for the effect: "shipped"; null for a job, whose ledger says what is in the log. */
  readonly effectColumn: string | null;
}

export interface Lab {
  readonly id: string;
  /** Name of the program's process and lane, e.g. `consumer`; also the editor's file name with `.ts`. */
  readonly process: string;
  readonly workloads: readonly Workload[];
  /** One broker when left out. */
  readonly cluster?: LabCluster;
  readonly services: readonly LabService[];
  readonly database?: LabDatabase;
  /** For labs whose effect is a record in a topic. */
  readonly output?: LabOutput;
  /** A clean restart of the program between two batches, while the next batch arrives. */
  readonly restartBetweenBatches: boolean;
  /**
   * Puts a record of a drawn workload (`storm/workload.ts`) right, for labs whose values follow a rule that copies under
   * fresh ids would break.
   * @param nth which record of its workload, from 0
   */
  readonly stormRecord?: (record: LabRecord, nth: number) => LabRecord;
  /** Where records belong that cannot be processed (A28); none when left out, and then nothing may be passed over. */
  readonly deadLetterTopic?: string;
  readonly faults: { readonly kinds: readonly FaultKind[]; readonly max: number };
  readonly anomalies: Readonly<Partial<Record<AnomalyId, AnomalyRule>>>;
  readonly words: { readonly en: LabWords; readonly ru: LabWords };
}

/** The module beside the lab's program, the same in all workloads; null for none. */
export function inputModuleOf({ workloads }: Lab): InputModuleName | null {
  return workloads[0]?.input?.module ?? null;
}
