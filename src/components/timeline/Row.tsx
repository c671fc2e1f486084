import clsx from 'clsx';
import { memo, type ReactNode } from 'react';
import type { Relation } from '../../course/causes';
import type { LabWords } from '../../grader/lab';
import { describeEvent } from '../../grader/texts';
import type { Lane, TraceEventKind } from '../../simulation/trace';
import { useLocale } from '../format';
import { useResultStrings } from '../result-strings';
import { LaneCells } from './LaneCells';
import type { TimelineRow } from './rows';
import styles from './Timeline.module.css';

interface Props {
  readonly row: TimelineRow;
  readonly lanes: readonly Lane[];
  readonly words: LabWords;
  readonly index: number;
  readonly isCurrent: boolean;
  /** What the event has to do with the current one; null while that is not asked. */
  readonly relation: Relation | null;
  readonly isBreakpoint: boolean;
  readonly onIndex: (index: number) => void;
  readonly onPreview: (step: number | null) => void;
}

/** Their sentences say the line already. */
const namesItsLine: ReadonlySet<TraceEventKind> = new Set(['process-crash', 'request']);

/** One event: its number, its place in the lanes, its sentence. */
export const Row = memo(function Row(props: Props): ReactNode {
  const { row, lanes, words, index, isCurrent, relation, isBreakpoint, onIndex, onPreview } = props;
  const locale = useLocale();
  const strings = useResultStrings();
  const { event } = row;
  const isRelated = relation === 'before' || relation === 'after';
  return (
    <li
      className={clsx(
        styles.row,
        styles[row.tone],
        isCurrent && styles.current,
        relation === 'beside' && styles.beside,
      )}
      data-step={event.step}
      // Not when it enters: rows also move under a pointer that rests, when the list follows the keyboard.
      onPointerMove={() => onPreview(event.step)}
    >
      <span className={clsx(styles.number, isBreakpoint && styles.breakpoint)} aria-hidden="true">
        {isRelated ? (relation === 'before' ? '↓ ' : '↳ ') : ''}
        {index + 1}
      </span>
      <LaneCells row={row} lanes={lanes} />
      <button
        type="button"
        className={styles.sentence}
        tabIndex={isCurrent ? 0 : -1}
        aria-current={isCurrent ? 'step' : undefined}
        onClick={() => onIndex(index)}
      >
        {describeEvent(event, locale, words)}
        {event.line !== undefined && !namesItsLine.has(event.kind) && (
          <span className={styles.line}>{strings.line(event.line)}</span>
        )}
        {relation !== null && relation !== 'itself' && (
          <span className={styles.spoken}>, {strings.relations[relation]}</span>
        )}
      </button>
    </li>
  );
});
