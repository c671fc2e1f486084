/**
 * Progress is evidence: the code, the verdict it got and the engine that gave it. A tick is never stored; it follows
 * from evidence that the present engine still stands by, and from nothing else.
 */
import type { Verdict } from '../grader/verdict';
import type { Storage } from './storage';

export interface Evidence {
  readonly code: string;
  readonly verdict: Verdict;
  /** `modelHash` of the verdict's engine: with another engine the code has to be graded again. */
  readonly engineHash: string;
  /** Milliseconds since 1970, by the learner's clock. */
  readonly at: number;
}

export interface LabProgress {
  readonly schema: 1;
  readonly lab: string;
  /** Runs with a verdict. */
  readonly attempts: number;
  readonly last: Evidence;
  /** The latest passing evidence; a later failing attempt does not take it away. */
  readonly passed: Evidence | null;
}

export type LabStanding = 'untouched' | 'attempted' | 'passed' | 'passed-with-older-engine';

/** Adds a verdict to what is known of the lab. */
export async function recordVerdict(
  storage: Storage,
  code: string,
  verdict: Verdict,
  now: number,
): Promise<LabProgress> {
  const evidence: Evidence = { code, verdict, engineHash: verdict.modelHash, at: now };
  let progress: LabProgress | null = null;
  await storage.update('progress', verdict.lab, (old) => {
    const known = asProgress(old);
    progress = {
      schema: 1,
      lab: verdict.lab,
      attempts: (known?.attempts ?? 0) + 1,
      last: evidence,
      passed: verdict.status === 'pass' ? evidence : (known?.passed ?? null),
    };
    return progress;
  });
  if (progress === null) throw new Error('the storage did not ask what to save');
  return progress;
}

/**
 * Puts a verdict of the present engine in the place of an older one on the same program: no attempt of the learner's.
 * What the present engine does not pass is no longer passed, and the verdict that says so is kept as the last.
 */
export async function recordRegrade(
  storage: Storage,
  code: string,
  verdict: Verdict,
  now: number,
): Promise<LabProgress> {
  const evidence: Evidence = { code, verdict, engineHash: verdict.modelHash, at: now };
  let progress: LabProgress | null = null;
  await storage.update('progress', verdict.lab, (old) => {
    const known = asProgress(old);
    const isPassed = verdict.status === 'pass';
    const before = known?.passed?.at ?? now;
    progress = {
      schema: 1,
      lab: verdict.lab,
      attempts: known?.attempts ?? 0,
      last: isPassed ? (known?.last ?? evidence) : evidence,
      passed: isPassed ? { ...evidence, at: before } : null,
    };
    return progress;
  });
  if (progress === null) throw new Error('the storage did not ask what to save');
  return progress;
}

export async function readProgress(storage: Storage, lab: string): Promise<LabProgress | null> {
  return asProgress(await storage.read('progress', lab));
}

/** Every lab with evidence; records that this page does not understand are left out. */
export async function readAllProgress(storage: Storage): Promise<readonly LabProgress[]> {
  const records = await storage.readAll('progress');
  return records.map(asProgress).filter((progress) => progress !== null);
}

/** What may be claimed of a lab with the engine of hash `engineHash`; null when that is not known yet. */
export function standingOf(progress: LabProgress | null, engineHash: string | null): LabStanding {
  if (progress === null) return 'untouched';
  if (progress.passed === null) return 'attempted';
  const isCurrent = engineHash === null || progress.passed.engineHash === engineHash;
  return isCurrent ? 'passed' : 'passed-with-older-engine';
}

/** What was stored may be from an older page, or damaged: believe only what has the right shape. */
export function asProgress(value: unknown): LabProgress | null {
  if (typeof value !== 'object' || value === null) return null;
  const progress = value as Partial<Record<keyof LabProgress, unknown>>;
  const fits =
    progress.schema === 1 &&
    typeof progress.lab === 'string' &&
    typeof progress.attempts === 'number' &&
    isEvidence(progress.last) &&
    (progress.passed === null || isEvidence(progress.passed));
  return fits ? (value as LabProgress) : null;
}

function isEvidence(value: unknown): value is Evidence {
  if (typeof value !== 'object' || value === null) return false;
  const evidence = value as Partial<Record<keyof Evidence, unknown>>;
  return (
    typeof evidence.code === 'string' &&
    typeof evidence.engineHash === 'string' &&
    typeof evidence.at === 'number' &&
    typeof evidence.verdict === 'object' &&
    evidence.verdict !== null
  );
}
