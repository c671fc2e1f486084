/**
 * One run of a storm: a workload and faults drawn from its seed. The faults are drawn one by one, each from the points that
 * the execution with those before it has shown, so that they strike where there is something to strike, also in the recovery
 * from an earlier one. Every execution on the way is judged.
 */
import type { Lab } from '../lab';
import type { Execution, Plan, PlannedFault } from '../plan';
import type { Program } from '../program';
import { runExecution, type ExecutionOutcome } from '../run-execution';
import { findAll, type Found } from '../digest';
import type { AnomalyId } from '../verdict';
import { Chance } from './chance';
import { drawNext, drawSwarm, type Swarm } from './swarm';

/** A plan may turn out to be impossible (CLI-51); then another fault is drawn in the place of its last. */
const MAX_DRAWS = 5;

export interface StormRunSetting {
  readonly lab: Lab;
  readonly program: Program;
  /** Faults beyond which the run goes. */
  readonly bound: number;
  readonly isFailing: (id: AnomalyId) => boolean;
}

export class StormRun {
  /** The last execution that was possible. */
  execution: Execution;
  executions = 0;
  /** Anomalies of that execution. */
  found: readonly Found[] = [];
  /** The forbidden one that names the failure; null while there is none. */
  failure: Found | null = null;
  /** It did not end by itself within its bounds, or a turn of it did not end. */
  isEndless = false;
  /** A turn did not end: every further execution would take as long. */
  isHalted = false;
  private readonly chance: Chance;
  private readonly swarm: Swarm;
  private points: readonly PlannedFault[] = [];
  private draws = 0;

  constructor(
    private readonly setting: StormRunSetting,
    readonly seed: number,
  ) {
    this.chance = new Chance(seed, 'faults');
    this.swarm = drawSwarm(this.chance, setting.lab, setting.bound);
    this.execution = this.executionOf([]);
  }

  private executionOf(plan: Plan): Execution {
    return { variation: 0, storm: { seed: this.seed, records: null }, plan };
  }

  /** Runs one execution more. @returns false when the run is over */
  step(): boolean {
    const execution = this.executions === 0 ? this.execution : this.drawn();
    if (execution === null) return false;
    this.executions += 1;
    const outcome = this.carryOut(execution);
    if (outcome.isInfeasible) return (this.draws += 1) < MAX_DRAWS;
    this.draws = 0;
    this.execution = execution;
    this.points = outcome.points;
    this.take(outcome);
    return this.failure === null && !this.isEndless;
  }

  private drawn(): Execution | null {
    const { plan } = this.execution;
    if (plan.length >= this.swarm.faults) return null;
    const next = drawNext(this.chance, this.swarm, this.points, this.swarm.faults - plan.length);
    return next === null ? null : this.executionOf([...plan, next]);
  }

  private carryOut(execution: Execution): ExecutionOutcome {
    const { lab, program } = this.setting;
    const isLast = execution.plan.length >= this.swarm.faults;
    const kinds = isLast ? [] : lab.faults.kinds;
    return runExecution({ lab, program, execution, options: { kinds, naive: false } });
  }

  private take(outcome: ExecutionOutcome): void {
    this.found = findAll(outcome);
    this.failure = this.found.find(({ id }) => this.setting.isFailing(id)) ?? null;
    this.isHalted = outcome.diagnosis !== null;
    // Faults on top of what never ends would tell nothing more.
    this.isEndless = outcome.stuck !== null && outcome.stuck !== 'deadlock' && outcome.stuck !== 'idle';
  }
}
