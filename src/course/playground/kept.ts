/**
 * The run that was last looked at, kept in the browser. Like a lab's draft it carries a version that grows with every
 * save: a tab that would save over a run that it has not seen is told so instead, and its reader chooses.
 */
import type { Storage } from '../storage';
import { readState, type PlaygroundState } from './state';

const KEY = 'run';
/** What was kept there and nobody can read: a list, never written over. */
const SET_ASIDE = 'set-aside';

export interface KeptRun {
  /** Grows by one with every save, in whichever tab. */
  readonly version: number;
  readonly state: PlaygroundState;
}

export type KeepOutcome =
  | { readonly kind: 'kept'; readonly version: number }
  /** Another tab kept another run in between; nothing was written. */
  | { readonly kind: 'conflict'; readonly theirs: KeptRun };

/**
 * The run that was kept, or null. What is there and cannot be read, because a newer page has kept it or because it is
 * damaged, is set aside before anything can replace it.
 * @throws StorageError
 */
export async function readKept(storage: Storage): Promise<KeptRun | null> {
  const found = await storage.read('playground', KEY);
  const kept = asKept(found);
  if (kept === null && found !== undefined) await setAside(storage, found);
  return kept;
}

/**
 * Keeps it unless another tab was faster.
 * @param basedOn version that this tab has seen, 0 for none; `any` when its reader chose to replace the other
 * @throws StorageError when there is no room, or the browser does not let the page store
 */
export async function keep(storage: Storage, state: PlaygroundState, basedOn: number | 'any'): Promise<KeepOutcome> {
  // Out of reach of what is written below.
  await readKept(storage);
  let outcome: KeepOutcome | null = null;
  await storage.update('playground', KEY, (old) => {
    const theirs = asKept(old);
    const stored = theirs?.version ?? 0;
    if (theirs !== null && basedOn !== 'any' && basedOn !== stored && !isSame(theirs.state, state)) {
      outcome = { kind: 'conflict', theirs };
      return undefined;
    }
    outcome = { kind: 'kept', version: stored + 1 };
    return { version: stored + 1, state } satisfies KeptRun;
  });
  if (outcome === null) throw new Error('the storage did not ask what to keep');
  return outcome;
}

/** What was set aside, as it was; the oldest first. */
export async function readSetAside(storage: Storage): Promise<readonly unknown[]> {
  return asList(await storage.read('playground', SET_ASIDE));
}

/** Throws away what was set aside. */
export function dropSetAside(storage: Storage): Promise<void> {
  return storage.update('playground', SET_ASIDE, () => []);
}

export function isSame(one: PlaygroundState, other: PlaygroundState): boolean {
  return JSON.stringify(readState(one)) === JSON.stringify(readState(other));
}

function setAside(storage: Storage, found: unknown): Promise<void> {
  const text = JSON.stringify(found);
  return storage.update('playground', SET_ASIDE, (old) => {
    const list = asList(old);
    return list.some((other) => JSON.stringify(other) === text) ? undefined : [...list, found];
  });
}

/** Pages before this one kept the state alone: it counts as version 0. */
function asKept(value: unknown): KeptRun | null {
  const bare = readState(value);
  if (bare !== null) return { version: 0, state: bare };
  if (typeof value !== 'object' || value === null) return null;
  const { version, state } = value as Partial<Record<keyof KeptRun, unknown>>;
  const read = readState(state);
  return read !== null && Number.isSafeInteger(version) ? { version: version as number, state: read } : null;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** Tells other tabs of a save, and hears of theirs. Silent where the browser has no BroadcastChannel. */
export function openKeptChannel(onNews: () => void): { readonly announce: () => void; readonly close: () => void } {
  if (typeof BroadcastChannel === 'undefined') return { announce: () => {}, close: () => {} };
  const channel = new BroadcastChannel('exactly-once-playground');
  channel.onmessage = onNews;
  return { announce: () => channel.postMessage('kept'), close: () => channel.close() };
}
