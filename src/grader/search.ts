/**
 * The search of one workload: every plan up to the fault bound, breadth first by the number of faults, so that the first
 * failure found needs the fewest (exploration.md c.2). The frontier is in a fixed order, and no workload knows of another
 * one, so results do not depend on who runs them.
 *
 * Running an execution (`run`) and counting it (`accept`) are two steps. They follow on each other where one worker does
 * all. Where several share a level, each runs some of it, and then each accepts the whole of it, in the order of the
 * frontier: what it comes to is what one worker would have come to.
 */
import type { StuckReason } from '../simulation/trace';
import type { StuckProgram } from '../simulation/world';
import { digestOf, type Digest, type Found } from './digest';
import type { Observes } from './known-states';
import type { Lab } from './lab';
import type { Execution } from './plan';
import type { Program } from './program';
import { runExecution } from './run-execution';

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

/** An execution as it counts. */
export interface Explored {
  readonly execution: Execution;
  readonly isPlanDone: boolean;
  readonly found: readonly Found[];
  /** It was run to its end; others go on like one that was, from the same state, and have shown what that one has. */
  readonly isWhole: boolean;
  /** Events that had to be played for it. */
  readonly events: number;
  readonly effects: number;
  readonly diagnosis: StuckProgram | null;
}

/** An execution to come. */
export interface Planned {
  readonly execution: Execution;
  /** The state after its last fault, as foretold by the execution it differs from in this fault; null when unknown. */
  readonly stateKey: string | null;
}

export class Search {
  /** Executions accepted. */
  executions = 0;
  /** Number of faults in the plans being tried now. */
  level = 0;
  /** Executions accepted by number of faults. */
  readonly byFaults: number[] = [0];
  /** The program makes more requests than plans can be kept for: the bound was not reached. */
  isCapped = false;
  /** The plans of this level, in the order in which they count. */
  frontier: readonly Planned[];
  private nextLevel: Planned[] = [];
  /** States after crashes from which an execution has been run to its end, with what it found. */
  private readonly states = new Map<string, readonly Found[]>();
  /** Such states of executions that have been run and not accepted yet. */
  private readonly ahead = new Set<string>();
  private accepted = 0;

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
    return this.executions + (this.frontier.length - this.accepted) + this.nextLevel.length;
  }

  /** Plans with one fault more are known. */
  get hasNextLevel(): boolean {
    return this.nextLevel.length > 0;
  }

  /** Whether an execution from this state has been run to its end. */
  has(stateKey: string): boolean {
    return this.states.has(stateKey) || this.ahead.has(stateKey);
  }

  /**
   * Runs the execution at a place of the frontier.
   * @returns null when it is spared: it would go on like another one, as most of those do whose last fault is a crash
   */
  run(index: number): Digest | null {
    const { execution, stateKey } = this.frontier[index]!;
    if (stateKey !== null && this.has(stateKey)) return null;
    const isLeaf = execution.plan.length >= this.options.faults;
    const outcome = runExecution({
      lab: this.lab,
      program: this.program,
      execution,
      options: { kinds: isLeaf ? [] : this.lab.faults.kinds, naive: this.options.naive },
      ...(this.options.naive ? {} : { known: { keys: this, observes: this.options.observes } }),
    });
    const digest = digestOf(outcome, execution.plan.length === 0);
    if (digest.stateKey !== null && !digest.isKnown && !digest.isInfeasible) this.ahead.add(digest.stateKey);
    return digest;
  }

  /**
   * Counts the next execution of the level.
   * @param digest what `run` has given for it, here or elsewhere
   * @returns null when it says nothing, because its plan is impossible
   */
  accept(digest: Digest | null): Explored | null {
    const { execution, stateKey } = this.frontier[this.accepted]!;
    this.accepted += 1;
    const foretold = stateKey === null ? undefined : this.states.get(stateKey);
    if (foretold !== undefined) {
      this.count();
      return { execution, isPlanDone: true, found: foretold, isWhole: false, events: 0, effects: 0, diagnosis: null };
    }
    if (digest === null) throw new Error('an execution was spared without another one to stand for it');
    if (digest.isInfeasible) return null;
    this.count();
    const { isPlanDone, diagnosis, effects, eventCount: events } = digest;
    const found = digest.stateKey === null ? undefined : this.states.get(digest.stateKey);
    // It goes on like the other one, whose own continuations with more faults are in the search already.
    if (found !== undefined)
      return { execution, isPlanDone, found, isWhole: false, events: digest.eventsAtKey, effects, diagnosis: null };
    if (digest.isKnown) throw new Error('an execution was cut short without another one to stand for the rest');
    if (digest.stateKey !== null) {
      this.states.set(digest.stateKey, digest.found);
      this.ahead.delete(digest.stateKey);
    }
    if (digest.stuck === 'budget') this.isCapped = true;
    // Faults on top of a run that never ends by itself would tell nothing that it does not tell alone.
    if (!isEndless(digest.stuck)) this.plan(execution, digest);
    return { execution, isPlanDone, found: digest.found, isWhole: true, events, effects, diagnosis };
  }

  /** The plans with one fault more. */
  private plan({ variation, plan }: Execution, { points, statesAfter }: Digest): void {
    for (const [index, point] of points.entries()) {
      if (this.nextLevel.length === MAX_FRONTIER) {
        this.isCapped = true;
        return;
      }
      this.nextLevel.push({ execution: { variation, plan: [...plan, point] }, stateKey: statesAfter[index]! });
    }
  }

  private count(): void {
    this.executions += 1;
    this.byFaults[this.level] = (this.byFaults[this.level] ?? 0) + 1;
  }

  /** Goes on to the plans with one fault more. A workload that has none left stays at its level's end. */
  descend(): void {
    this.frontier = this.nextLevel;
    this.nextLevel = [];
    this.accepted = 0;
    this.ahead.clear();
    this.level += 1;
    this.byFaults[this.level] = 0;
  }
}
