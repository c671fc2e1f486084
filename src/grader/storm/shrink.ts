/**
 * Makes a failing execution small: fewer faults (ddmin), then fewer records, then lower numbers of requests, again and again
 * until none of it goes any further. What is left is 1-minimal: without any one of its faults, without any one of its
 * records, or with any one number lower, it does not show the anomaly any more.
 *
 * A generator, so that whoever runs it decides how long it may work at a time: it yields what is to be tried, and is told
 * whether that still shows the anomaly.
 */
import { printFault, type Plan, type PlannedFault } from '../plan';

export interface Case {
  /** Records of the drawn workload that are kept, counted from 1, in order. */
  readonly records: readonly number[];
  readonly plan: Plan;
}

export type Shrinking<Result> = Generator<Case, Result, boolean>;

/** Of the ways to lower the numbers after a record is gone, so many are tried, the nearest first. */
const MAX_WAYS = 200;
/** A record makes about so many requests of one kind. */
const MOST_A_RECORD = 4;

/** @param start an execution that shows the anomaly */
export function* shrink(start: Case): Shrinking<Case> {
  const attempts = new Attempts();
  let best = start;
  for (;;) {
    const before = best;
    best = yield* fewerFaults(best, attempts);
    best = yield* fewerRecords(best, attempts);
    best = yield* lowerNumbers(best, attempts);
    if (best === before) return best;
  }
}

/** What has been tried in vain is not tried again. */
class Attempts {
  private readonly vain = new Set<string>();

  *shows(candidate: Case): Shrinking<boolean> {
    const key = `${candidate.records.join()}:${candidate.plan.map(printFault).join('+')}`;
    if (this.vain.has(key)) return false;
    const shows = yield candidate;
    if (!shows) this.vain.add(key);
    return shows;
  }
}

/** Zeller's ddmin: without a half, a quarter …, until no single fault can be left out. */
function* fewerFaults(start: Case, attempts: Attempts): Shrinking<Case> {
  if (start.plan.length > 0 && (yield* attempts.shows({ ...start, plan: [] }))) return { ...start, plan: [] };
  let best = start;
  let parts = 2;
  while (best.plan.length > 1) {
    const smaller: Case | null = yield* withoutSomeFaults(best, parts, attempts);
    if (smaller === null && parts >= best.plan.length) break;
    parts = smaller === null ? Math.min(best.plan.length, parts * 2) : Math.max(2, parts - 1);
    best = smaller ?? best;
  }
  return best;
}

function* withoutSomeFaults(best: Case, parts: number, attempts: Attempts): Shrinking<Case | null> {
  for (const plan of withoutAPart(best.plan, parts)) {
    const candidate = { ...best, plan };
    if (yield* attempts.shows(candidate)) return candidate;
  }
  return null;
}

/** The same for records. Without some of them, the requests that the faults strike may have lower numbers. */
function* fewerRecords(start: Case, attempts: Attempts): Shrinking<Case> {
  let best = start;
  let parts = 2;
  while (best.records.length > 1) {
    const smaller: Case | null = yield* withoutSomeRecords(best, parts, attempts);
    if (smaller === null && parts >= best.records.length) break;
    parts = smaller === null ? Math.min(best.records.length, parts * 2) : Math.max(2, parts - 1);
    best = smaller ?? best;
  }
  return best;
}

function* withoutSomeRecords(best: Case, parts: number, attempts: Attempts): Shrinking<Case | null> {
  for (const records of withoutAPart(best.records, parts)) {
    for (const plan of lowerWays(best.plan, best.records.length - records.length)) {
      const candidate = { records, plan };
      if (yield* attempts.shows(candidate)) return candidate;
    }
  }
  return null;
}

/** A list without each of so many parts of it: without the last first, which leaves the numbers before it as they are. */
function withoutAPart<Item>(list: readonly Item[], parts: number): (readonly Item[])[] {
  const bound = (part: number): number => Math.floor((part * list.length) / parts);
  return Array.from({ length: parts }, (_none, index) => parts - 1 - index).map((part) => [
    ...list.slice(0, bound(part)),
    ...list.slice(bound(part + 1)),
  ]);
}

/** Every number by itself, as low as it goes. */
function* lowerNumbers(start: Case, attempts: Attempts): Shrinking<Case> {
  let best = start;
  const numbers = numbersOf(best.plan);
  for (let i = 0; i < numbers.length; i += 1) {
    for (let lower = 1; lower < numbers[i]!; lower += 1) {
      const candidate = {
        ...best,
        plan: withNumbers(
          best.plan,
          numbers.map((number, j) => (i === j ? lower : number)),
        ),
      };
      if (!(yield* attempts.shows(candidate))) continue;
      best = candidate;
      numbers[i] = lower;
    }
  }
  return best;
}

/** The numbers in a plan: of each fault's request, and of the commit that it leaves behind. */
function numbersOf(plan: Plan): number[] {
  return plan.flatMap(({ nth, heldCommit }) => (heldCommit > 0 ? [nth, heldCommit] : [nth]));
}

function withNumbers(plan: Plan, numbers: readonly number[]): Plan {
  let next = 0;
  return plan.map((fault): PlannedFault => {
    const nth = numbers[next++]!;
    return { ...fault, nth, heldCommit: fault.heldCommit > 0 ? numbers[next++]! : 0 };
  });
}

/** The plan itself, and with its numbers lowered by what `gone` records may have made of requests; the nearest first. */
function lowerWays(plan: Plan, gone: number): Plan[] {
  let ways: { readonly numbers: readonly number[]; readonly lowered: number }[] = [{ numbers: [], lowered: 0 }];
  for (const number of numbersOf(plan)) {
    const steps = Array.from({ length: Math.min(MOST_A_RECORD * gone + 1, number) }, (_none, step) => step);
    ways = ways
      .flatMap(({ numbers, lowered }) =>
        steps.map((step) => ({ numbers: [...numbers, number - step], lowered: lowered + step })),
      )
      .sort((a, b) => a.lowered - b.lowered)
      .slice(0, MAX_WAYS);
  }
  return ways.map(({ numbers }) => withNumbers(plan, numbers));
}
