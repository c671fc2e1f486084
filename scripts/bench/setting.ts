/** What every section of the benchmarks is given, and how a figure is taken. */
import { median } from './median';

export interface Setting {
  readonly root: string;
  /** Few and small: to see that everything runs to its end. */
  readonly isQuick: boolean;
  /** Executions a second of the toy world, in this run. */
  readonly toy: number;
  /** Folder of the page, and where its pictures go. */
  readonly folder: string;
  readonly pictures: string;
}

/** What takes longer is measured once instead of several times. */
const LONG_MS = 2000;

/** What is likely to take longer is not measured at all. */
export function mostMs({ isQuick }: Setting): number {
  return isQuick ? 1000 : 10_000;
}

/** Runs until there are `runs` times, or it is clear that a run is long. @returns the median of each figure */
export async function repeated<Key extends string>(
  runs: number,
  run: () => Promise<Record<Key, number>>,
): Promise<Record<Key, number>> {
  const results: Record<Key, number>[] = [];
  const begin = performance.now();
  while (results.length === 0 || (results.length < runs && performance.now() - begin < LONG_MS))
    results.push(await run());
  const keys = Object.keys(results[0]!) as Key[];
  return Object.fromEntries(keys.map((key) => [key, median(results.map((result) => result[key]))])) as Record<
    Key,
    number
  >;
}
