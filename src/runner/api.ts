/**
 * What a host (the page, the command line, a test) asks of the engine, and what it gets back.
 *
 * Both hosts send the same request to the same bundle and get the same answer, times apart.
 */
import type { Recording } from '../simulation/trace';
import type { StormResult } from '../grader/storm/storm-report';
import type { GradeProgress, GradeResult } from '../grader/verdict';

export interface GradeRequest {
  readonly lab: string;
  /** The learner's file, TypeScript as typed. */
  readonly source: string;
  /** Fault budget; the lab's own when absent. */
  readonly faults?: number;
  /** Plain search without reductions. */
  readonly naive?: boolean;
}

export interface ReplayRequest {
  readonly lab: string;
  readonly source: string;
  readonly executionCode: string;
}

export interface StormRequest {
  readonly lab: string;
  readonly source: string;
  /** How many runs, each from a seed of its own. */
  readonly runs: number;
  /** The first run's seed, 0 … 2^32 - 1. */
  readonly seed: number;
  /** Faults beyond which each run goes; the lab's own bound when absent. */
  readonly faults?: number;
}

export interface HostOptions {
  readonly onProgress?: (progress: GradeProgress) => void;
  /** The page's host only: the failure to be shown is known, and the search goes on; called once at most. */
  readonly onPreview?: (result: GradeResult) => void;
  readonly signal?: AbortSignal;
}

/** Implemented by `runner/browser/host.ts` (sandboxed frame) and `runner/node/host.ts` (child process). */
export interface GradeHost {
  /**
   * Grades a file. Never rejects because of the file: what is wrong with it is in the verdict.
   * @throws RunnerError when the engine itself cannot be started, AbortError when `signal` fires.
   */
  grade(request: GradeRequest, options?: HostOptions): Promise<GradeResult>;
  /** Runs one execution again with recording on. @throws RunnerError for a code that does not fit the lab. */
  replay(request: ReplayRequest, options?: HostOptions): Promise<Recording>;
}

/** The page's host: it can have a sandbox ready before there is a task. */
export interface BrowserHost extends GradeHost {
  /**
   * Readies a sandbox for the next task of a lab, if none is ready: its engines are loaded, and grade a program for about a
   * second, so that the task is done at full speed. Verdicts do not depend on it. Another lab's is given up.
   * @param source a program that the lab lets run on, e.g. its solution
   * @returns settles when there is nothing more to do ahead; what keeps a sandbox from starting is said by the task
   */
  prepare(lab: string, source: () => Promise<string>): Promise<void>;
  /** Gives up what is ready for a lab. */
  release(lab: string): void;
}

/** Implemented by `runner/node/host.ts`. */
export interface StormHost {
  /**
   * Random plans beyond the bound. Never rejects because of the file: one that fails without any fault, or cannot be run, has
   * its verdict for an answer.
   * @throws RunnerError, AbortError as `grade`
   */
  storm(request: StormRequest, options?: HostOptions): Promise<StormResult | GradeResult>;
}

/** The engine could not be started or answered nonsense: our fault, or a browser that lacks something. */
export class RunnerError extends Error {
  override readonly name = 'RunnerError';
}
