/**
 * The search: every plan up to the fault bound, breadth first by the number of faults, so that the first failure found
 * needs the fewest (exploration.md c.2). The frontier is in a fixed order, so results do not depend on who runs it.
 */
import { runExecution, type ExecutionOutcome } from './run-execution';
import type { Lab } from './lab';
import type { Execution } from './plan';
import type { Program } from './program';

export interface SearchOptions {
  /** Largest number of faults in a plan. */
  readonly faults: number;
  readonly naive: boolean;
}

export interface Explored {
  readonly execution: Execution;
  readonly outcome: ExecutionOutcome;
}

export class Search {
  /** Executions done. */
  executions = 0;
  /** Number of faults in the plans being tried now. */
  level = 0;
  /** Executions done by number of faults. */
  readonly byFaults: number[] = [0];
  private frontier: Execution[];
  private position = 0;
  private nextLevel: Execution[] = [];

  constructor(
    private readonly lab: Lab,
    private readonly program: Program,
    private readonly options: SearchOptions,
  ) {
    this.frontier = lab.workloads.map((_workload, variation) => ({ variation, plan: [] }));
  }

  /** Executions known so far to belong to the search. */
  get planned(): number {
    return this.executions + (this.frontier.length - this.position) + this.nextLevel.length;
  }

  /** Runs the next execution; null when all are done. */
  next(): Explored | null {
    if (this.position === this.frontier.length && !this.descend()) return null;
    const execution = this.frontier[this.position]!;
    this.position += 1;
    const isLeaf = execution.plan.length >= this.options.faults;
    const outcome = runExecution({
      lab: this.lab,
      program: this.program,
      execution,
      options: { kinds: isLeaf ? [] : this.lab.faults.kinds, naive: this.options.naive },
    });
    for (const point of outcome.points) this.nextLevel.push({ variation: execution.variation, plan: [...execution.plan, point] });
    this.executions += 1;
    this.byFaults[this.level] = (this.byFaults[this.level] ?? 0) + 1;
    return { execution, outcome };
  }

  private descend(): boolean {
    if (this.nextLevel.length === 0) return false;
    this.frontier = this.nextLevel;
    this.nextLevel = [];
    this.position = 0;
    this.level += 1;
    this.byFaults[this.level] = 0;
    return true;
  }
}
