/** Counts what a search finds: anomalies with their smallest example, faults that struck, what was seen. */
import type { StuckProgram } from '../simulation/world';
import type { AnomalyInstance } from './anomalies/anomaly';
import type { Found } from './digest';
import { FAULT_ORDER } from './faults';
import type { Execution } from './plan';
import type { Explored } from './search';
import type { AnomalyId, FaultKind } from './verdict';

export interface Sighting {
  count: number;
  readonly byFault: Partial<Record<FaultKind | 'none', number>>;
  /** The example to show: fewest faults, then the textbook fault, then the shortest execution, then the first found. */
  example: Example;
}

export interface Example {
  readonly execution: Execution;
  readonly instance: AnomalyInstance;
  readonly eventCount: number;
}

/** A passing execution that is worth looking at. */
export interface Hardest {
  readonly execution: Execution;
  readonly rank: readonly number[];
}

function isHigher(a: readonly number[], b: readonly number[]): boolean {
  const i = a.findIndex((value, index) => value !== b[index]);
  return i >= 0 && a[i]! > b[i]!;
}

export class Tally {
  readonly sightings = new Map<AnomalyId, Sighting>();
  /** Executions in which a fault of the kind struck. */
  readonly coverage: Partial<Record<FaultKind, number>> = {};
  /** Executions whose plan did not strike as planned: the same prefix went another way. */
  unfired = 0;
  failing = 0;
  /** The turn that did not end, if one did not. */
  stuck: StuckProgram | null = null;
  events = 0;
  /** The passing execution most worth looking at: most faults, then most of what is allowed, then most repeats of effects. */
  hardest: Hardest | null = null;

  constructor(private readonly isFailing: (id: AnomalyId) => boolean) {}

  add({ execution, isPlanDone, found, isWhole, events, effects, diagnosis }: Explored): void {
    const kinds = new Set(execution.plan.map(({ fault }) => fault));
    if (isPlanDone) this.cover(kinds);
    else this.unfired += 1;
    this.events += events;
    this.stuck ??= diagnosis;
    const isBad = this.seeAll(found, execution, kinds, isWhole ? events : Infinity);
    if (!isBad && isWhole) this.noteHardest(execution, found.length, effects);
  }

  private cover(kinds: ReadonlySet<FaultKind>): void {
    for (const kind of kinds) this.coverage[kind] = (this.coverage[kind] ?? 0) + 1;
  }

  /** @returns whether one of them is forbidden */
  private seeAll(
    found: readonly Found[],
    execution: Execution,
    kinds: ReadonlySet<FaultKind>,
    eventCount: number,
  ): boolean {
    let isBad = false;
    for (const { id, instance } of found) {
      if (this.isFailing(id)) isBad = true;
      this.see(id, { execution, instance, eventCount }, kinds);
    }
    if (isBad) this.failing += 1;
    return isBad;
  }

  private see(id: AnomalyId, example: Example, kinds: ReadonlySet<FaultKind>): void {
    let sighting = this.sightings.get(id);
    if (sighting === undefined) {
      sighting = { count: 0, byFault: {}, example };
      this.sightings.set(id, sighting);
    }
    sighting.count += 1;
    if (kinds.size === 0) sighting.byFault.none = (sighting.byFault.none ?? 0) + 1;
    for (const kind of kinds) sighting.byFault[kind] = (sighting.byFault[kind] ?? 0) + 1;
    if (isBetter(example, sighting.example)) sighting.example = example;
  }

  private noteHardest(execution: Execution, anomalies: number, repeats: number): void {
    if (execution.variation !== 0) return;
    const candidate = { execution, rank: [execution.plan.length, anomalies, repeats] };
    if (this.hardest === null || isHigher(candidate.rank, this.hardest.rank)) this.hardest = candidate;
  }
}

/** Of two examples of one anomaly, whether the first is the one to show (exploration.md c.2). */
export function isBetter(a: Example, b: Example): boolean {
  const rank = (example: Example): readonly number[] => [
    example.execution.plan.length,
    example.execution.variation,
    Math.max(-1, ...example.execution.plan.map(({ fault }) => FAULT_ORDER.indexOf(fault))),
    example.execution.plan.some(({ heldCommit, isAutoCommitFirst }) => heldCommit > 0 || isAutoCommitFirst) ? 1 : 0,
    example.eventCount,
  ];
  const left = rank(a);
  const right = rank(b);
  for (let i = 0; i < left.length; i += 1) if (left[i] !== right[i]) return left[i]! < right[i]!;
  return false;
}
