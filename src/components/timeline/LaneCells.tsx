import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { Lane } from '../../simulation/trace';
import type { Arrow, LaneCell, Mark, TimelineRow } from './rows';
import styles from './Timeline.module.css';

/** Class that gives a lane its colour; its shape comes from `LaneShape`. */
export function laneClass(lane: Lane | undefined): string | undefined {
  return lane === undefined ? undefined : styles[lane.kind];
}

/** A square for a log, a circle for a process, a diamond for a service: who it is does not hang on colour. */
export function LaneShape({ kind }: { readonly kind: Lane['kind'] }): ReactNode {
  if (kind === 'partition') return <rect x={-4} y={-4} width={8} height={8} rx={1} />;
  if (kind === 'service') return <path d="M0 -5.5 5.5 0 0 5.5 -5.5 0Z" />;
  return <circle r={4.5} />;
}

/**
 * The lanes of one row. Positions are shares of the row, so that the drawing follows the width of the lanes and the
 * height of the sentence without being measured.
 */
export function LaneCells({ row, lanes }: { readonly row: TimelineRow; readonly lanes: readonly Lane[] }): ReactNode {
  const x = (index: number): string => `${((index + 0.5) / lanes.length) * 100}%`;
  return (
    <svg className={styles.lanes} aria-hidden="true" focusable="false">
      {row.cells.map((cell, index) => (
        <LaneLine key={lanes[index]?.id} cell={cell} lane={lanes[index]} x={x(index)} />
      ))}
      {row.arrow !== null && row.arrow.sentAt === null && (
        <ArrowShape
          arrow={row.arrow}
          x={x}
          lane={lanes[row.arrow.from]}
          count={lanes.length}
          gap={row.event.kind === 'commit' ? 7 : 0}
        />
      )}
      {row.cells.map(
        (cell, index) =>
          (cell.mark !== null || cell.incarnation !== null) && (
            <CellMark key={lanes[index]?.id} cell={cell} lane={lanes[index]} x={x(index)} />
          ),
      )}
    </svg>
  );
}

interface CellProps {
  readonly cell: LaneCell;
  readonly lane: Lane | undefined;
  readonly x: string;
}

/** One element where it can be: a long timeline has hundreds of them in the page. */
function LaneLine({ cell: { above, below }, lane, x }: CellProps): ReactNode {
  if (!above && !below) return null;
  const ends = { y1: above ? '0' : '50%', y2: below ? '100%' : '50%' };
  return <line className={clsx(styles.lane, laneClass(lane))} x1={x} x2={x} {...ends} />;
}

function CellMark({ cell: { mark, incarnation }, lane, x }: CellProps): ReactNode {
  return (
    <svg x={x} y="50%" className={clsx(styles.overflow, laneClass(lane))}>
      {mark !== null && <MarkShape mark={mark} kind={lane?.kind ?? 'process'} />}
      {incarnation !== null && (
        <text className={styles.life} x={9} y={4}>
          #{incarnation}
        </text>
      )}
    </svg>
  );
}

function MarkShape({ mark, kind }: { readonly mark: Mark; readonly kind: Lane['kind'] }): ReactNode {
  switch (mark) {
    case 'cross':
      return (
        <g className={styles.cross}>
          <circle r={9} />
          <path d="M-3.2 -3.2 3.2 3.2M3.2 -3.2 -3.2 3.2" />
        </g>
      );
    case 'end':
      return <path className={styles.bar} d="M-6 0H6" />;
    case 'commit':
      return <path className={styles.mark} d="M0 -6.5 6.5 5 -6.5 5Z" />;
    case 'dot':
      return (
        <g className={styles.mark}>
          <LaneShape kind={kind} />
        </g>
      );
  }
}

interface ArrowProps {
  readonly arrow: Arrow;
  readonly x: (index: number) => string;
  readonly lane: Lane | undefined;
  readonly count: number;
  /** Pixels to stop before the end, where the end has a mark. */
  readonly gap: number;
}

/** A lost message stops before the end, at a short bar; what it was meant for lies beyond the gap. */
function ArrowShape({ arrow, x, lane, count, gap }: ArrowProps): ReactNode {
  const isRight = arrow.to > arrow.from;
  const stop = arrow.lost ? `${((arrow.from + 0.5 + (arrow.to - arrow.from) * 0.55) / count) * 100}%` : x(arrow.to);
  return (
    <g className={clsx(laneClass(lane), arrow.lost && styles.lost)}>
      <line className={styles.arrow} x1={x(arrow.from)} x2={stop} y1="50%" y2="50%" />
      <svg x={stop} y="50%" className={styles.overflow}>
        {arrow.lost ? (
          <path className={styles.bar} d="M0 -6V6" />
        ) : (
          <path
            className={styles.head}
            d={isRight ? 'M-1 0 -9 -4.5V4.5Z' : 'M1 0 9 -4.5V4.5Z'}
            transform={`translate(${isRight ? -gap : gap})`}
          />
        )}
      </svg>
    </g>
  );
}
