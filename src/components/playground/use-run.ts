import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { play, type PlayedRun } from '../../course/playground/play';
import { problemOf, UNTIL_MAX_MS, type PlaygroundState } from '../../course/playground/state';
import type { Lane, Recording } from '../../simulation/trace';
import { timelineRows, type TimelineRow } from '../timeline/rows';

/** How far ahead the next event is looked for, in steps. */
const AHEAD_MS = [1000, 10_000, 60_000, 600_000] as const;

export interface Run {
  /** The run as far as it has got; null before the first is there. */
  readonly latest: PlayedRun | null;
  /** What the world holds at the row that is looked at. */
  readonly shown: PlayedRun | null;
  readonly rows: readonly TimelineRow[];
  readonly lanes: readonly Lane[];
  /** The row that is looked at. */
  readonly index: number;
  /** Virtual time of what is shown. */
  readonly now: number;
  readonly isLatest: boolean;
  readonly isBusy: boolean;
  /** A bug of the model, in its words. */
  readonly error: string | null;
  readonly look: (index: number) => void;
  readonly toLatest: () => void;
  /** Time at which the next event is over; null when nothing happens any more. */
  readonly nextMoment: () => Promise<number | null>;
}

/** Plays the state whenever it changes, and the part up to the row that is looked at. */
export function useRun(state: PlaygroundState, isReady: boolean): Run {
  const [cursor, setCursor] = useState<{ readonly of: PlaygroundState; readonly index: number } | null>(null);
  const isPossible = isReady && problemOf(state.setup) === null;
  const latest = usePlayed(isPossible ? state : null);
  const { rows, lanes } = useMemo(() => (latest.run === null ? NOTHING : shownOf(latest.run.recording)), [latest.run]);
  const last = rows.length - 1;
  const index = cursor !== null && cursor.of === state ? Math.min(cursor.index, last) : last;
  const isLatest = index >= last;
  const at = isLatest ? state.until : (rows[index]?.event.time ?? 0) + 1;
  const earlier = useMemo(
    () => (isLatest || !isPossible ? null : { ...state, until: at }),
    [state, at, isLatest, isPossible],
  );
  const past = usePlayed(earlier);
  const shown = isLatest ? latest.run : (past.run ?? latest.run);
  const look = useCallback((target: number) => setCursor({ of: state, index: Math.max(target, 0) }), [state]);
  const toLatest = useCallback(() => setCursor(null), []);
  const nextMoment = useCallback(() => momentAfter(state, rows.length), [state, rows.length]);
  return {
    latest: latest.run,
    shown,
    rows,
    lanes,
    index: Math.max(index, 0),
    now: isLatest ? Math.max(state.until, latest.run?.snapshot.now ?? 0) : at,
    isLatest,
    isBusy: latest.isBusy,
    error: latest.error,
    look,
    toLatest,
    nextMoment,
  };
}

interface Played {
  readonly run: PlayedRun | null;
  readonly isBusy: boolean;
  readonly error: string | null;
}

/** The latest run stays until the next one is there, so that nothing jumps. */
function usePlayed(state: PlaygroundState | null): Played {
  const [result, setResult] = useState<{
    readonly of: PlaygroundState | null;
    readonly run: PlayedRun | null;
    readonly error: string | null;
  }>({ of: null, run: null, error: null });
  const wanted = useRef(state);
  useEffect(() => {
    wanted.current = state;
    if (state === null) return;
    play(state).then(
      (run) => {
        if (wanted.current === state) setResult({ of: state, run, error: null });
      },
      (error: unknown) => {
        const told = error instanceof Error ? error.message : String(error);
        if (wanted.current === state) setResult((old) => ({ of: state, run: old.run, error: told }));
      },
    );
  }, [state]);
  return {
    run: result.run,
    isBusy: state !== null && result.of !== state,
    error: state === null ? null : result.error,
  };
}

interface Shown {
  readonly rows: readonly TimelineRow[];
  readonly lanes: readonly Lane[];
}

const NOTHING: Shown = { rows: [], lanes: [] };

/** What programs print of errors is shown, and who has which partitions; lanes in which nothing happens are not. */
function shownOf(recording: Recording): Shown {
  const keySteps = new Set(
    recording.events.filter(({ kind }) => kind === 'console' || kind === 'group-join').map(({ step }) => step),
  );
  const options = { all: false, keySteps };
  const all = timelineRows(recording, options);
  const isUsed = (index: number): boolean =>
    all.some(
      ({ cells, arrow }) => (cells[index]?.mark ?? null) !== null || arrow?.from === index || arrow?.to === index,
    );
  const lanes = recording.lanes.filter((_, index) => isUsed(index));
  return { lanes, rows: timelineRows({ ...recording, lanes }, options) };
}

/** Looks ahead until there is another row than the first `count`. */
async function momentAfter(state: PlaygroundState, count: number): Promise<number | null> {
  for (const ahead of AHEAD_MS) {
    const until = Math.min(state.until + ahead, UNTIL_MAX_MS);
    const { recording } = await play({ ...state, until });
    const next = shownOf(recording).rows[count];
    if (next !== undefined) return Math.min(Math.max(next.event.time + 1, state.until + 1), UNTIL_MAX_MS);
    if (until === UNTIL_MAX_MS) return null;
  }
  return null;
}
