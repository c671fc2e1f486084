import { useCallback, useEffect, useState } from 'react';

const playEveryMs = 900;

export interface Stepper {
  readonly isPlaying: boolean;
  readonly go: (index: number) => void;
  readonly togglePlay: () => void;
}

/** Moves among `count` rows; playing moves on by itself, stops at the end and whenever the learner moves. */
export function useStepper(index: number, count: number, onIndex: (index: number) => void): Stepper {
  const [wantsPlay, setWantsPlay] = useState(false);
  const isPlaying = wantsPlay && index < count - 1;
  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setTimeout(() => onIndex(index + 1), playEveryMs);
    return () => clearTimeout(timer);
  }, [isPlaying, index, onIndex]);
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
