/**
 * The learner's code, one record a lab. A draft carries a version that grows with every save: a tab that would save
 * over a version that it has not seen is told so instead, and the learner chooses.
 */
import type { Storage } from './storage';

export interface Draft {
  readonly schema: 1;
  readonly lab: string;
  readonly code: string;
  /** Grows by one with every save, in whichever tab. */
  readonly version: number;
  /** Milliseconds since 1970, by the learner's clock; shown, never compared. */
  readonly savedAt: number;
  /** The code that the last reset, or the choice between two tabs, replaced: kept so that it can be undone. */
  readonly replaced: string | null;
}

export type SaveOutcome =
  | { readonly kind: 'saved'; readonly draft: Draft }
  /** Another tab saved in between; nothing was written. */
  | { readonly kind: 'conflict'; readonly theirs: Draft };

export interface SaveRequest {
  readonly lab: string;
  readonly code: string;
  /** Version that the tab has seen; 0 when there was no draft. `any` when the learner chose to overwrite. */
  readonly basedOn: number | 'any';
  readonly replaced: string | null;
  readonly now: number;
}

/** The draft of a lab, or null when there is none, or none that this page understands. */
export async function readDraft(storage: Storage, lab: string): Promise<Draft | null> {
  return asDraft(await storage.read('drafts', lab));
}

/** Saves unless another tab was faster. */
export async function saveDraft(storage: Storage, request: SaveRequest): Promise<SaveOutcome> {
  let outcome: SaveOutcome | null = null;
  await storage.update('drafts', request.lab, (old) => {
    const theirs = asDraft(old);
    const stored = theirs?.version ?? 0;
    if (theirs !== null && request.basedOn !== 'any' && request.basedOn !== stored && theirs.code !== request.code) {
      outcome = { kind: 'conflict', theirs };
      return undefined;
    }
    const draft: Draft = {
      schema: 1,
      lab: request.lab,
      code: request.code,
      version: stored + 1,
      savedAt: request.now,
      replaced: request.replaced,
    };
    outcome = { kind: 'saved', draft };
    return draft;
  });
  if (outcome === null) throw new Error('the storage did not ask what to save');
  return outcome;
}

/** What was stored may be from an older page, or damaged: believe only what has the right shape. */
export function asDraft(value: unknown): Draft | null {
  if (typeof value !== 'object' || value === null) return null;
  const draft = value as Partial<Record<keyof Draft, unknown>>;
  const fits =
    draft.schema === 1 &&
    typeof draft.lab === 'string' &&
    typeof draft.code === 'string' &&
    typeof draft.version === 'number' &&
    Number.isSafeInteger(draft.version) &&
    typeof draft.savedAt === 'number' &&
    (draft.replaced === null || typeof draft.replaced === 'string');
  return fits ? (value as Draft) : null;
}

export interface DraftNews {
  readonly lab: string;
  readonly version: number;
}

/** Tells other tabs of a save, and hears of theirs. Silent where the browser has no BroadcastChannel. */
export function openDraftChannel(onNews: (news: DraftNews) => void): {
  readonly announce: (news: DraftNews) => void;
  readonly close: () => void;
} {
  if (typeof BroadcastChannel === 'undefined') return { announce: () => {}, close: () => {} };
  const channel = new BroadcastChannel('exactly-once-drafts');
  channel.onmessage = (event: MessageEvent<DraftNews>) => onNews(event.data);
  return { announce: (news) => channel.postMessage(news), close: () => channel.close() };
}
