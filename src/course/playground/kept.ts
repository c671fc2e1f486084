/** The run that was last looked at, kept in the browser. */
import type { Storage } from '../storage';
import { readState, type PlaygroundState } from './state';

const KEY = 'run';

/** Null for none, or for one that an older or newer page has kept and nobody can read. */
export async function readKept(storage: Storage): Promise<PlaygroundState | null> {
  return readState(await storage.read('playground', KEY));
}

/** @throws StorageError when there is no room, or the browser does not let the page store */
export function keep(storage: Storage, state: PlaygroundState): Promise<void> {
  return storage.update('playground', KEY, () => state);
}
