/** Widths of the panes of the full-screen lab, kept in the browser. */
import { useCallback, useState } from 'react';

export interface PaneWidths {
  /** Shares of the window, in per cent; the editor has the rest. */
  readonly task: number;
  readonly result: number;
}

const KEY = 'exactly-once:panes';
const DEFAULT: PaneWidths = { task: 22, result: 38 };
export const PANE_MIN = 14;
export const PANE_MAX = 60;

export function usePanes(): readonly [PaneWidths, (part: Partial<PaneWidths>) => void] {
  const [widths, setWidths] = useState<PaneWidths>(read);
  const change = useCallback((part: Partial<PaneWidths>) => {
    setWidths((known) => {
      const next = withinBounds({ ...known, ...part });
      try {
        localStorage.setItem(KEY, JSON.stringify(next));
      } catch {
        // Blocked or full: the widths hold until the page is left.
      }
      return next;
    });
  }, []);
  return [widths, change];
}

function read(): PaneWidths {
  if (typeof window === 'undefined') return DEFAULT;
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Record<keyof PaneWidths, unknown>> | null;
    const { task, result } = stored ?? {};
    return typeof task === 'number' && typeof result === 'number' ? withinBounds({ task, result }) : DEFAULT;
  } catch {
    return DEFAULT;
  }
}

/** No pane disappears, and the editor keeps its least width. */
export function withinBounds({ task, result }: PaneWidths): PaneWidths {
  const clamp = (value: number, max: number): number => Math.min(Math.max(value, PANE_MIN), max);
  const kept = clamp(task, PANE_MAX);
  return { task: kept, result: clamp(result, Math.max(PANE_MIN, 100 - kept - PANE_MIN)) };
}
