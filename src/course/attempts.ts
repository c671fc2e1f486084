/** The runs of a lab, the latest last: when, what came of them, and the program, so that none is out of reach. */
import type { Text, Verdict, VerdictStatus } from '../grader/verdict';
import type { Storage } from './storage';

export interface Attempt {
  /** Milliseconds since 1970, by the learner's clock. */
  readonly at: number;
  readonly status: VerdictStatus;
  readonly headline: Text;
  readonly code: string;
}

export interface AttemptHistory {
  readonly schema: 1;
  readonly lab: string;
  readonly attempts: readonly Attempt[];
}

/** Older ones make room: a history is for looking back, not for counting. */
export const ATTEMPTS_MAX = 50;

/** Adds a run; the same program once more takes the place of the run before it. */
export async function recordAttempt(
  storage: Storage,
  code: string,
  verdict: Verdict,
  now: number,
): Promise<AttemptHistory> {
  const attempt: Attempt = { at: now, status: verdict.status, headline: verdict.headline, code };
  let history: AttemptHistory | null = null;
  await storage.update('attempts', verdict.lab, (old) => {
    const known = asAttemptHistory(old)?.attempts ?? [];
    const before = known.at(-1)?.code === code ? known.slice(0, -1) : known;
    history = { schema: 1, lab: verdict.lab, attempts: [...before, attempt].slice(-ATTEMPTS_MAX) };
    return history;
  });
  if (history === null) throw new Error('the storage did not ask what to save');
  return history;
}

export async function readAttempts(storage: Storage, lab: string): Promise<readonly Attempt[]> {
  return asAttemptHistory(await storage.read('attempts', lab))?.attempts ?? [];
}

/** What was stored may be from an older page, or damaged: believe only what has the right shape. */
export function asAttemptHistory(value: unknown): AttemptHistory | null {
  if (typeof value !== 'object' || value === null) return null;
  const history = value as Partial<Record<keyof AttemptHistory, unknown>>;
  const fits =
    history.schema === 1 &&
    typeof history.lab === 'string' &&
    Array.isArray(history.attempts) &&
    history.attempts.every(isAttempt);
  return fits ? (value as AttemptHistory) : null;
}

function isAttempt(value: unknown): value is Attempt {
  if (typeof value !== 'object' || value === null) return false;
  const attempt = value as Partial<Record<keyof Attempt, unknown>>;
  return (
    typeof attempt.at === 'number' &&
    (attempt.status === 'pass' || attempt.status === 'fail' || attempt.status === 'inconclusive') &&
    isText(attempt.headline) &&
    typeof attempt.code === 'string'
  );
}

function isText(value: unknown): value is Text {
  if (typeof value !== 'object' || value === null) return false;
  const text = value as Partial<Record<keyof Text, unknown>>;
  return typeof text.id === 'string' && typeof text.params === 'object' && text.params !== null;
}
