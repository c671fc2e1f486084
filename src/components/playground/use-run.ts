import { useCallback, useMemo, useRef, useState } from 'react';
import { changesBetween } from '../../course/playground/changes';
import { play, type PlayedRun } from '../../course/playground/play';
import type { Cut } from '../../course/playground/slices';
import { problemOf, UNTIL_MAX_MS, type PlaygroundState } from '../../course/playground/state';
import type { Lane, Recording } from '../../simulation/trace';
import { timelineRows, type TimelineRow } from '../timeline/rows';
import { usePlayed, useProgress, type Played, type Progress, type Watching } from './use-played';

/** How far ahead the next event is looked for, in steps. */
const AHEAD_MS = [1000, 10_000, 60_000, 600_000] as const;

/** `rest`: nothing happens by itself any more. `end`: a run is not played beyond that. `cut`: it has grown too large. */
export type NoMoment = 'rest' | 'end' | Cut;

export interface Run {
  /** The run as far as it has got; null before the first is there. */
  readonly latest: PlayedRun | null;
  /** What the world holds at the row that is looked at. */
  readonly shown: PlayedRun | null;
  /** Ids of what the row that is looked at has changed. */
  readonly changed: ReadonlySet<string>;
  readonly rows: readonly TimelineRow[];
  readonly lanes: readonly Lane[];
  /** How many more lanes there would be. */
  readonly hiddenLanes: number;
  /** The row that is looked at. */
  readonly index: number;
  /** Virtual time of what is shown. */
  readonly now: number;
  readonly isLatest: boolean;
  readonly isBusy: boolean;
  /** How far what is being played has got; null while that takes no time worth telling. */
  readonly progress: Progress | null;
  /** Why the latest run ends before the state does. */
  readonly cut: Cut | null;
  /** Ends what is being played where it is. */
  readonly stop: () => void;
  /** Plays again what was stopped. */
  readonly goOn: () => void;
  /** A bug of the model, in its words. */
  readonly error: string | null;
  readonly look: (index: number) => void;
  readonly toLatest: () => void;
  /** Time at which the next event is over, or why there is none to be had. */
  readonly nextMoment: () => Promise<number | NoMoment>;
}

/** Plays the state whenever it changes, and the part up to the row that is looked at. */
export function useRun(state: PlaygroundState, isReady: boolean): Run {
  const [cursor, setCursor] = useState<{ readonly of: PlaygroundState; readonly index: number } | null>(null);
  const isPossible = isReady && problemOf(state.setup) === null;
  const watching = useProgress();
  const { begin, end: endProgress } = watching;
  const latest = usePlayed(isPossible ? state : null, watching);
  const { rows, lanes, hiddenLanes } = useMemo(
    () => (latest.run === null ? NOTHING : shownOf(latest.run.recording)),
    [latest.run],
  );
  const last = rows.length - 1;
  const index = cursor !== null && cursor.of === state ? Math.min(cursor.index, last) : last;
  const isLatest = index >= last;
  const cut = latest.run?.cut ?? null;
  const end = cut === null ? state.until : Math.floor(latest.run?.snapshot.now ?? 0);
  const at = isLatest ? end : (rows[index]?.event.time ?? 0) + 1;
  const earlier = useMemo(
    () => (isLatest || !isPossible ? null : { ...state, until: at }),
    [state, at, isLatest, isPossible],
  );
  const past = usePlayed(earlier, watching);
  const shown = isLatest ? latest.run : (past.run ?? latest.run);
  const step = rows[index]?.event.time ?? 0;
  const before = rows.filter(({ event }, at) => at < index && event.time < step).at(-1)?.event.time ?? 0;
  const changed = useChanged(
    isPossible && !latest.isSlow ? state : null,
    before + 1,
    isLatest ? latest : past,
    watching,
  );
  const look = useCallback((target: number) => setCursor({ of: state, index: Math.max(target, 0) }), [state]);
  const toLatest = useCallback(() => setCursor(null), []);
  const ahead = useRef<AbortController | null>(null);
  const nextMoment = useCallback(async () => {
    if (cut !== null) return cut;
    ahead.current?.abort();
    const own = new AbortController();
    ahead.current = own;
    const moment = await momentAfter(state, rows.length, begin, own.signal);
    endProgress();
    return moment;
  }, [state, rows.length, cut, begin, endProgress]);
  const { stop: stopLatest } = latest;
  const { stop: stopPast } = past;
  const stop = useCallback(() => {
    stopLatest();
    stopPast();
    ahead.current?.abort();
  }, [stopLatest, stopPast]);
  return {
    latest: latest.run,
    shown,
    changed,
    rows,
    lanes,
    hiddenLanes,
    index: Math.max(index, 0),
    now: isLatest && cut === null ? Math.max(state.until, latest.run?.snapshot.now ?? 0) : at,
    isLatest,
    isBusy: latest.isBusy,
    progress: watching.progress,
    cut,
    stop,
    goOn: latest.again,
    error: latest.error,
    look,
    toLatest,
    nextMoment,
  };
}

const NO_CHANGES: ReadonlySet<string> = new Set();

/** What differs from the moment of the row before. A run that takes long is not played once more for that. */
function useChanged(
  state: PlaygroundState | null,
  before: number,
  shown: Played,
  watching: Watching,
): ReadonlySet<string> {
  const earlier = useMemo(
    () => (state === null || before > state.until ? null : { ...state, until: before }),
    [state, before],
  );
  const { run, isBusy } = usePlayed(earlier, watching);
  const isThere = earlier !== null && !isBusy && !shown.isBusy;
  return useMemo(
    () =>
      !isThere || run === null || shown.run === null ? NO_CHANGES : changesBetween(run.snapshot, shown.run.snapshot),
    [isThere, run, shown.run],
  );
}

/** More of them have no room, and take a browser's time; what happens there is told in words all the same. */
const LANES_MAX = 14;

interface Shown {
  /** How many more lanes there would be. */
  readonly hiddenLanes: number;
  readonly rows: readonly TimelineRow[];
  readonly lanes: readonly Lane[];
}

const NOTHING: Shown = { rows: [], lanes: [], hiddenLanes: 0 };

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
  const used = recording.lanes.filter((_, index) => isUsed(index));
  const lanes = used.slice(0, LANES_MAX);
  return { lanes, hiddenLanes: used.length - lanes.length, rows: timelineRows({ ...recording, lanes }, options) };
}

/** Looks ahead until there is another row than the first `count`. */
async function momentAfter(
  state: PlaygroundState,
  count: number,
  begin: Watching['begin'],
  signal: AbortSignal,
): Promise<number | NoMoment> {
  if (state.until >= UNTIL_MAX_MS) return 'end';
  for (const ahead of AHEAD_MS) {
    const until = Math.min(state.until + ahead, UNTIL_MAX_MS);
    const { recording, cut } = await play({ ...state, until }, { signal, onProgress: begin(until) });
    if (cut === 'stopped') return cut;
    const next = shownOf(recording).rows[count];
    if (next !== undefined) return Math.min(Math.max(next.event.time + 1, state.until + 1), UNTIL_MAX_MS);
    if (cut !== null) return cut;
    if (until === UNTIL_MAX_MS) return 'rest';
  }
  return 'rest';
}
