/** Compares what an execution on a real cluster has left with the lab's guarantee, by the checkers that judge the model. */
import type { Lab, Workload } from '../../../src/grader/lab';
import { ANOMALIES, nothingDone } from '../../../src/grader/anomalies';
import type { Evidence } from '../../../src/grader/anomalies/anomaly';
import type { Plan } from '../../../src/grader/plan';
import type { AnomalyId } from '../../../src/grader/verdict';
import type { RealEvidence } from './evidence';
import { historyOf } from './history';

export interface Seen {
  readonly id: AnomalyId;
  /** Business id of the first record that shows it; empty when it is about none. */
  readonly record: string;
}

/** Everything that can be seen from outside; whether the lab forbids it is another question. */
export function anomaliesOf(lab: Lab, workload: Workload, plan: Plan, evidence: RealEvidence): Seen[] {
  const { hasRested, hasGivenUp } = evidence;
  const history = historyOf(evidence, workload.batches.flat(), lab.output);
  const judged: Evidence = { history, stuck: hasRested || hasGivenUp ? null : 'livelock', hasGivenUp };
  const checkers = plan.length === 0 ? [...ANOMALIES, nothingDone] : ANOMALIES;
  return checkers.flatMap(({ id, check }) => {
    // Where losing is forbidden, A1 and A7 say it better.
    if (id === 'N4' && lab.anomalies[id] === undefined) return [];
    const found = check(judged);
    return found === null ? [] : [{ id, record: found.record ?? '' }];
  });
}

/** Those that break the lab's guarantee. */
export function forbidden(lab: Lab, seen: readonly Seen[]): Seen[] {
  return seen.filter(({ id }) => lab.anomalies[id] === 'forbidden' || id === 'L2' || id === 'N1');
}
