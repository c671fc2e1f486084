/**
 * The last lesson that was read, kept in the browser. A convenience: where storage is blocked the course works
 * without it.
 */
import { useSyncExternalStore } from 'react';

const KEY = 'exactly-once:last-lesson';

export function rememberLesson(id: string): void {
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // Blocked or full storage: there is nothing to continue from, and nothing is lost.
  }
}

/** Id of the lesson, or null; null while pages are rendered on the server. */
export function useLastLesson(): string | null {
  return useSyncExternalStore(subscribe, readLesson, () => null);
}

function readLesson(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('storage', onChange);
  return () => window.removeEventListener('storage', onChange);
}
