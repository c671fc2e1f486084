/** Answers to the questions of lessons, one record a question: the same in both languages. */
import type { Storage } from './storage';

export interface CheckProgress {
  readonly schema: 1;
  /** Id of the question, unique in the course. */
  readonly check: string;
  /** Answers given so far. */
  readonly tries: number;
  /** Numbers of the options of the last answer, in the order of the lesson. */
  readonly answer: readonly number[];
  readonly isRight: boolean;
  /** Learner's clock at the first right answer; a later wrong one does not take it away. */
  readonly rightAt: number | null;
  /** Milliseconds since 1970, by the learner's clock. */
  readonly at: number;
}

export interface CheckAnswer {
  readonly check: string;
  readonly answer: readonly number[];
  readonly isRight: boolean;
  readonly now: number;
}

export async function recordAnswer(storage: Storage, { check, answer, isRight, now }: CheckAnswer): Promise<void> {
  await storage.update('checks', check, (old): CheckProgress => {
    const known = asCheckProgress(old);
    return {
      schema: 1,
      check,
      tries: (known?.tries ?? 0) + 1,
      answer,
      isRight,
      rightAt: known?.rightAt ?? (isRight ? now : null),
      at: now,
    };
  });
}

export async function readCheck(storage: Storage, check: string): Promise<CheckProgress | null> {
  return asCheckProgress(await storage.read('checks', check));
}

/** What was stored may be from an older page, or damaged: believe only what has the right shape. */
export function asCheckProgress(value: unknown): CheckProgress | null {
  if (typeof value !== 'object' || value === null) return null;
  const progress = value as Partial<Record<keyof CheckProgress, unknown>>;
  const fits =
    progress.schema === 1 &&
    typeof progress.check === 'string' &&
    Number.isSafeInteger(progress.tries) &&
    Array.isArray(progress.answer) &&
    progress.answer.every((option) => Number.isSafeInteger(option)) &&
    typeof progress.isRight === 'boolean' &&
    (progress.rightAt === null || typeof progress.rightAt === 'number') &&
    typeof progress.at === 'number';
  return fits ? (value as CheckProgress) : null;
}
