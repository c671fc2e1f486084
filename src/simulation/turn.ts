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
  /** Loop rounds and function entries in this turn. */
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
    if (++this.ticks > MAX_TICKS_PER_TURN || this.ticks + this.ticksBefore > MAX_TICKS_PER_EXECUTION) {
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
}

export const turn = new Turn();
