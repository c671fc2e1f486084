/**
 * One workload's part of a search, level by level. Shards know nothing of each other; at the end of a level their reports
 * are put together in the order of the workloads.
 *
 * Several workers may share a shard: each has the whole of it, runs its own executions of the level (`runShare`), and is
 * then given those of all (`accept`).
 */
import type { Digest } from './digest';
import type { Observes } from './known-states';
import type { Lab } from './lab';
import type { Program } from './program';
import { Search, type SearchOptions } from './search';
import type { ShardReport } from './search-report';
import { isOwn, type Share, type TeamPlace } from './share';
import { Tally } from './tally';
import type { AnomalyId, GradeProgress, TextParams } from './verdict';

export class Shard {
  private readonly search: Search;
  private readonly tally: Tally;
  private readonly observes: { -readonly [K in keyof Observes]: Observes[K] };
  /** What N1 has to say of the execution without faults; null when it has had an effect. */
  private vacuous: TextParams | null = null;
  /** How far the level has been gone through. */
  private position = 0;
  private isLevelOver = false;
  private isHalted = false;
  /** Of a shard that is shared: what has been seen here of the level that is not accepted yet. */
  private digests: Map<number, Digest | null> | null = null;
  /** Executions of all levels that were run or spared here. */
  private ownExecutions = 0;
  private isFailingHere = false;

  constructor(
    private readonly lab: Lab,
    program: Program,
    readonly variation: number,
    options: SearchOptions,
    private readonly place: TeamPlace | null,
  ) {
    this.search = new Search(lab, program, variation, options);
    this.tally = new Tally((id) => this.isFailing(id));
    this.observes = { ...options.observes };
  }

  private isFailing(id: AnomalyId): boolean {
    return id === 'L2' || this.lab.anomalies[id] === 'forbidden';
  }

  /** Runs up to `executions` more of the present level. @returns how many are left of that number: more than 0 at its end */
  advance(executions: number): number {
    let left = executions;
    while (left > 0 && !this.isLevelOver) {
      if (this.position === this.search.frontier.length) {
        this.isLevelOver = true;
      } else {
        const isRun = this.place === null || this.isOwn(this.place);
        if (isRun) {
          left -= 1;
          const digest = this.search.run(this.position);
          if (this.place === null) this.take(digest);
          else this.keep(digest);
        }
        this.position += 1;
      }
    }
    return left;
  }

  private isOwn(place: TeamPlace): boolean {
    return isOwn(this.search.frontier[this.position]!, this.position, place);
  }

  /** Keeps what is to be accepted when all of the level is known. */
  private keep(digest: Digest | null): void {
    this.digests ??= new Map();
    this.digests.set(this.position, digest);
    if (digest?.isInfeasible) return;
    this.ownExecutions += 1;
    if (digest === null) return;
    this.isFailingHere ||= digest.found.some(({ id }) => this.isFailing(id));
    if (digest.diagnosis !== null || this.looksAtMore(digest)) this.isLevelOver = true;
  }

  private take(digest: Digest | null): void {
    const explored = this.search.accept(digest);
    if (explored === null) return;
    // A program that turns out to look at the time or at chance is searched anew: its states have to be told apart by them.
    if (explored.isWhole && this.looksAtMore(digest!)) {
      this.observes.time ||= digest!.observes.time;
      this.observes.chance ||= digest!.observes.chance;
      this.isLevelOver = true;
      return;
    }
    this.tally.add(explored);
    if (explored.execution.plan.length === 0) this.vacuous = digest!.vacuous;
    if (explored.diagnosis === null) return;
    // A turn that never ends would be met again in every further execution, and each costs as much as thousands.
    this.isHalted = true;
    this.isLevelOver = true;
  }

  private looksAtMore({ observes: { time, chance } }: Digest): boolean {
    return (time && !this.observes.time) || (chance && !this.observes.chance);
  }

  /** What this worker has seen of the level; null when the workload has none left. */
  share(): Share | null {
    return this.digests === null ? null : { variation: this.variation, digests: this.digests };
  }

  /** Counts the whole level, given what all workers have seen of it. */
  accept(shares: readonly Share[]): void {
    const own = shares.filter(({ variation }) => variation === this.variation);
    // The level was the last one, and has been counted before.
    if (own.length === 0) return;
    this.isLevelOver = false;
    const { length } = this.search.frontier;
    for (let index = 0; index < length && !this.isLevelOver; index += 1) {
      const holder = own.find(({ digests }) => digests.has(index));
      if (holder === undefined) throw new Error(`nobody has run execution ${index} of a level of ${length}`);
      this.take(holder.digests.get(index)!);
    }
    this.isLevelOver = true;
    this.digests = null;
  }

  /** Goes on to the plans with one fault more, if it has any. */
  descend(): void {
    if (!this.search.hasNextLevel) return;
    this.search.descend();
    this.position = 0;
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

  /** Looked at while the level goes on; see `report` for the rest. Of a shared shard it tells of this worker's executions. */
  get progress(): GradeProgress {
    const { executions, planned, level } = this.search;
    return {
      executions: this.place === null ? executions : this.ownExecutions,
      planned,
      faults: level,
      failing: this.isFailingHere || this.tally.failing > 0,
    };
  }
}
