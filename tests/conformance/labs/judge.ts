/**
 * Compares what an execution on a real cluster has left with the lab's guarantee. It sees less than the model's checkers do:
 * effects, logs, and whether the program ends; not what was delivered to the program's memory.
 */
import type { Lab, Workload } from '../../../src/grader/lab';
import type { Plan } from '../../../src/grader/plan';
import type { AnomalyId } from '../../../src/grader/verdict';
import type { RealOutcome } from './execution';

export interface Seen {
  readonly id: AnomalyId;
  /** Business id of the first record that shows it. */
  readonly record: string;
}

/** Everything that can be seen from outside; whether the lab forbids it is another question. */
export function anomaliesOf(workload: Workload, plan: Plan, outcome: RealOutcome): Seen[] {
  const seen: Seen[] = [];
  const add = (id: AnomalyId, record: string | undefined): void => {
    if (record !== undefined) seen.push({ id, record });
  };
  if (outcome.hasGivenUp) add('L2', '');
  else if (!outcome.hasRested) add('L1', '');
  if (workload.input === undefined) {
    const all = [...outcome.applied, ...outcome.appliedWhenIdle];
    const ids = workload.batches.flat().map(({ id }) => id);
    const twice = ids.find((id) => all.filter((applied) => applied === id).length > 1);
    add(
      'A7',
      ids.find((id) => !all.includes(id)),
    );
    add('A9', twice);
    if (isOnlyRestarts(plan)) add('A15', outcome.appliedWhenIdle[0]);
    return seen;
  }
  const stored = Object.values(outcome.logs).flat().map(idIn);
  const ids = workload.input.values.map(({ id }) => id);
  add(
    'A1',
    ids.find((id) => !stored.includes(id)),
  );
  add(
    'A3',
    ids.find((id) => stored.filter((one) => one === id).length > 1),
  );
  if (plan.length === 0)
    add(
      'N4',
      ids.find((id) => !stored.includes(id)),
    );
  return seen;
}

/** Those that break the lab's guarantee. */
export function forbidden(lab: Lab, seen: readonly Seen[]): Seen[] {
  return seen.filter(({ id }) => lab.anomalies[id] === 'forbidden' || id === 'L2');
}

function isOnlyRestarts(plan: Plan): boolean {
  return plan.every(({ fault }) => fault === 'restart');
}

function idIn(value: string): string {
  return String((JSON.parse(value) as { readonly id?: unknown }).id);
}
