/**
 * The verdict: what was explored, what was found, and the shortest execution that shows it. Plain JSON; every sentence
 * in it is a text id with parameters, looked up in `grader/texts` (English and Russian).
 */
import type { Recording } from '../simulation/trace';

export type VerdictStatus = 'pass' | 'fail' | 'inconclusive';

/** Fault kinds of `grader/faults`, in didactic order (exploration.md c.2). */
export type FaultKind =
  | 'crash'
  | 'lost-answer'
  | 'lost-request'
  | 'connection-lost-before-commit'
  | 'connection-lost-after-commit'
  | 'service-error'
  | 'service-timeout'
  | 'send-error'
  | 'abortable-error'
  | 'pause'
  | 'restart'
  | 'delay'
  | 'reorder'
  | 'poison'
  | 'broker-crash'
  | 'broker-restart'
  | 'broker-pause'
  | 'fail-over'
  | 'coordinator-move'
  | 'isr-shrink'
  | 'unclean-fail-over';

/** Anomalies of exploration.md a.2 that this engine checks. */
export type AnomalyId =
  | `A${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14}`
  | `A${15 | 16 | 17 | 18 | 19 | 20 | 21 | 22 | 23 | 24 | 25 | 26 | 27 | 28}`
  | `L${1 | 2}`
  | `N${1 | 2 | 3 | 4}`
  | 'X1';

/** What a lab says of an anomaly: it fails the lab, is shown as "seen, allowed here", or has to be seen somewhere. */
export type AnomalyRule = 'forbidden' | 'allowed' | 'witness';

export type TextParams = Readonly<Record<string, string | number>>;

/** A sentence by id, e.g. `{ id: 'headline.A7', params: { record: '2' } }`. */
export interface Text {
  readonly id: string;
  readonly params: TextParams;
}

export interface AnomalyFinding {
  readonly id: AnomalyId;
  /** Language-neutral name, e.g. `lost-record`. */
  readonly name: string;
  readonly rule: AnomalyRule;
  /** True when this finding alone keeps the lab from passing; never where labs lack what the program asks for. */
  readonly failing: boolean;
  /** Executions that show it. */
  readonly count: number;
  /** Fewest faults with which it appears. */
  readonly minFaults: number;
  /** The shortest execution that shows it. */
  readonly plan: readonly string[];
  readonly executionCode: string;
  readonly traceHash: string;
  /** Business id of the record concerned, if it is about one record. */
  readonly record: string | null;
  /** Executions by the kinds of fault in their plan; 'none' for fault-free ones. A plan with two kinds counts in both. */
  readonly byFault: Readonly<Partial<Record<FaultKind | 'none', number>>>;
}

/** What is wrong with the program itself, so that it could not be judged by its executions. */
export interface Diagnosis {
  readonly kind:
    | 'syntax-error'
    | 'unsupported-syntax'
    /** Something of Node or PostgreSQL that a lab's world does not have. */
    | 'unavailable'
    | 'missing-module'
    | 'top-level-throw'
    | 'thrown-non-error'
    | 'unhandled-rejection'
    | 'endless-loop'
    | 'endless-microtasks'
    | 'never-settles'
    | 'out-of-memory'
    | 'not-responding'
    | 'output-flood'
    | 'forbidden';
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** What labs lack: a part of Node, of the language or of PostgreSQL, a package, a name that the engine keeps for itself. */
const LACKS: ReadonlySet<Diagnosis['kind']> = new Set([
  'unavailable',
  'unsupported-syntax',
  'missing-module',
  'forbidden',
]);

/**
 * The program asks for what labs do not have. It may be right under Node and PostgreSQL, so the verdict is inconclusive
 * and nothing that its executions showed counts against it.
 */
export function isBeyondLabs(diagnosis: Diagnosis | null): boolean {
  return diagnosis !== null && LACKS.has(diagnosis.kind);
}

/** The program was never put to the test: it could not be run, or asks for what labs do not have. */
export function isNotJudged({ diagnosis, explored }: Pick<Verdict, 'diagnosis' | 'explored'>): boolean {
  return diagnosis !== null && (explored.executions === 0 || isBeyondLabs(diagnosis));
}

export interface StoryStep {
  /** Step of the recording that this sentence tells. */
  readonly step: number;
  readonly time: number;
  readonly text: Text;
  readonly line?: number;
}

export interface Verdict {
  readonly schema: 1;
  readonly lab: string;
  readonly engineVersion: string;
  /** The Kafka release whose behaviour the model has. */
  readonly kafkaVersion: string;
  /** Hash of the engine, the labs included: equal hashes give equal verdicts. */
  readonly modelHash: string;
  readonly client: 'confluent';
  readonly status: VerdictStatus;
  readonly headline: Text;
  /** One sentence: what was considered and explored. */
  readonly boundLine: Text;
  readonly bound: {
    readonly faults: number;
    readonly kinds: readonly FaultKind[];
    /** Workloads that are tried with that many faults. */
    readonly variations: number;
    /** Longer ones, tried with fewer. */
    readonly longer?: readonly { readonly records: number; readonly faults: number }[];
    readonly search: 'reduced' | 'naive';
  };
  readonly explored: {
    readonly executions: number;
    readonly failing: number;
    readonly byFaults: readonly number[];
    readonly events: number;
  };
  /** Executions in which a fault of the kind fired. */
  readonly coverage: Readonly<Partial<Record<FaultKind, number>>>;
  readonly witnesses: readonly { readonly id: string; readonly executions: number }[];
  readonly anomalies: readonly AnomalyFinding[];
  readonly diagnosis: Diagnosis | null;
  /** At most seven sentences about the shown execution. */
  readonly story: readonly StoryStep[];
  /** The contradiction, in two or three sentences. */
  readonly why: readonly Text[];
  /** The shown execution: the shortest failure, or of a pass the hardest one it survived. */
  readonly shown: { readonly executionCode: string; readonly traceHash: string } | null;
  /** Times differ from run to run; everything else is equal wherever the verdict is made. */
  readonly cost: { readonly elapsedMs: number; readonly executionsPerSecond: number };
}

export interface GradeResult {
  readonly verdict: Verdict;
  /** The shown execution, recorded. Null when the program could not be started at all. */
  readonly recording: Recording | null;
}

export interface GradeProgress {
  readonly executions: number;
  /** Executions known so far to be in the search; grows level by level. */
  readonly planned: number;
  readonly faults: number;
  /** Set as soon as a failing execution is known. */
  readonly failing: boolean;
}
