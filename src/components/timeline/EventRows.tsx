import { useRef, type KeyboardEvent, type ReactNode, type UIEvent } from 'react';
import type { Relation } from '../../course/causes';
import type { LabWords } from '../../grader/lab';
import type { Lane } from '../../simulation/trace';
import { useResultStrings } from '../result-strings';
import { LateArrows } from './LateArrows';
import { Row } from './Row';
import type { TimelineRow } from './rows';
import styles from './Timeline.module.css';
import { useKeepInView } from './use-keep-in-view';
import { useStable } from './use-stable';
import { useWindow } from './use-window';

interface Props {
  readonly rows: readonly TimelineRow[];
  readonly lanes: readonly Lane[];
  readonly words: LabWords;
  readonly index: number;
  /** By step; null while nobody asks. */
  readonly relations: readonly Relation[] | null;
  readonly breakpoints: ReadonlySet<number>;
  readonly onIndex: (index: number) => void;
  readonly onPlay: () => void;
  readonly onPreview?: ((step: number | null) => void) | undefined;
}

/** The events as an ordered list with one stop for the keyboard. Of very many only those around are in the page. */
export function EventRows(props: Props): ReactNode {
  const { rows, lanes, words, index, relations, breakpoints, onPlay } = props;
  // Always the same: a step draws the two rows anew that it is about.
  const onIndex = useStable(props.onIndex);
  const onPreview = useStable((step: number | null) => props.onPreview?.(step));
  const strings = useResultStrings();
  const scroll = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const hasFocus = useRef(false);
  const { start, end, base, onScroll } = useWindow(rows.length, index);
  const hold = useKeepInView({ scroll, list, hasFocus, rows, index, start, base });
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = targetOf(event.key, index, rows.length);
    if (event.altKey || event.ctrlKey || event.metaKey || (target === null && event.key !== ' ')) return;
    event.preventDefault();
    if (target === null) onPlay();
    else onIndex(target);
  };
  const onListScroll = (event: UIEvent<HTMLElement>): void => {
    hold();
    onScroll(event);
  };
  return (
    <>
      {start > 0 && <p className={styles.window}>{strings.windowBefore(start)}</p>}
      <div ref={scroll} className={styles.scroll} onScroll={onListScroll}>
        <ol
          ref={list}
          className={styles.rows}
          aria-label={strings.timelineLabel}
          onKeyDown={onKeyDown}
          onFocus={() => (hasFocus.current = true)}
          onBlur={() => (hasFocus.current = false)}
          onPointerLeave={() => onPreview(null)}
        >
          {rows.slice(start, end).map((row, offset) => (
            <Row
              // After a jump the rows that are there take what there is to show: that is half the work of new ones.
              key={start + offset - base}
              {...{ row, words, lanes, onIndex, onPreview }}
              index={start + offset}
              isCurrent={start + offset === index}
              relation={relations?.[row.event.step] ?? null}
              isBreakpoint={row.event.line !== undefined && breakpoints.has(row.event.line)}
            />
          ))}
        </ol>
        <LateArrows list={list} rows={rows} lanes={lanes} />
      </div>
      {end < rows.length && <p className={styles.window}>{strings.windowAfter(rows.length - end)}</p>}
    </>
  );
}

function targetOf(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowUp':
      return index - 1;
    case 'ArrowDown':
      return index + 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
