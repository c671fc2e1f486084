/** What a storm is asked for, and what it keeps of its runs. */
import type { JudgeOptions } from '../judge';
import type { Execution } from '../plan';
import type { AnomalyId, FaultKind } from '../verdict';

export interface StormOptions extends JudgeOptions {
  /** How many runs; each has a seed of its own. */
  readonly runs: number;
  /** The first run's, 0 … 2^32 - 1. */
  readonly seed: number;
  /** Faults beyond which each run goes; the lab's own bound when absent. */
  readonly faults?: number;
}

/** What is kept of the runs. */
export interface StormTally {
  done: number;
  failing: number;
  /** Runs that did not come to their end within the bounds of an execution, and show nothing. */
  endless: number;
  executions: number;
  readonly coverage: Partial<Record<FaultKind, number>>;
  /** Runs that show it, by anomaly. */
  readonly sightings: Map<AnomalyId, number>;
  readonly most: { faults: number; records: number; partitions: number };
}

/** The first run that failed. */
export interface StormCase {
  readonly seed: number;
  readonly found: Execution;
  readonly foundRecords: number;
  readonly id: AnomalyId;
  /** As small as it has been made so far. */
  smallest: Execution;
  attempts: number;
  /** All plans with fewer faults on its records were tried, and none shows it. */
  isFewest: boolean;
}
