/**
 * All that is kept of a learner's work, as a file: to another browser, another device, or over the loss of this one.
 *
 * Reading one in never takes anything away: what both have is merged record by record, and the code that gives way is
 * kept where a reset keeps it.
 */
import { asAttemptHistory, ATTEMPTS_MAX, type Attempt, type AttemptHistory } from './attempts';
import { asCheckProgress, type CheckProgress } from './checks';
import { asDraft, type Draft } from './drafts';
import { asProgress, type LabProgress } from './progress';
import { COLLECTIONS, type Collection, type Storage } from './storage';

/** Version of the file's form. Fields may be added to it; another form gets another number. */
const SCHEMA = 1;

export interface ProgressFile {
  readonly format: 'exactly-once-progress';
  readonly schema: number;
  /** ISO 8601, by the learner's clock. */
  readonly savedAt: string;
  readonly records: Readonly<Record<Collection, readonly unknown[]>>;
}

export type FileProblem = 'no-json' | 'other-file' | 'newer-form';

export type ReadFile =
  | {
      readonly ok: true;
      readonly file: ProgressFile;
      /** Records that do not have the right shape. */ readonly refused: number;
    }
  | { readonly ok: false; readonly problem: FileProblem };

interface Kind {
  readonly read: (value: unknown) => object | null;
  readonly keyOf: (record: never) => string;
  readonly merge: (mine: never, theirs: never) => object;
}

/** How the records of each collection are known, named and merged. */
const KINDS: Readonly<Record<Collection, Kind>> = {
  drafts: { read: asDraft, keyOf: (draft: Draft) => draft.lab, merge: mergeDrafts },
  progress: { read: asProgress, keyOf: (progress: LabProgress) => progress.lab, merge: mergeProgress },
  attempts: { read: asAttemptHistory, keyOf: (history: AttemptHistory) => history.lab, merge: mergeAttempts },
  checks: { read: asCheckProgress, keyOf: (progress: CheckProgress) => progress.check, merge: mergeChecks },
};

export async function writeProgressFile(storage: Storage, now: number): Promise<ProgressFile> {
  const records = {} as Record<Collection, readonly unknown[]>;
  for (const collection of COLLECTIONS) {
    const all = await storage.readAll(collection);
    records[collection] = all.filter((value) => KINDS[collection].read(value) !== null);
  }
  return { format: 'exactly-once-progress', schema: SCHEMA, savedAt: new Date(now).toISOString(), records };
}

/** Believes of a file what has the right shape. */
export function readProgressFile(text: string): ReadFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'no-json' };
  }
  const file = (typeof value === 'object' ? value : null) as Partial<Record<keyof ProgressFile, unknown>> | null;
  if (file?.format !== 'exactly-once-progress' || typeof file.schema !== 'number')
    return { ok: false, problem: 'other-file' };
  if (file.schema > SCHEMA) return { ok: false, problem: 'newer-form' };
  const found = (typeof file.records === 'object' ? file.records : null) as Partial<Record<Collection, unknown>> | null;
  let refused = 0;
  const records = {} as Record<Collection, readonly unknown[]>;
  for (const collection of COLLECTIONS) {
    const list: unknown = found?.[collection];
    const all: readonly unknown[] = Array.isArray(list) ? list : [];
    records[collection] = all.filter((record) => KINDS[collection].read(record) !== null);
    refused += all.length - records[collection].length;
  }
  const savedAt = typeof file.savedAt === 'string' ? file.savedAt : '';
  return { ok: true, refused, file: { format: 'exactly-once-progress', schema: file.schema, savedAt, records } };
}

/** Merges a file into what is stored; answers with the number of records that it held. */
export async function mergeProgressFile(storage: Storage, { records }: ProgressFile): Promise<number> {
  let count = 0;
  for (const collection of COLLECTIONS) {
    const { read, keyOf, merge } = KINDS[collection];
    for (const record of records[collection]) {
      count += 1;
      await storage.update(collection, keyOf(record as never), (old) => {
        const mine = read(old);
        return mine === null ? record : merge(mine as never, record as never);
      });
    }
  }
  return count;
}

/** The later one is shown, the other can be brought back; other tabs see a version that is new to them. */
function mergeDrafts(mine: Draft, theirs: Draft): Draft {
  if (mine.code === theirs.code) return mine;
  const [shown, other] = theirs.savedAt > mine.savedAt ? [theirs, mine] : [mine, theirs];
  return { ...shown, version: Math.max(mine.version, theirs.version) + 1, replaced: other.code };
}

function mergeProgress(mine: LabProgress, theirs: LabProgress): LabProgress {
  const passes = [mine.passed, theirs.passed].filter((passed) => passed !== null);
  return {
    schema: 1,
    lab: mine.lab,
    attempts: Math.max(mine.attempts, theirs.attempts),
    last: theirs.last.at > mine.last.at ? theirs.last : mine.last,
    passed: passes.sort((a, b) => b.at - a.at)[0] ?? null,
  };
}

function mergeAttempts(mine: AttemptHistory, theirs: AttemptHistory): AttemptHistory {
  const known = new Map<string, Attempt>();
  for (const attempt of [...mine.attempts, ...theirs.attempts]) known.set(`${attempt.at} ${attempt.code}`, attempt);
  const attempts = [...known.values()].sort((a, b) => a.at - b.at).slice(-ATTEMPTS_MAX);
  return { schema: 1, lab: mine.lab, attempts };
}

function mergeChecks(mine: CheckProgress, theirs: CheckProgress): CheckProgress {
  const rights = [mine.rightAt, theirs.rightAt].filter((at) => at !== null);
  return {
    ...(theirs.at > mine.at ? theirs : mine),
    tries: Math.max(mine.tries, theirs.tries),
    rightAt: rights.length === 0 ? null : Math.min(...rights),
  };
}
