/**
 * Where a fault strikes on the real cluster: at the n-th service call, produce request, offset commit, or end of a
 * transaction of the program, counted as execution codes of the model count them, over all its incarnations.
 */
import type { PlannedFault } from '../../../src/grader/plan';

export const COUNTED = ['effect', 'produce', 'commit', 'txn-offsets', 'end-txn'] as const;
export type Counted = (typeof COUNTED)[number];

/** What becomes of a request or its answer. */
export type Fate = 'pass' | 'lose';

export class Points {
  private readonly counts = Object.fromEntries(COUNTED.map((kind) => [kind, 0])) as Record<Counted, number>;
  private readonly asked = Object.fromEntries(COUNTED.map((kind) => [kind, []])) as unknown as Record<
    Counted,
    number[]
  >;
  private left: readonly PlannedFault[];
  /** When anything was counted last, by the clock of this process. */
  lastSeenMs = performance.now();

  constructor(
    plan: readonly PlannedFault[],
    private readonly kill: () => void,
  ) {
    this.left = plan;
  }

  get isPlanDone(): boolean {
    return this.left.length === 0;
  }

  count(kind: Counted): number {
    return this.counts[kind];
  }

  /** A request is about to leave. */
  request(kind: Counted): Fate {
    this.lastSeenMs = performance.now();
    this.counts[kind] += 1;
    const nth = this.counts[kind];
    this.asked[kind].push(nth);
    if (this.strikes('crash', kind, nth, 'before')) {
      this.kill();
      return 'lose';
    }
    return this.strikes('lost-request', kind, nth, null) ? 'lose' : 'pass';
  }

  /** The oldest request that has no answer yet was carried out, and its answer is on its way. */
  answer(kind: Counted): Fate {
    this.lastSeenMs = performance.now();
    const nth = this.asked[kind].shift() ?? 0;
    if (this.strikes('crash', kind, nth, 'after')) {
      this.kill();
      return 'lose';
    }
    return this.strikes('lost-answer', kind, nth, null) ? 'lose' : 'pass';
  }

  /** The program has come to rest for the n-th time. */
  rest(nth: number): boolean {
    return this.take(({ fault, at, nth: planned }) => fault === 'restart' && at === 'rest' && planned === nth);
  }

  private strikes(fault: PlannedFault['fault'], at: Counted, nth: number, phase: PlannedFault['phase']): boolean {
    return this.take(
      (planned) => planned.fault === fault && planned.at === at && planned.nth === nth && planned.phase === phase,
    );
  }

  /** Faults strike in the order of the plan. */
  private take(isNow: (planned: PlannedFault) => boolean): boolean {
    const [next] = this.left;
    if (next === undefined || !isNow(next)) return false;
    this.left = this.left.slice(1);
    return true;
  }
}
