/** What a storm has found, as plain JSON; its sentences are text ids with parameters, like a verdict's. */
import type { Recording } from '../../simulation/trace';
import type { AnomalyId, AnomalyRule, FaultKind, StoryStep, Text, VerdictStatus } from '../verdict';

/** The failure that is told: as it was found, and as small as it can be made. */
export interface StormFailure {
  readonly anomaly: AnomalyId;
  /** Language-neutral name, e.g. `lost-record`. */
  readonly name: string;
  /** Business id of the record concerned; null if it is not about one. */
  readonly record: string | null;
  /** Seed of the run that failed: `--storm 1 --seed <seed>` draws it again. */
  readonly seed: number;
  readonly found: { readonly executionCode: string; readonly faults: number; readonly records: number };
  readonly minimal: {
    readonly executionCode: string;
    readonly traceHash: string;
    readonly plan: readonly string[];
    /** Business ids of the records that are left. */
    readonly records: readonly string[];
  };
  /** Executions that making it small has taken, those that made sure of the fewest faults not counted. */
  readonly attempts: number;
  /** No plan with fewer faults shows it on these records: all were tried. */
  readonly isFewest: boolean;
}

export interface StormReport {
  readonly schema: 1;
  readonly kind: 'storm';
  readonly lab: string;
  readonly engineVersion: string;
  readonly kafkaVersion: string;
  readonly modelHash: string;
  readonly client: 'confluent';
  readonly status: VerdictStatus;
  readonly headline: Text;
  /** One sentence: what was drawn. */
  readonly boundLine: Text;
  /** The first run's seed; the others' follow it. */
  readonly seed: number;
  /** Runs asked for, run, and of these failing. */
  readonly runs: { readonly asked: number; readonly done: number; readonly failing: number };
  /** Each run is several: with no fault, with the first, with the first two … Those of making it small are not counted. */
  readonly executions: number;
  /** The most that a run had. */
  readonly most: { readonly faults: number; readonly records: number; readonly partitions: number };
  /** Runs in which a fault of the kind struck. */
  readonly coverage: Readonly<Partial<Record<FaultKind, number>>>;
  readonly anomalies: readonly {
    readonly id: AnomalyId;
    readonly name: string;
    readonly rule: AnomalyRule;
    readonly failing: boolean;
    /** Runs that show it. */
    readonly runs: number;
  }[];
  readonly failure: StormFailure | null;
  readonly story: readonly StoryStep[];
  readonly why: readonly Text[];
  /** Times differ from run to run; everything else is equal for equal seeds. */
  readonly cost: { readonly elapsedMs: number };
}

export interface StormResult {
  readonly report: StormReport;
  /** The smallest failure, recorded; null without one. */
  readonly recording: Recording | null;
}
