/**
 * A storm as a host runs it: first the lab's own workloads without any fault. What fails there, or has no effect, is told by
 * its verdict as always; random faults would add nothing.
 */
import { Grading } from '../grade';
import type { Lab } from '../lab';
import type { Program } from '../program';
import type { GradeProgress, GradeResult } from '../verdict';
import { Storm } from './storm';
import type { StormResult } from './storm-report';
import type { StormOptions } from './storm-state';

export class StormGrading {
  private readonly plain: Grading;
  private readonly storm: Storm;
  private verdict: GradeResult | null = null;
  private isPlainDone = false;

  constructor(lab: Lab, program: Program, options: StormOptions) {
    const { modelHash, engineVersion } = options;
    this.plain = new Grading(lab, program, { modelHash, engineVersion, faults: 0 });
    this.storm = new Storm(lab, program, options);
  }

  /** Runs up to `executions` more. @returns true when it is over */
  advance(executions: number): boolean {
    if (this.isPlainDone) return this.verdict !== null || this.storm.advance(executions);
    if (!this.plain.advance(executions)) return false;
    this.isPlainDone = true;
    const result = this.plain.result(0);
    if (result.verdict.status !== 'pass') this.verdict = result;
    return this.verdict !== null;
  }

  progress(): GradeProgress {
    return this.storm.progress();
  }

  /** The verdict of a program that fails without any fault, or the storm's report. */
  result(elapsedMs: number): GradeResult | StormResult {
    return this.verdict === null ? this.storm.result(elapsedMs) : this.plain.result(elapsedMs);
  }
}
