/**
 * Grades a program: searches all executions up to the bound and makes the verdict.
 *
 *     const grading = new Grading(lab, program, { modelHash, engineVersion });
 *     while (!grading.advance(500)) report(grading.progress());
 *     const { verdict, recording } = grading.result(elapsedMs);
 *
 * Several workers share one search (`team`): each runs some executions of a level (`advanceLevel`), and tells the others
 * what it has seen (`shares`); given what all have seen, each counts the level as if it had run all of it (`accept`), and
 * goes on. So all of them come to the same, which is what one alone would have come to.
 */
import { judge, type JudgeOptions } from './judge';
import type { Observes } from './known-states';
import type { Lab } from './lab';
import type { Program } from './program';
import { fewestFaults, mergeReports, type SearchReport, type ShardReport } from './search-report';
import { Shard } from './shard';
import { packShare, unpackShare, type PackedShare, type TeamPlace } from './share';
import type { AnomalyId, GradeProgress, GradeResult } from './verdict';

export interface GradeOptions extends JudgeOptions {
  /** Fault budget; the lab's own when absent. */
  readonly faults?: number;
  readonly naive?: boolean;
  /** Which of several workers this is; it does all when absent. */
  readonly team?: TeamPlace;
}

export class Grading {
  private readonly faults: number;
  private shards: readonly Shard[];
  /** The shard whose turn it is. */
  private current = 0;
  private observes: Observes = { time: false, chance: false };
  private isOver = false;
  private hasPreviewed = false;
  private lastLevel: SearchReport | null = null;

  constructor(
    private readonly lab: Lab,
    private readonly program: Program,
    private readonly options: GradeOptions,
  ) {
    this.faults = lab.faults.kinds.length === 0 ? 0 : (options.faults ?? lab.faults.max);
    this.shards = this.newShards();
  }

  private newShards(): readonly Shard[] {
    const { observes, faults, options } = this;
    const { naive = false, team = null } = options;
    return this.lab.workloads.map(({ maxFaults = faults }, variation) => {
      const search = { faults: Math.min(faults, maxFaults), naive, observes: { ...observes } };
      return new Shard(this.lab, this.program, variation, search, team);
    });
  }

  /** Runs up to `executions` more of the level. @returns true when its end is reached, or this worker's part of it */
  advanceLevel(executions: number): boolean {
    let left = executions;
    while (this.current < this.shards.length) {
      left = this.shards[this.current]!.advance(left);
      if (left === 0) return false;
      this.current += 1;
    }
    return true;
  }

  /** What this worker has seen of the level, for the others; as JSON. */
  shares(): readonly PackedShare[] {
    return this.shards
      .map((shard) => shard.share())
      .filter((share) => share !== null)
      .map(packShare);
  }

  /** Counts a level, given what all workers have seen of it, and goes on to the next. @returns true when the search is over */
  accept(shares: readonly PackedShare[]): boolean {
    const unpacked = shares.map(unpackShare);
    for (const shard of this.shards) shard.accept(unpacked);
    return this.closeLevel();
  }

  /** Runs up to `executions` more, for a search that is not shared. @returns true when it is over */
  advance(executions: number): boolean {
    if (this.isOver || !this.advanceLevel(executions)) return this.isOver;
    return this.closeLevel();
  }

  /** What each workload has shown so far; complete at the end of a level. */
  reports(): readonly ShardReport[] {
    return this.shards.map((shard) => shard.report());
  }

  /** Begins the next level, or the search anew when the program looks at more than was known. @returns true when it is over */
  private closeLevel(): boolean {
    const report = mergeReports(this.reports());
    this.lastLevel = report;
    this.current = 0;
    if (looksAtMore(report.observes, this.observes)) {
      this.observes = report.observes;
      this.shards = this.newShards();
    } else if (report.isOver) {
      this.isOver = true;
    } else {
      for (const shard of this.shards) shard.descend();
    }
    return this.isOver;
  }

  progress(): GradeProgress {
    const parts = this.shards.map((shard) => shard.progress);
    return {
      executions: parts.reduce((sum, { executions }) => sum + executions, 0),
      planned: parts.reduce((sum, { planned }) => sum + planned, 0),
      faults: Math.max(0, ...parts.map(({ faults }) => faults)),
      failing: parts.some(({ failing }) => failing),
    };
  }

  /**
   * The verdict so far, once: when all plans with the fewest faults that break the guarantee have been tried. The example
   * it shows is the one that the final verdict shows; only the counts still grow.
   */
  preview(elapsedMs: number): GradeResult | null {
    const report = this.lastLevel;
    if (this.hasPreviewed || this.isOver || report === null || !this.canPreview(report)) return null;
    this.hasPreviewed = true;
    return this.resultOf(report, elapsedMs, false);
  }

  /** Whether the end of a level already shows what the end of the search will show. */
  private canPreview(report: SearchReport): boolean {
    if (report.isOver || looksAtMore(report.observes, this.observes)) return false;
    const isFailing = (id: AnomalyId): boolean => id === 'L2' || this.lab.anomalies[id] === 'forbidden';
    return fewestFaults(report, isFailing) <= report.level;
  }

  /** @param elapsedMs how long it has taken; the only part of a verdict that differs from run to run */
  result(elapsedMs: number): GradeResult {
    return this.resultOf(mergeReports(this.reports()), elapsedMs, this.isOver);
  }

  private resultOf(report: SearchReport, elapsedMs: number, isOver: boolean): GradeResult {
    return judge({
      lab: this.lab,
      program: this.program,
      options: this.options,
      faults: this.faults,
      naive: this.options.naive ?? false,
      report,
      isOver,
      elapsedMs,
    });
  }
}

function looksAtMore(seen: Observes, known: Observes): boolean {
  return (seen.time && !known.time) || (seen.chance && !known.chance);
}
