/**
 * The faults that a lab's program is put through on a real cluster: each kind of the lab, once, at every point that can be hit
 * by counting. The points are those of a run without faults.
 */
import type { Lab } from '../../../src/grader/lab';
import type { Plan, PlannedFault } from '../../../src/grader/plan';
import type { RealOutcome } from './execution';
import { COUNTED, type Counted } from './points';

export function plansFor({ faults }: Lab, counts: RealOutcome['counts'], rests: number): Plan[] {
  const plans: Plan[] = [];
  const add = (
    fault: PlannedFault['fault'],
    at: PlannedFault['at'],
    nth: number,
    phase: PlannedFault['phase'],
  ): void => {
    plans.push([{ fault, at, nth, phase, heldCommit: 0, isAutoCommitFirst: false }]);
  };
  const each = (kind: Counted, act: (nth: number) => void): void => {
    for (let nth = 1; nth <= counts[kind]; nth += 1) act(nth);
  };
  for (const kind of COUNTED) {
    if (faults.kinds.includes('crash')) {
      each(kind, (nth) => {
        add('crash', kind, nth, 'before');
        add('crash', kind, nth, 'after');
      });
    }
    for (const loss of ['lost-answer', 'lost-request'] as const) {
      if (faults.kinds.includes(loss)) each(kind, (nth) => add(loss, kind, nth, null));
    }
  }
  if (faults.kinds.includes('restart')) for (let nth = 1; nth <= rests; nth += 1) add('restart', 'rest', nth, null);
  return plans;
}
