import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { PANE_MAX, PANE_MIN } from './panes';
import styles from './Lab.module.css';

interface Props {
  readonly label: string;
  /** Width of the pane that it sets, in per cent of the window. */
  readonly value: number;
  /** That pane is at the divider's left or right. */
  readonly side: 'left' | 'right';
  readonly onChange: (value: number) => void;
}

const stepPercent = 2;

/** Between two panes: dragged, or moved by arrow keys. */
export function PaneDivider({ label, value, side, onChange }: Props): ReactNode {
  const isDragged = useRef(false);
  const onPointerMove = (event: PointerEvent): void => {
    if (!isDragged.current) return;
    const at = (event.clientX / window.innerWidth) * 100;
    onChange(side === 'left' ? at : 100 - at);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const isWider = (event.key === 'ArrowRight') === (side === 'left');
    onChange(value + (isWider ? stepPercent : -stepPercent));
  };
  return (
    <div
      className={styles.divider}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={Math.round(value)}
      aria-valuemin={PANE_MIN}
      aria-valuemax={PANE_MAX}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        isDragged.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => (isDragged.current = false)}
      onPointerCancel={() => (isDragged.current = false)}
    />
  );
}
