/**
 * What faults a run of a storm has. Not all runs alike: each seed draws which kinds are common in it and which are left out,
 * how many faults it has, and whether they come evenly or in a rush (swarm testing: a mixture of everything each time meets
 * the rare combinations later).
 */
import type { Lab } from '../lab';
import type { PlannedFault } from '../plan';
import type { FaultKind } from '../verdict';
import type { Chance } from './chance';

/**
 * Faults beyond the bound. A program whose every fault ends it with an error is started again seven times (L2), so with
 * the bounds that labs have no right program is given up.
 */
const MOST_BEYOND = 4;

export interface Swarm {
  readonly faults: number;
  /** How common each kind is; a kind that is not named does not occur. */
  readonly weights: Readonly<Partial<Record<FaultKind, number>>>;
  /** Of so many points drawn for each fault to come, the earliest is taken: 1 spreads them evenly. */
  readonly haste: number;
}

/** @param bound faults up to which the lab's plans are tried without exception */
export function drawSwarm(chance: Chance, lab: Lab, bound: number): Swarm {
  const kinds = lab.faults.kinds;
  const weights: Partial<Record<FaultKind, number>> = {};
  for (const kind of kinds) {
    const weight = chance.pick([0, 1, 4, 16]);
    if (weight > 0) weights[kind] = weight;
  }
  if (kinds.length > 0 && Object.keys(weights).length === 0) weights[chance.pick(kinds)] = 1;
  const faults = kinds.length === 0 ? 0 : bound + 1 + chance.below(MOST_BEYOND);
  return { faults, weights, haste: chance.pick([1, 1, 2, 4]) };
}

/**
 * Where the next fault strikes.
 * @param points where one could, in the order of time
 * @param left faults to come, this one included
 * @returns null where none of the seed's kinds can strike any more
 */
export function drawNext(
  chance: Chance,
  { weights, haste }: Swarm,
  points: readonly PlannedFault[],
  left: number,
): PlannedFault | null {
  const total = points.reduce((sum, { fault }) => sum + (weights[fault] ?? 0), 0);
  if (total === 0) return null;
  let earliest = points.length;
  for (let i = 0; i < left * haste; i += 1) {
    let rest = chance.below(total);
    const index = points.findIndex(({ fault }) => (rest -= weights[fault] ?? 0) < 0);
    earliest = Math.min(earliest, index);
  }
  return points[earliest]!;
}
