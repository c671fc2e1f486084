import type { ReactNode } from 'react';
import styles from './PlayProgress.module.css';
import { usePlaygroundStrings } from './strings';
import type { Progress } from './use-played';

interface Props {
  readonly progress: Progress | null;
  readonly onStop: () => void;
}

/** How far a run has got that takes a while, and a way out. */
export function PlayProgress({ progress, onStop }: Props): ReactNode {
  const strings = usePlaygroundStrings();
  if (progress === null) return null;
  const { now, until } = progress;
  const told = strings.progress(strings.time(Math.floor(now)), strings.time(until));
  return (
    <div className={styles.room}>
      <progress className={styles.bar} max={Math.max(until, 1)} value={now} aria-label={strings.beingPlayed} />
      <span className={styles.figures}>{told}</span>
      <button type="button" className={styles.stop} onClick={onStop}>
        {strings.stopPlaying}
      </button>
    </div>
  );
}
