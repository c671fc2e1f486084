/** From a verdict and a run without faults to the numbers of one row. */
import type { AnomalyId, Verdict } from '../../src/grader/verdict';
import type { Recording } from '../../src/simulation/trace';
import type { Yardstick } from './rows';

/** `ComparisonRow` of `src/components/measured/generated.d.ts`. */
export interface Measurement {
  /** Executions tried, and the most faults in one. */
  readonly executions: number;
  readonly faults: number;
  /** Executions that lose a record, and those that repeat one. */
  readonly lost: number;
  readonly repeated: number;
  /** Virtual milliseconds from one record to the next without faults. */
  readonly msPerRecord: number;
}

export function measure(verdict: Verdict, faultFree: Recording, { loss, repeat, beat }: Yardstick): Measurement {
  const count = (id: AnomalyId): number => verdict.anomalies.find((finding) => finding.id === id)?.count ?? 0;
  return {
    executions: verdict.explored.executions,
    faults: verdict.bound.faults,
    lost: count(loss),
    repeated: count(repeat),
    msPerRecord: msPerRecord(faultFree, beat),
  };
}

/** @throws Error when the run has not come to two records */
function msPerRecord({ events, executionCode }: Recording, beat: Yardstick['beat']): number {
  // The workload's own records are appended before any process lives.
  const times = events
    .filter(({ kind, incarnation }) => kind === beat && (beat !== 'append' || incarnation !== undefined))
    .map(({ time }) => time);
  if (times.length < 2) throw new Error(`${executionCode}: ${times.length} events "${beat}"; two are needed.`);
  return Math.round((10 * (times.at(-1)! - times[0]!)) / (times.length - 1)) / 10;
}
