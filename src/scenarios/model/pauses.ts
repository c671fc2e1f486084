/** Pauses of programs: exact, or drawn from a seed. */

/** Largest difference from the mean, as a part of it. */
const SPREAD = 0.25;

export class Pauses {
  private state: number;

  /** @param seed 0 for exact pauses */
  constructor(private readonly seed: number) {
    this.state = seed >>> 0;
  }

  /** A whole number of milliseconds, `ms` on average. */
  about(ms: number): number {
    if (this.seed === 0) return ms;
    return Math.round(ms * (1 - SPREAD + 2 * SPREAD * this.draw()));
  }

  /** From 0 to 1, by mulberry32. */
  private draw(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
