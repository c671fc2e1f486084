/**
 * How a lab is written down. `labs/<id>/lab.ts` holds
 *
 *     export default defineLab({ id: 'first-run', lesson: 'welcome', … })
 *
 * and is all the grader, the site and the tests read; `tests/labs.test.ts` runs every version in the folder and
 * compares it with `versions` below.
 */
import type { Lab } from '../grader/lab';
import type { AnomalyId, VerdictStatus } from '../grader/verdict';

/** What the verdict of one file of the lab's folder has to be. */
export interface ExpectedVerdict {
  readonly status: VerdictStatus;
  /** The failing anomaly that the verdict's headline names; null for a pass. */
  readonly anomaly: AnomalyId | null;
  /** Fewest faults with which it appears. */
  readonly faults?: number;
}

export interface NamedRun {
  /** File of the folder without ending: `starter`, `solution`, `attempts/commit-first`. */
  readonly version: string;
  /** Plan as printed by a verdict: `v0:-`, `v0:crash@effect#2.before`. */
  readonly execution: string;
}

export interface LabDefinition extends Lab {
  /** Lesson that the lab belongs to. */
  readonly lesson: string;
  /** Minutes a learner should plan for. */
  readonly minutes: number;
  /** Points of the lab in an assessment. */
  readonly points: number;
  /** Expected verdict by file of the folder, without ending; every file has to be named here. */
  readonly versions: Readonly<Record<string, ExpectedVerdict>>;
  /** Executions that lessons show, by name: `<Run lab="…" name="…" />`. */
  readonly runs?: Readonly<Record<string, NamedRun>>;
}

/** Gives the definition back, checked by its type. */
export function defineLab(definition: LabDefinition): LabDefinition {
  return definition;
}
