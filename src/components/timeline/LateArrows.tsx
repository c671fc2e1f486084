import { useLayoutEffect, useState, type ReactNode, type RefObject } from 'react';
import type { Lane } from '../../simulation/trace';
import { laneClass } from './LaneCells';
import type { TimelineRow } from './rows';
import styles from './Timeline.module.css';

interface LateArrow {
  readonly key: number;
  readonly lane: Lane | undefined;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

interface Props {
  readonly list: RefObject<HTMLOListElement | null>;
  readonly rows: readonly TimelineRow[];
  readonly lanes: readonly Lane[];
}

/**
 * Messages that were sent in one row and arrive in a later one. They cross rows of unknown height, so they are drawn
 * over the list once the browser has laid it out.
 */
export function LateArrows({ list, rows, lanes }: Props): ReactNode {
  const [arrows, setArrows] = useState<readonly LateArrow[]>([]);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const measure = (): void => setArrows(measureArrows(element, rows, lanes));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [list, rows, lanes]);
  if (arrows.length === 0) return null;
  return (
    <svg className={styles.late} aria-hidden="true" focusable="false">
      {arrows.map((arrow) => (
        <g key={arrow.key} className={laneClass(arrow.lane)}>
          <line className={styles.arrow} x1={arrow.x1} y1={arrow.y1} x2={arrow.x2} y2={arrow.y2} />
          <path className={styles.head} d={headAt(arrow)} />
          <circle className={styles.mark} cx={arrow.x1} cy={arrow.y1} r={3.5} />
        </g>
      ))}
    </svg>
  );
}

function measureArrows(list: HTMLElement, rows: readonly TimelineRow[], lanes: readonly Lane[]): readonly LateArrow[] {
  const origin = list.getBoundingClientRect();
  const centre = (step: number): { readonly y: number; readonly left: number; readonly width: number } | null => {
    const drawing = list.querySelector(`[data-step="${step}"] > svg`);
    if (drawing === null) return null;
    const box = drawing.getBoundingClientRect();
    return { y: box.top - origin.top + box.height / 2, left: box.left - origin.left, width: box.width };
  };
  return rows.flatMap(({ arrow, event }) => {
    // Looked for in the page only where there is something to draw: there may be thousands of rows.
    if (arrow === null || arrow.sentAt === null) return [];
    const [from, to] = [centre(arrow.sentAt), centre(event.step)];
    if (from === null || to === null) return [];
    const x = (index: number): number => to.left + ((index + 0.5) / lanes.length) * to.width;
    const place = { x1: x(arrow.from), y1: from.y, x2: x(arrow.to), y2: to.y };
    return [{ key: event.step, lane: lanes[arrow.from], ...place }];
  });
}

function headAt({ x1, y1, x2, y2 }: LateArrow): string {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const corner = (turn: number): string =>
    `${(x2 - 9 * Math.cos(angle + turn)).toFixed(1)} ${(y2 - 9 * Math.sin(angle + turn)).toFixed(1)}`;
  return `M${x2} ${y2}L${corner(0.48)}L${corner(-0.48)}Z`;
}
