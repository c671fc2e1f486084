import { browserStorage, type Storage } from '../../course/storage';

let shared: Storage | null = null;

/** One connection for all labs of the page, opened on first use. */
export function pageStorage(): Storage {
  shared ??= browserStorage();
  return shared;
}
