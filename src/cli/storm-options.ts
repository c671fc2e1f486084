/** The options of a storm: how many runs, and the seed of the first. */
import { randomInt } from 'node:crypto';
import { InvalidArgumentError } from 'commander';
import { SEEDS } from '../grader/storm/chance';

const MOST_RUNS = 100_000;

/** @throws InvalidArgumentError */
export function readRuns(text: string): number {
  const runs = Number(text);
  if (!/^\d+$/.test(text) || runs < 1 || runs > MOST_RUNS)
    throw new InvalidArgumentError(`a number of runs from 1 to ${MOST_RUNS} is needed.`);
  return runs;
}

/** @throws InvalidArgumentError */
export function readSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed >= SEEDS)
    throw new InvalidArgumentError(`a whole number from 0 to ${SEEDS - 1} is needed.`);
  return seed;
}

/** Short enough to be typed again. */
export function drawSeed(): number {
  return randomInt(1_000_000);
}
