import { useCallback, useState } from 'react';
import type { PlaygroundState } from '../../course/playground/state';

interface History {
  readonly past: readonly PlaygroundState[];
  readonly present: PlaygroundState;
  readonly future: readonly PlaygroundState[];
}

export interface HistoryActions {
  readonly state: PlaygroundState;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** A change that can be undone. */
  readonly change: (next: PlaygroundState) => void;
  /** Time went on: nothing to undo. */
  readonly advance: (until: number) => void;
  /** Another run altogether, without a past. */
  readonly replace: (next: PlaygroundState) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

const REMEMBERED = 200;

/** The state with what it was before, and what was undone. */
export function useHistory(first: PlaygroundState): HistoryActions {
  const [{ past, present, future }, setHistory] = useState<History>({ past: [], present: first, future: [] });
  const change = useCallback(
    (next: PlaygroundState) =>
      setHistory((old) => ({ past: [...old.past, old.present].slice(-REMEMBERED), present: next, future: [] })),
    [],
  );
  const advance = useCallback(
    (until: number) => setHistory((old) => ({ ...old, present: { ...old.present, until } })),
    [],
  );
  const replace = useCallback((next: PlaygroundState) => setHistory({ past: [], present: next, future: [] }), []);
  const undo = useCallback(
    () =>
      setHistory((old) => {
        const before = old.past.at(-1);
        if (before === undefined) return old;
        return { past: old.past.slice(0, -1), present: before, future: [old.present, ...old.future] };
      }),
    [],
  );
  const redo = useCallback(
    () =>
      setHistory((old) => {
        const [next, ...rest] = old.future;
        return next === undefined ? old : { past: [...old.past, old.present], present: next, future: rest };
      }),
    [],
  );
  return {
    state: present,
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    change,
    advance,
    replace,
    undo,
    redo,
  };
}
