/**
 * The turn that is running now: which queue its jobs go to, which line of the learner's file it is at, and how much it
 * has done. Executions run one at a time and a turn never suspends, so this is one record for the whole engine.
 */
import type { JobQueue } from './job-queue';

/** What a running turn needs of its process. */
export interface TurnOwner {
  readonly jobs: JobQueue;
  /** Rejected promises that nobody has handled yet, in the order of their rejection. */
  readonly rejected: unknown[];
}

/** Loop rounds and calls in one turn before it counts as endless. The bound is a count so that every machine agrees. */
export const MAX_TICKS_PER_TURN = 2_000_000;

/** The same for all turns of an execution together: no single turn is endless, and still it takes for ever. */
export const MAX_TICKS_PER_EXECUTION = 20_000_000;

/** Characters of a text, and elements of an array, that cost as much as a step when they are made. */
const CHARACTERS_PER_TICK = 16;
const ELEMENTS_PER_TICK = 4;

/** Characters of a text that is looked into; few enough, and texts of ten thousand may be gone through one by one. */
const WRITTEN_OUT_PER_TICK = 128;

/** What is smaller than this costs nothing. */
const FREE_LENGTH = 64;

/** Thrown into a program whose turn does not end; every later loop round throws it again, so no `catch` can hold it. */
export class TurnExhausted extends Error {
  override readonly name = 'TurnExhausted';
}

class Turn {
  owner: TurnOwner | null = null;
  /** Line of the learner's file of the latest call, 1-based; 0 before the first. */
  line = 0;
  /** Line of the first call or function entry since `watchEntry`, 0 when none came yet. */
  entryLine = 0;
  /** Loop rounds and function entries in this turn, and what long texts and arrays cost. */
  ticks = 0;
  /** The same in earlier turns of the execution. */
  private ticksBefore = 0;
  /** Line at which the turn was found to be endless; 0 while it is not. */
  exhaustedAt = 0;

  /** Begins a turn of `owner`. */
  begin(owner: TurnOwner): void {
    this.owner = owner;
    this.ticksBefore += this.ticks;
    this.ticks = 0;
    this.line = 0;
  }

  /** To be called when an execution begins. */
  reset(): void {
    this.ticksBefore = 0;
    this.ticks = 0;
  }

  end(): void {
    this.owner = null;
  }

  /** Compiled into the start of every function and loop body. */
  tick(line: number): void {
    if (this.entryLine === 0) this.entryLine = line;
    this.charge(1, line);
  }

  private charge(ticks: number, line: number): void {
    this.ticks += ticks;
    if (this.ticks > MAX_TICKS_PER_TURN || this.ticks + this.ticksBefore > MAX_TICKS_PER_EXECUTION) {
      // Of nested loops it is the inner one that does not end; the outer ones only meet the limit as well.
      if (this.exhaustedAt === 0) this.exhaustedAt = line;
      throw new TurnExhausted(`more than ${MAX_TICKS_PER_TURN} steps in one turn, line ${line}`);
    }
  }

  /** Compiled around the last argument of every call: notes the line and gives the argument back. */
  at<T>(line: number, argument: T): T {
    this.line = line;
    if (this.entryLine === 0) this.entryLine = line;
    return argument;
  }

  /**
   * Compiled around what calls give back, and what is spread: long texts and arrays cost steps, because making them is work,
   * and holding them takes the memory of the page that the program is graded in. A page cannot ask how much that is, and
   * some browsers give up the whole tab when there is none left.
   */
  sized<T>(value: T): T {
    if (typeof value === 'string') this.chargeText(value);
    else if (Array.isArray(value)) this.chargeElements(value.length);
    else if (value instanceof Map || value instanceof Set) this.chargeElements(value.size);
    return value;
  }

  /** What is made of a text, character by character. */
  chargeText(text: string): void {
    if (text.length > FREE_LENGTH) this.charge(text.length / CHARACTERS_PER_TICK, this.line);
  }

  private chargeElements(count: number): void {
    if (count > FREE_LENGTH) this.charge(count / ELEMENTS_PER_TICK, this.line);
  }

  /**
   * Compiled around what a method is called on, and around texts that are added up: a text that was put together of others is
   * written out when it is looked into, and is then as long as all of them.
   */
  receiver<T>(value: T): T {
    if (typeof value === 'string' && value.length > FREE_LENGTH)
      this.charge(value.length / WRITTEN_OUT_PER_TICK, this.line);
    return value;
  }
}

export const turn = new Turn();
