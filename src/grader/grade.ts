/**
 * Grades a program: searches all executions up to the bound and makes the verdict.
 *
 *     const grading = new Grading(lab, program, { modelHash, engineVersion });
 *     while (!grading.advance(500)) report(grading.progress());
 *     const { verdict, recording } = grading.result(elapsedMs);
 */
import { nothingDone } from './anomalies';
import { judge, type JudgeOptions } from './judge';
import type { Lab } from './lab';
import type { Program } from './program';
import { Search, type Explored } from './search';
import { Tally } from './tally';
import type { GradeProgress, GradeResult } from './verdict';

export interface GradeOptions extends JudgeOptions {
  /** Fault budget; the lab's own when absent. */
  readonly faults?: number;
  readonly naive?: boolean;
}

export class Grading {
  private search: Search;
  private tally: Tally;
  private readonly faults: number;
  /** The fault-free executions by variation; the first one decides whether there is anything to judge. */
  private faultFree: Explored[] = [];
  private readonly observes = { time: false, chance: false };
  private isOver = false;
  private hasPreviewed = false;

  constructor(
    private readonly lab: Lab,
    private readonly program: Program,
    private readonly options: GradeOptions,
  ) {
    this.faults = lab.faults.kinds.length === 0 ? 0 : (options.faults ?? lab.faults.max);
    this.search = this.newSearch();
    this.tally = this.newTally();
  }

  private newSearch(): Search {
    return new Search(this.lab, this.program, {
      faults: this.faults,
      naive: this.options.naive ?? false,
      observes: { ...this.observes },
    });
  }

  private newTally(): Tally {
    return new Tally((id) => id === 'L2' || this.lab.anomalies[id] === 'forbidden');
  }

  /** A program that turns out to look at the time or at chance is searched anew: its states have to be told apart by them. */
  private hasSeenMore({ outcome: { observes } }: Explored): boolean {
    const isNews = (observes.time && !this.observes.time) || (observes.chance && !this.observes.chance);
    if (!isNews) return false;
    this.observes.time ||= observes.time;
    this.observes.chance ||= observes.chance;
    this.search = this.newSearch();
    this.tally = this.newTally();
    this.faultFree = [];
    return true;
  }

  /** Runs up to `executions` more. @returns true when the search is over */
  advance(executions: number): boolean {
    for (let i = 0; i < executions && !this.isOver; i += 1) {
      const explored = this.search.next();
      if (explored === null) {
        this.isOver = true;
        break;
      }
      if (this.hasSeenMore(explored)) continue;
      this.search.note(explored, this.tally.add(explored));
      if (explored.execution.plan.length === 0) this.faultFree.push(explored);
      // A turn that never ends would be met again in every further execution, and each costs as much as thousands.
      if (explored.outcome.diagnosis !== null || this.isVacuous()) this.isOver = true;
    }
    return this.isOver;
  }

  progress(): GradeProgress {
    return {
      executions: this.search.executions,
      planned: this.search.planned,
      faults: this.search.level,
      failing: this.tally.failing > 0,
    };
  }

  /**
   * The verdict so far, once: when all plans with the fewest faults that break the guarantee have been tried. The example
   * it shows is the one that the final verdict shows; only the counts still grow.
   */
  preview(elapsedMs: number): GradeResult | null {
    if (this.hasPreviewed || this.isOver || this.tally.failing === 0 || this.search.level === 0) return null;
    if (this.tally.fewestFaults >= this.search.level) return null;
    this.hasPreviewed = true;
    return this.result(elapsedMs);
  }

  /** @param elapsedMs how long it has taken; the only part of a verdict that differs from run to run */
  result(elapsedMs: number): GradeResult {
    return judge({
      lab: this.lab,
      program: this.program,
      options: this.options,
      faults: this.faults,
      naive: this.options.naive ?? false,
      search: this.search,
      tally: this.tally,
      vacuous: this.isVacuous() ? (this.faultFree[0] ?? null) : null,
      faultFree: this.faultFree[0] ?? null,
      isOver: this.isOver,
      elapsedMs,
    });
  }

  /** N1: the learner's own workload, without a fault, has no effect. */
  private isVacuous(): boolean {
    const first = this.faultFree[0];
    return first !== undefined && nothingDone.check(first.outcome) !== null;
  }
}
