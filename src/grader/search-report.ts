/**
 * What a search has found, as plain JSON: of one workload, and of all of them together. The parts may come from several
 * workers, in any order.
 */
import type { StuckProgram } from '../simulation/world';
import type { Observes } from './known-states';
import type { Execution } from './plan';
import { isBetter, type Hardest, type Sighting } from './tally';
import type { AnomalyId, FaultKind, TextParams } from './verdict';

interface Counts {
  readonly executions: number;
  /** Executions known so far to belong to the search. */
  readonly planned: number;
  /** Largest number of faults in the plans tried. */
  readonly level: number;
  /** Executions by number of faults. */
  readonly byFaults: readonly number[];
  /** More requests than plans can be kept for: the bound was not reached. */
  readonly isCapped: boolean;
  readonly coverage: Readonly<Partial<Record<FaultKind, number>>>;
  /** Executions whose plan did not strike as planned. */
  readonly unfired: number;
  readonly failing: number;
  readonly stuck: StuckProgram | null;
  readonly events: number;
  readonly hardest: Hardest | null;
}

/** One workload at the end of a level. */
export interface ShardReport extends Counts {
  readonly variation: number;
  readonly observes: Observes;
  readonly vacuous: TextParams | null;
  /** A turn of the program did not end: nothing more is tried. */
  readonly isHalted: boolean;
  readonly hasNextLevel: boolean;
  readonly sightings: readonly (readonly [AnomalyId, Sighting])[];
}

/** All workloads at the end of a level. */
export interface SearchReport extends Counts {
  readonly observes: Observes;
  /** What N1 says of the learner's own workload without faults; null when there is something to judge. */
  readonly vacuous: TextParams | null;
  /** Nothing is left to be tried, or nothing that would tell more. */
  readonly isOver: boolean;
  readonly sightings: ReadonlyMap<AnomalyId, Sighting>;
  /** The executions without faults. */
  readonly faultFree: Execution;
}

/** Puts the parts together, in the order of the workloads. @param parts at least one */
export function mergeReports(parts: readonly ShardReport[]): SearchReport {
  const shards = [...parts].sort((a, b) => a.variation - b.variation);
  const first = shards[0]!;
  const vacuous = first.variation === 0 ? first.vacuous : null;
  const isHalted = shards.some((shard) => shard.isHalted);
  return {
    observes: {
      time: shards.some(({ observes }) => observes.time),
      chance: shards.some(({ observes }) => observes.chance),
    },
    vacuous,
    isOver: vacuous !== null || isHalted || !shards.some(({ hasNextLevel }) => hasNextLevel),
    faultFree: { variation: first.variation, plan: [] },
    executions: sum(shards.map(({ executions }) => executions)),
    planned: sum(shards.map(({ planned }) => planned)),
    level: Math.max(...shards.map(({ level }) => level)),
    byFaults: addUp(shards.map(({ byFaults }) => byFaults)),
    isCapped: shards.some(({ isCapped }) => isCapped),
    coverage: addCounts(shards.map(({ coverage }) => coverage)),
    unfired: sum(shards.map(({ unfired }) => unfired)),
    failing: sum(shards.map(({ failing }) => failing)),
    stuck: shards.find(({ stuck }) => stuck !== null)?.stuck ?? null,
    events: sum(shards.map(({ events }) => events)),
    hardest: first.hardest,
    sightings: mergeSightings(shards),
  };
}

/** Fewest faults in a plan that shows one of these; infinite while none does. */
export function fewestFaults({ sightings }: SearchReport, isFailing: (id: AnomalyId) => boolean): number {
  let fewest = Infinity;
  for (const [id, { example }] of sightings)
    if (isFailing(id)) fewest = Math.min(fewest, example.execution.plan.length);
  return fewest;
}

function mergeSightings(shards: readonly ShardReport[]): ReadonlyMap<AnomalyId, Sighting> {
  const merged = new Map<AnomalyId, Sighting>();
  for (const { sightings } of shards) {
    for (const [id, sighting] of sightings) {
      const before = merged.get(id);
      const example =
        before === undefined || isBetter(sighting.example, before.example) ? sighting.example : before.example;
      merged.set(id, {
        count: (before?.count ?? 0) + sighting.count,
        byFault: addCounts([before?.byFault ?? {}, sighting.byFault]),
        example,
      });
    }
  }
  return merged;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function addUp(lists: readonly (readonly number[])[]): number[] {
  const length = Math.max(...lists.map((list) => list.length));
  return Array.from({ length }, (_none, index) => sum(lists.map((list) => list[index] ?? 0)));
}

function addCounts<Key extends string>(
  counts: readonly Readonly<Partial<Record<Key, number>>>[],
): Partial<Record<Key, number>> {
  const total: Partial<Record<Key, number>> = {};
  for (const count of counts)
    for (const key of Object.keys(count) as Key[]) total[key] = (total[key] ?? 0) + (count[key] ?? 0);
  return total;
}
