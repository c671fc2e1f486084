/** Chance as an input: a sequence of numbers that its seed decides, the same on every machine. */

/** Seeds are whole numbers below this. */
export const SEEDS = 2 ** 32;

/** What is drawn of one seed; each has a sequence of its own, so that more draws of one change nothing in the other. */
export type Stream = 'workload' | 'faults';

const STREAMS: Readonly<Record<Stream, number>> = { workload: 0x9e3779b9, faults: 0x85ebca6b };

/** A sequence of 32-bit numbers (splitmix32): a counter that is mixed, so seeds beside each other have nothing in common. */
export class Chance {
  private state: number;

  constructor(seed: number, stream: Stream) {
    this.state = mix((seed ^ STREAMS[stream]) | 0);
  }

  /** 0 … 2^32 - 1. */
  next(): number {
    this.state = (this.state + 0x9e3779b9) | 0;
    return mix(this.state) >>> 0;
  }

  /** 0 … `bound` - 1. */
  below(bound: number): number {
    return Math.floor((this.next() / SEEDS) * bound);
  }

  /** One of a list that is not empty. */
  pick<Item>(list: readonly Item[]): Item {
    return list[this.below(list.length)]!;
  }
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}
