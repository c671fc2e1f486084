import { useCallback, useEffect, useState } from 'react';

const playEveryMs = 900;

export interface Stepper {
  readonly isPlaying: boolean;
  readonly go: (index: number) => void;
  readonly togglePlay: () => void;
}

interface Options {
  readonly index: number;
  readonly count: number;
  readonly onIndex: (index: number) => void;
  /** Whether playing stops at a row. */
  readonly isStop: (index: number) => boolean;
}

/** Moves among rows; playing moves on by itself, and stops at the end, at a breakpoint, and whenever the learner moves. */
export function useStepper({ index, count, onIndex, isStop }: Options): Stepper {
  const [wantsPlay, setWantsPlay] = useState(false);
  const isPlaying = wantsPlay && index < count - 1;
  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setTimeout(() => {
      if (isStop(index + 1)) setWantsPlay(false);
      onIndex(index + 1);
    }, playEveryMs);
    return () => clearTimeout(timer);
  }, [isPlaying, index, onIndex, isStop]);
  const go = useCallback(
    (target: number) => {
      setWantsPlay(false);
      onIndex(Math.min(Math.max(target, 0), count - 1));
    },
    [count, onIndex],
  );
  const togglePlay = useCallback(() => {
    if (!isPlaying && index >= count - 1) onIndex(0);
    setWantsPlay(!isPlaying);
  }, [isPlaying, index, count, onIndex]);
  return { isPlaying, go, togglePlay };
}
