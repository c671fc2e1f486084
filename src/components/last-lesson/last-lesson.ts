/**
 * The lessons that were read, and the last of them, kept in the browser. A convenience: where storage is blocked the
 * course works without it.
 */
import { useMemo, useSyncExternalStore } from 'react';

const LAST = 'exactly-once:last-lesson';
const READ = 'exactly-once:read-lessons';
const EVENT = 'exactly-once-lesson';

export function rememberLesson(id: string): void {
  try {
    const read = new Set(splitIds(localStorage.getItem(READ))).add(id);
    localStorage.setItem(LAST, id);
    localStorage.setItem(READ, [...read].join(' '));
  } catch {
    // Blocked or full storage: there is nothing to continue from, and nothing is lost.
  }
  window.dispatchEvent(new Event(EVENT));
}

/** Id of the lesson, or null; null while pages are rendered on the server. */
export function useLastLesson(): string | null {
  return useSyncExternalStore(
    subscribe,
    () => readItem(LAST),
    () => null,
  );
}

/** Ids of the lessons that were opened; none while pages are rendered on the server. */
export function useReadLessons(): ReadonlySet<string> {
  const read = useSyncExternalStore(
    subscribe,
    () => readItem(READ),
    () => null,
  );
  return useMemo(() => new Set(splitIds(read)), [read]);
}

function splitIds(text: string | null): readonly string[] {
  return text === null || text === '' ? [] : text.split(' ');
}

function readItem(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('storage', onChange);
  window.addEventListener(EVENT, onChange);
  return () => {
    window.removeEventListener('storage', onChange);
    window.removeEventListener(EVENT, onChange);
  };
}
