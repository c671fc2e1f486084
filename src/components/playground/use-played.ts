import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { play, type PlayedRun } from '../../course/playground/play';
import type { PlaygroundState } from '../../course/playground/state';

/** What takes less is not told: it would flash. */
const TOLD_AFTER_MS = 300;
const TOLD_EVERY_MS = 100;

export interface Progress {
  /** Virtual milliseconds. */
  readonly now: number;
  readonly until: number;
}

export interface Watching {
  readonly progress: Progress | null;
  /** What to call with the time that a run has got to. */
  readonly begin: (until: number) => (now: number) => void;
  readonly end: () => void;
}

/** How far the run has got that is being played, when that takes a while. */
export function useProgress(): Watching {
  const [progress, setProgress] = useState<Progress | null>(null);
  const begin = useCallback((until: number) => {
    let next = performance.now() + TOLD_AFTER_MS;
    return (now: number): void => {
      if (performance.now() < next) return;
      next = performance.now() + TOLD_EVERY_MS;
      setProgress({ now, until });
    };
  }, []);
  const end = useCallback(() => setProgress(null), []);
  return useMemo(() => ({ progress, begin, end }), [progress, begin, end]);
}

export interface Played {
  readonly run: PlayedRun | null;
  readonly isBusy: boolean;
  /** It took long enough to be told of. */
  readonly isSlow: boolean;
  readonly error: string | null;
  /** Ends it where it is; what it is by then is the result. */
  readonly stop: () => void;
  /** Plays it once more. */
  readonly again: () => void;
}

interface Result {
  readonly of: PlaygroundState | null;
  readonly run: PlayedRun | null;
  readonly error: string | null;
  readonly isSlow: boolean;
}

/** Plays the state whenever it changes. The latest run stays until the next one is there, so that nothing jumps. */
export function usePlayed(state: PlaygroundState | null, { begin, end }: Pick<Watching, 'begin' | 'end'>): Played {
  const [result, setResult] = useState<Result>({ of: null, run: null, error: null, isSlow: false });
  const [attempt, setAttempt] = useState(0);
  const playing = useRef<AbortController | null>(null);
  useEffect(() => {
    if (state === null) return undefined;
    const own = new AbortController();
    playing.current = own;
    let isWanted = true;
    const take = (next: (old: Result) => Result): void => {
      if (!isWanted) return;
      end();
      setResult(next);
    };
    const told = begin(state.until);
    const begun = performance.now();
    const isSlow = (): boolean => performance.now() - begun > TOLD_AFTER_MS;
    play(state, { signal: own.signal, onProgress: (now) => isWanted && told(now) }).then(
      (run) => take(() => ({ of: state, run, error: null, isSlow: isSlow() })),
      (error: unknown) =>
        take(({ run }) => ({
          of: state,
          run,
          error: error instanceof Error ? error.message : String(error),
          isSlow: isSlow(),
        })),
    );
    return () => {
      isWanted = false;
      own.abort();
    };
  }, [state, attempt, begin, end]);
  return {
    run: result.run,
    isBusy: state !== null && result.of !== state,
    isSlow: result.isSlow,
    error: state === null ? null : result.error,
    stop: useCallback(() => playing.current?.abort(), []),
    again: useCallback(() => setAttempt((number) => number + 1), []),
  };
}
