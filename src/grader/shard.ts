/**
 * One workload's part of a search, level by level. Shards know nothing of each other, so it makes no difference where each
 * is run; at the end of a level their reports are put together in the order of the workloads.
 */
import { nothingDone } from './anomalies';
import type { Observes } from './known-states';
import type { Lab } from './lab';
import type { Program } from './program';
import { Search, type Explored, type SearchOptions } from './search';
import type { ShardReport } from './search-report';
import { Tally } from './tally';
import type { GradeProgress, TextParams } from './verdict';

export class Shard {
  private readonly search: Search;
  private readonly tally: Tally;
  private readonly observes: { -readonly [K in keyof Observes]: Observes[K] };
  /** What N1 has to say of the execution without faults; null when it has had an effect. */
  private vacuous: TextParams | null = null;
  private isLevelOver = false;
  private isHalted = false;

  constructor(
    private readonly lab: Lab,
    program: Program,
    readonly variation: number,
    options: SearchOptions,
  ) {
    this.search = new Search(lab, program, variation, options);
    this.tally = new Tally((id) => id === 'L2' || this.lab.anomalies[id] === 'forbidden');
    this.observes = { ...options.observes };
  }

  /** Runs up to `executions` more of the present level. @returns how many are left of that number: more than 0 at its end */
  advance(executions: number): number {
    let left = executions;
    while (left > 0 && !this.isLevelOver) {
      const explored = this.search.next();
      if (explored === null) this.isLevelOver = true;
      else {
        left -= 1;
        this.take(explored);
      }
    }
    return left;
  }

  private take(explored: Explored): void {
    if (explored.outcome === null) {
      this.tally.addSkipped(explored);
      return;
    }
    const { observes, diagnosis } = explored.outcome;
    // A program that turns out to look at the time or at chance is searched anew: its states have to be told apart by them.
    if ((observes.time && !this.observes.time) || (observes.chance && !this.observes.chance)) {
      this.observes.time ||= observes.time;
      this.observes.chance ||= observes.chance;
      this.isLevelOver = true;
      return;
    }
    this.search.note(explored, this.tally.add(explored));
    if (explored.execution.plan.length === 0) this.vacuous = nothingDone.check(explored.outcome)?.params ?? null;
    if (diagnosis === null) return;
    // A turn that never ends would be met again in every further execution, and each costs as much as thousands.
    this.isHalted = true;
    this.isLevelOver = true;
  }

  /** Goes on to the plans with one fault more, if it has any. */
  descend(): void {
    if (!this.search.hasNextLevel) return;
    this.search.descend();
    this.isLevelOver = false;
  }

  report(): ShardReport {
    const { executions, planned, level, byFaults, isCapped, hasNextLevel } = this.search;
    const { sightings, coverage, unfired, failing, stuck, events, hardest } = this.tally;
    return {
      variation: this.variation,
      observes: this.observes,
      vacuous: this.vacuous,
      isHalted: this.isHalted,
      hasNextLevel,
      executions,
      planned,
      level,
      byFaults,
      isCapped,
      sightings: [...sightings],
      coverage,
      unfired,
      failing,
      stuck,
      events,
      hardest,
    };
  }

  /** Looked at while the level goes on; see `report` for the rest. */
  get progress(): GradeProgress {
    const { executions, planned, level } = this.search;
    return { executions, planned, faults: level, failing: this.tally.failing > 0 };
  }
}
