/**
 * Beyond the bound: random plans with more faults than the search tries, on longer workloads than the lab has. A storm proves
 * nothing; it looks where the search does not, and makes small what it finds.
 *
 *     const storm = new Storm(lab, program, { runs: 200, seed: 7, modelHash, engineVersion });
 *     while (!storm.advance(50)) report(storm.progress());
 *     const { report, recording } = storm.result(elapsedMs);
 *
 * Everything is drawn from the seeds: run n has the seed `seed + n`, and the same seed gives the same report anywhere.
 */
import type { Lab } from '../lab';
import type { Execution } from '../plan';
import type { Program } from '../program';
import { runExecution } from '../run-execution';
import { findAll, type Found } from '../digest';
import type { AnomalyId, GradeProgress } from '../verdict';
import { SEEDS } from './chance';
import { fewestFaults } from './fewest-faults';
import { shrink, type Case } from './shrink';
import { makeReport } from './make-report';
import type { StormResult } from './storm-report';
import type { StormCase, StormOptions, StormTally } from './storm-state';
import { StormRun } from './storm-run';
import { drawnRecords, sizeOf, stormWorkload } from './workload';

export class Storm {
  private readonly bound: number;
  private readonly tally: StormTally = {
    done: 0,
    failing: 0,
    endless: 0,
    executions: 0,
    coverage: {},
    sightings: new Map(),
    most: { faults: 0, records: 0, partitions: 0 },
  };
  private failure: StormCase | null = null;
  private readonly work: Generator<void, void>;
  private current: StormRun | null = null;

  constructor(
    private readonly lab: Lab,
    private readonly program: Program,
    private readonly options: StormOptions,
  ) {
    this.bound = lab.faults.kinds.length === 0 ? 0 : (options.faults ?? lab.faults.max);
    this.work = this.all();
  }

  /** Runs up to `executions` more. @returns true when the storm is over */
  advance(executions: number): boolean {
    for (let i = 0; i < executions; i += 1) if (this.work.next().done === true) return true;
    return false;
  }

  /** Runs done, of runs asked for. */
  progress(): GradeProgress {
    return {
      executions: this.tally.done,
      planned: this.options.runs,
      faults: this.current?.execution.plan.length ?? 0,
      failing: this.failure !== null,
    };
  }

  /** @param elapsedMs how long it has taken; the only part of a report that differs from run to run */
  result(elapsedMs: number): StormResult {
    const { lab, program, options, tally, failure, bound } = this;
    return makeReport({ lab, program, options, tally, failure, bound, elapsedMs });
  }

  private readonly isFailing = (id: AnomalyId): boolean => id === 'L2' || this.lab.anomalies[id] === 'forbidden';

  /** One execution between two yields. */
  private *all(): Generator<void, void> {
    const { lab, program, bound, isFailing, options } = this;
    for (let i = 0; i < options.runs; i += 1) {
      const run = new StormRun({ lab, program, bound, isFailing }, (options.seed + i) % SEEDS);
      this.current = run;
      while (run.step()) yield;
      this.take(run);
      if (run.isHalted) return;
      yield;
    }
    if (this.failure !== null) yield* this.makeSmall(this.failure);
  }

  private take(run: StormRun): void {
    const { tally } = this;
    const workload = stormWorkload(this.lab, run.execution.storm!);
    const records = sizeOf(workload);
    const { plan } = run.execution;
    tally.done += 1;
    tally.executions += run.executions;
    tally.most.faults = Math.max(tally.most.faults, plan.length);
    tally.most.records = Math.max(tally.most.records, records);
    tally.most.partitions = Math.max(tally.most.partitions, ...workload.topics.map(({ partitions }) => partitions));
    for (const kind of new Set(plan.map(({ fault }) => fault))) tally.coverage[kind] = (tally.coverage[kind] ?? 0) + 1;
    for (const { id } of run.found) tally.sightings.set(id, (tally.sightings.get(id) ?? 0) + 1);
    if (run.failure === null) {
      if (run.isEndless) tally.endless += 1;
      return;
    }
    tally.failing += 1;
    this.failure ??= {
      seed: run.seed,
      found: run.execution,
      foundRecords: records,
      id: run.failure.id,
      smallest: run.execution,
      attempts: 0,
      isFewest: false,
    };
  }

  /** Shrinks, and looks for other plans with fewer faults, until there are none. */
  private *makeSmall(failure: StormCase): Generator<void, void> {
    const { lab, program, options } = this;
    for (;;) {
      yield* this.shrink(failure);
      const { id, smallest } = failure;
      const workload = stormWorkload(lab, smallest.storm!);
      const faults = smallest.plan.length;
      const fewer = yield* fewestFaults({ lab, program, workload, id, faults, options });
      failure.isFewest = fewer.isComplete;
      if (fewer.plan === null) return;
      failure.smallest = { ...smallest, plan: fewer.plan };
    }
  }

  private *shrink(failure: StormCase): Generator<void, void> {
    const { seed, smallest, id } = failure;
    const all = Array.from({ length: drawnRecords(this.lab, seed) }, (_none, index) => index + 1);
    const executionOf = ({ records, plan }: Case): Execution => ({
      variation: 0,
      storm: { seed, records: records.length === all.length ? null : records },
      plan,
    });
    const shrinking = shrink({ records: smallest.storm!.records ?? all, plan: smallest.plan });
    let step = shrinking.next();
    while (step.done !== true) {
      const execution = executionOf(step.value);
      const shows = this.foundIn(execution)?.some((other) => other.id === id) ?? false;
      failure.attempts += 1;
      if (shows) failure.smallest = execution;
      yield;
      step = shrinking.next(shows);
    }
  }

  /** Null for a plan that cannot be, or whose faults do not all strike. */
  private foundIn(execution: Execution): readonly Found[] | null {
    const { lab, program } = this;
    const outcome = runExecution({ lab, program, execution, options: { kinds: [], naive: false } });
    return outcome.isInfeasible || !outcome.isPlanDone ? null : findAll(outcome);
  }
}
