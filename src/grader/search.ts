/**
 * The search of one workload: every plan up to the fault bound, breadth first by the number of faults, so that the first
 * failure found needs the fewest (exploration.md c.2). The frontier is in a fixed order, and no workload knows of another
 * one, so results do not depend on who runs them.
 */
import { runExecution, type ExecutionOutcome } from './run-execution';
import type { StuckReason } from '../simulation/trace';
import type { Lab } from './lab';
import type { Execution } from './plan';
import type { Observes } from './known-states';
import type { Program } from './program';
import type { Found } from './tally';

/** Plans kept for the next number of faults; the largest lab has 15,000 a workload with three. */
const MAX_FRONTIER = 100_000;

function isEndless(stuck: StuckReason | null): boolean {
  return stuck === 'poison-loop' || stuck === 'budget' || stuck === 'livelock' || stuck === 'endless-loop';
}

export interface SearchOptions {
  /** Largest number of faults in a plan. */
  readonly faults: number;
  readonly naive: boolean;
  /** What the program is known to look at, for `known-states.ts`. */
  readonly observes: Observes;
}

/** An execution that has been run, to its end or to a state from which an earlier one has gone on. */
export interface Run {
  readonly execution: Execution;
  readonly outcome: ExecutionOutcome;
  /** It was not run to its end: it goes on like one that has shown these. */
  readonly foundBefore: readonly Found[] | null;
}

/** An execution that has not been run: its last crash leads to a state from which an earlier one has gone on. */
export interface Skipped {
  readonly execution: Execution;
  readonly outcome: null;
  readonly foundBefore: readonly Found[];
}

export type Explored = Run | Skipped;

/** An execution to come. */
interface Planned {
  readonly execution: Execution;
  /** The state after its last fault, as foretold by the execution it differs from in this fault; null when unknown. */
  readonly stateKey: string | null;
}

export class Search {
  /** Executions done. */
  executions = 0;
  /** Of these, those that came to a state another one had come to. */
  merged = 0;
  /** Number of faults in the plans being tried now. */
  level = 0;
  /** Executions done by number of faults. */
  readonly byFaults: number[] = [0];
  /** The program makes more requests than plans can be kept for: the bound was not reached. */
  isCapped = false;
  private frontier: Planned[];
  private position = 0;
  private nextLevel: Planned[] = [];
  /** States after crashes from which an execution has been run to its end, with what it found. */
  private readonly states = new Map<string, readonly Found[]>();

  constructor(
    private readonly lab: Lab,
    private readonly program: Program,
    variation: number,
    private readonly options: SearchOptions,
  ) {
    this.frontier = [{ execution: { variation, plan: [] }, stateKey: null }];
  }

  /** Executions known so far to belong to the search. */
  get planned(): number {
    return this.executions + (this.frontier.length - this.position) + this.nextLevel.length;
  }

  /** Plans with one fault more are known. */
  get hasNextLevel(): boolean {
    return this.nextLevel.length > 0;
  }

  /** Runs the next execution of the level; null when all of them are done. */
  next(): Explored | null {
    while (this.position < this.frontier.length) {
      const planned = this.frontier[this.position]!;
      this.position += 1;
      const explored = this.skip(planned) ?? this.explore(planned.execution);
      if (explored.outcome === null || !explored.outcome.isInfeasible) return explored;
    }
    return null;
  }

  /** Spares an execution that would go on like another one: most of those whose last fault is a crash. */
  private skip({ execution, stateKey }: Planned): Skipped | null {
    const foundBefore = stateKey === null ? undefined : this.states.get(stateKey);
    if (foundBefore === undefined) return null;
    this.count();
    this.merged += 1;
    return { execution, outcome: null, foundBefore };
  }

  private count(): void {
    this.executions += 1;
    this.byFaults[this.level] = (this.byFaults[this.level] ?? 0) + 1;
  }

  private explore(execution: Execution): Run {
    const isLeaf = execution.plan.length >= this.options.faults;
    const outcome = runExecution({
      lab: this.lab,
      program: this.program,
      execution,
      options: { kinds: isLeaf ? [] : this.lab.faults.kinds, naive: this.options.naive },
      ...(this.options.naive ? {} : { known: { keys: this.states, observes: this.options.observes } }),
    });
    if (outcome.isInfeasible) return { execution, outcome, foundBefore: null };
    this.count();
    if (outcome.isKnown) {
      this.merged += 1;
      // It goes on like the other one, whose own continuations with more faults are in the search already.
      return { execution, outcome, foundBefore: this.states.get(outcome.stateKey!)! };
    }
    // Faults on top of a run that never ends by itself would tell nothing that it does not tell alone.
    if (outcome.stuck === 'budget') this.isCapped = true;
    if (isEndless(outcome.stuck)) return { execution, outcome, foundBefore: null };
    for (const [index, point] of outcome.points.entries()) {
      if (this.nextLevel.length === MAX_FRONTIER) {
        this.isCapped = true;
        break;
      }
      const next = { variation: execution.variation, plan: [...execution.plan, point] };
      this.nextLevel.push({ execution: next, stateKey: outcome.statesAfter[index]! });
    }
    return { execution, outcome, foundBefore: null };
  }

  /** Keeps what an execution has shown, for those that come to the same state. */
  note({ outcome, foundBefore }: Explored, found: readonly Found[]): void {
    if (outcome !== null && outcome.stateKey !== null && foundBefore === null) this.states.set(outcome.stateKey, found);
  }

  /** Goes on to the plans with one fault more. A workload that has none left stays at its level's end. */
  descend(): void {
    this.frontier = this.nextLevel;
    this.nextLevel = [];
    this.position = 0;
    this.level += 1;
    this.byFaults[this.level] = 0;
  }
}
