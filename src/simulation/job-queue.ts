/**
 * The microtask queue of one process.
 *
 * The engine does not use the JavaScript engine's own microtasks: programs are compiled so that `await` suspends a
 * generator and every promise is a `SimPromise` (see `compile-program.ts`). A whole execution is therefore one ordinary
 * function call: no macrotask turns, the same order in every browser, and a process that dies takes its pending jobs
 * with it.
 */

/** A job takes up to three values, so that queueing one allocates no closure. */
export type Job<A = unknown, B = unknown, C = unknown> = (first: A, second: B, third: C) => void;

/** More promise jobs than this in one turn is an endless chain; a turn of an honest program has a few hundred. */
export const MAX_JOBS_PER_TURN = 100_000;

export class JobQueue {
  /** Four places a job. Never shortened: what stands behind `tail` is old and will be written over. */
  private readonly jobs: unknown[] = [];
  private tail = 0;
  /** `process.nextTick` callbacks: they run before the promise jobs, as in Node. */
  private readonly ticks: (() => void)[] = [];
  private head = 0;
  private isClosed = false;

  /** Adds a promise job. */
  push(job: Job<never, never, never>, first: unknown, second: unknown, third: unknown): void {
    if (this.isClosed) return;
    const { jobs, tail } = this;
    jobs[tail] = job;
    jobs[tail + 1] = first;
    jobs[tail + 2] = second;
    jobs[tail + 3] = third;
    this.tail = tail + 4;
  }

  /** Adds a `process.nextTick` callback. */
  pushTick(tick: () => void): void {
    if (this.isClosed) return;
    this.ticks.push(tick);
  }

  get hasWork(): boolean {
    return this.ticks.length > 0 || this.head < this.tail;
  }

  /**
   * Runs jobs until none is left.
   * @returns false when `MAX_JOBS_PER_TURN` was reached; the rest stays queued.
   */
  drain(): boolean {
    let count = 0;
    for (;;) {
      while (this.ticks.length > 0) {
        this.ticks.shift()!();
        if (++count > MAX_JOBS_PER_TURN) return false;
      }
      if (this.head >= this.tail) break;
      while (this.head < this.tail) {
        const head = this.head;
        const job = this.jobs[head] as Job;
        this.head = head + 4;
        job(this.jobs[head + 1], this.jobs[head + 2], this.jobs[head + 3]);
        if (++count > MAX_JOBS_PER_TURN) return false;
      }
      this.tail = 0;
      this.head = 0;
    }
    return true;
  }

  /** Forgets everything that waits and takes nothing more: the process is gone. */
  close(): void {
    this.isClosed = true;
    this.jobs.length = 0;
    this.ticks.length = 0;
    this.tail = 0;
    this.head = 0;
  }
}
