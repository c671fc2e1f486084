import { useCallback, useState } from 'react';

/** A line to show, and how often it was asked for: asking again shows it again. */
export interface LineRequest {
  readonly line: number;
  readonly request: number;
}

export interface LineState {
  /** The line that the timeline is at. */
  readonly line: number | null;
  readonly setLine: (line: number | null) => void;
  /** The line that the learner asked for. */
  readonly goTo: LineRequest | null;
  readonly goToLine: (line: number) => void;
  /** Lines at which playing stops. */
  readonly breakpoints: ReadonlySet<number>;
  readonly toggleBreakpoint: (line: number) => void;
}

/** Where the program and the timeline meet. */
export function useLine(): LineState {
  const [line, setLine] = useState<number | null>(null);
  const [goTo, setGoTo] = useState<LineRequest | null>(null);
  const [breakpoints, setBreakpoints] = useState<ReadonlySet<number>>(new Set());
  const goToLine = useCallback((wanted: number): void => {
    setLine(wanted);
    setGoTo((last) => ({ line: wanted, request: (last?.request ?? 0) + 1 }));
  }, []);
  const toggleBreakpoint = useCallback((at: number): void => {
    setBreakpoints((known) => {
      const next = new Set(known);
      if (!next.delete(at)) next.add(at);
      return next;
    });
  }, []);
  return { line, setLine, goTo, goToLine, breakpoints, toggleBreakpoint };
}
