/**
 * Whether fewer faults are enough: ddmin leaves faults out, but does not look whether other ones, elsewhere, would do with
 * fewer. On the few records that are left the search itself can say so.
 */
import { Grading } from '../grade';
import type { JudgeOptions } from '../judge';
import type { Lab, Workload } from '../lab';
import type { Plan } from '../plan';
import type { Program } from '../program';
import { mergeReports } from '../search-report';
import type { AnomalyId } from '../verdict';

/** Beyond this the answer has to do without. */
const MAX_EXECUTIONS = 20_000;
/** Executions between two looks at what they have shown. */
const AT_A_TIME = 10;

export interface FewestFaults {
  /** The shortest plan with fewer faults that shows the anomaly; null when there is none, or none was found in time. */
  readonly plan: Plan | null;
  /** All plans with fewer faults were tried. */
  readonly isComplete: boolean;
}

export interface Question {
  readonly lab: Lab;
  readonly program: Program;
  readonly workload: Workload;
  readonly id: AnomalyId;
  /** Faults of the plan that is known. */
  readonly faults: number;
  readonly options: JudgeOptions;
}

/** Yields now and then, so that it can be interrupted. */
export function* fewestFaults({
  lab,
  program,
  workload,
  id,
  faults,
  options,
}: Question): Generator<void, FewestFaults> {
  // Without any fault it has been tried by whoever asks.
  if (faults < 2) return { plan: null, isComplete: true };
  const { modelHash, engineVersion } = options;
  const alone: Lab = { ...lab, workloads: [workload] };
  const search = new Grading(alone, program, { modelHash, engineVersion, faults: faults - 1 });
  for (let isOver = false; !isOver;) {
    if (search.progress().executions > MAX_EXECUTIONS) return { plan: null, isComplete: false };
    isOver = search.advance(AT_A_TIME);
    const sighting = mergeReports(search.reports()).sightings.get(id);
    // Breadth first: the first one found has the fewest.
    if (sighting !== undefined) return { plan: sighting.example.execution.plan, isComplete: true };
    yield;
  }
  const { isCapped } = mergeReports(search.reports());
  return { plan: null, isComplete: !isCapped };
}
