import type { ReactNode } from 'react';
import { useResultStrings } from '../result-strings';
import styles from './Timeline.module.css';

interface Props {
  readonly index: number;
  readonly count: number;
  /** The current event in words, for who steps by slider without seeing the list. */
  readonly sentence: string;
  readonly isPlaying: boolean;
  readonly onIndex: (index: number) => void;
  readonly onPlay: () => void;
}

const shapes = {
  previous: 'M10.5 3.5 5.5 8l5 4.5',
  next: 'M5.5 3.5l5 4.5-5 4.5',
  play: 'M5 3.2v9.6L12.6 8Z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
} as const;

/** The bar under the rows: previous, next, slider, where one is. */
export function Controls({ index, count, sentence, isPlaying, onIndex, onPlay }: Props): ReactNode {
  const strings = useResultStrings();
  const position = strings.stepOf(index + 1, count);
  return (
    <div className={styles.controls}>
      <ControlButton label={strings.previous} shape="previous" isOff={index === 0} onClick={() => onIndex(index - 1)} />
      <ControlButton label={strings.next} shape="next" isOff={index >= count - 1} onClick={() => onIndex(index + 1)} />
      <ControlButton
        label={isPlaying ? strings.pause : strings.play}
        shape={isPlaying ? 'pause' : 'play'}
        isOff={false}
        onClick={onPlay}
      />
      <input
        className={styles.slider}
        type="range"
        min={1}
        max={Math.max(count, 1)}
        value={index + 1}
        aria-label={strings.slider}
        aria-valuetext={`${position}: ${sentence}`}
        onChange={(event) => onIndex(Number(event.currentTarget.value) - 1)}
      />
      <output className={styles.position} aria-hidden="true">
        {position}
      </output>
    </div>
  );
}

interface ButtonProps {
  readonly label: string;
  readonly shape: keyof typeof shapes;
  readonly isOff: boolean;
  readonly onClick: () => void;
}

/** Off by `aria-disabled`, so that the keyboard keeps its place when the end is reached. */
function ControlButton({ label, shape, isOff, onClick }: ButtonProps): ReactNode {
  return (
    <button
      type="button"
      className={styles.control}
      aria-label={label}
      title={label}
      aria-disabled={isOff}
      onClick={isOff ? undefined : onClick}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" data-shape={shape}>
        <path d={shapes[shape]} />
      </svg>
    </button>
  );
}
