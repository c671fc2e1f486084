import { useCallback, useState, useSyncExternalStore } from 'react';

/** A line to show, and how often it was asked for: asking again shows it again. */
export interface LineRequest {
  readonly line: number;
  readonly request: number;
}

/**
 * The line that the timeline is at. It changes with every step, and is told to those only who show it: the rest of the
 * lab is not drawn anew.
 */
export interface ShownLine {
  readonly get: () => number | null;
  readonly set: (line: number | null) => void;
  /** @returns ends it */
  readonly subscribe: (listener: () => void) => () => void;
}

export interface LineState {
  readonly shown: ShownLine;
  readonly setLine: ShownLine['set'];
  /** The line that the learner asked for. */
  readonly goTo: LineRequest | null;
  readonly goToLine: (line: number) => void;
  /** Lines at which playing stops. */
  readonly breakpoints: ReadonlySet<number>;
  readonly toggleBreakpoint: (line: number) => void;
}

/** Where the program and the timeline meet. */
export function useLine(): LineState {
  const [shown] = useState(shownLine);
  const [goTo, setGoTo] = useState<LineRequest | null>(null);
  const [breakpoints, setBreakpoints] = useState<ReadonlySet<number>>(new Set());
  const goToLine = useCallback(
    (wanted: number): void => {
      shown.set(wanted);
      setGoTo((last) => ({ line: wanted, request: (last?.request ?? 0) + 1 }));
    },
    [shown],
  );
  const toggleBreakpoint = useCallback((at: number): void => {
    setBreakpoints((known) => {
      const next = new Set(known);
      if (!next.delete(at)) next.add(at);
      return next;
    });
  }, []);
  return { shown, setLine: shown.set, goTo, goToLine, breakpoints, toggleBreakpoint };
}

/** Draws its component anew with every step. */
export function useShownLine(shown: ShownLine): number | null {
  return useSyncExternalStore(shown.subscribe, shown.get, shown.get);
}

function shownLine(): ShownLine {
  let line: number | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => line,
    set: (next) => {
      if (next === line) return;
      line = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
