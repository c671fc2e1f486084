import clsx from 'clsx';
import {
  memo,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import type { LabWords } from '../../grader/lab';
import { describeEvent } from '../../grader/texts';
import type { Lane, Recording, TraceEventKind } from '../../simulation/trace';
import { useLocale } from '../format';
import { useResultStrings } from '../result-strings';
import { Controls } from './Controls';
import { LaneCells, laneClass, LaneShape } from './LaneCells';
import { LateArrows } from './LateArrows';
import { firstFaultStep, rowIndexOf, timelineRows, type TimelineRow } from './rows';
import styles from './Timeline.module.css';
import { useStepper } from './use-stepper';

/** Above this many rows only a window around the current one is rendered. */
const rowsMax = 2000;
const windowHalf = 200;

interface Props {
  readonly recording: Recording;
  readonly words: LabWords;
  readonly step: number;
  readonly onStep: (step: number) => void;
  /** Called with the step under the pointer, and with null when it leaves. */
  readonly onPreview?: (step: number | null) => void;
  readonly keySteps?: ReadonlySet<number>;
  /** The program, to quote the current line from; left out where it is shown beside the timeline. */
  readonly source?: string;
}

/** One execution, stepped: time runs down, one row an event, one column a lane. */
export function Timeline({ recording, words, step, onStep, onPreview, keySteps, source }: Props): ReactNode {
  const strings = useResultStrings();
  const locale = useLocale();
  const [all, setAll] = useState(false);
  const rows = useMemo(() => timelineRows(recording, { all, keySteps }), [recording, all, keySteps]);
  const index = rowIndexOf(rows, step);
  const onIndex = useCallback((target: number) => onStep(rows[target]?.event.step ?? 0), [rows, onStep]);
  const stepper = useStepper(index, rows.length, onIndex);
  const current = rows[index];
  const sentence = current === undefined ? '' : describeEvent(current.event, locale, words);
  const faultStep = useMemo(() => firstFaultStep(recording), [recording]);
  return (
    <div className={styles.timeline} style={{ '--lane-count': recording.lanes.length } as CSSProperties}>
      <div className={styles.frame}>
        <LaneHeads lanes={recording.lanes} />
        <Rows {...{ rows, recording, words, index, onPreview }} onIndex={stepper.go} onPlay={stepper.togglePlay} />
      </div>
      <Controls
        {...{ index, sentence }}
        count={rows.length}
        isPlaying={stepper.isPlaying}
        onIndex={stepper.go}
        onPlay={stepper.togglePlay}
      />
      {source !== undefined && <SourceLine source={source} line={current?.event.line} />}
      <div className={styles.options}>
        {faultStep !== null && (
          <button type="button" className={styles.quiet} onClick={() => onStep(faultStep)}>
            {strings.toFault}
          </button>
        )}
        <label className={styles.toggle}>
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
          {strings.allEvents}
        </label>
        <span className={styles.hint}>{strings.keysHint}</span>
      </div>
    </div>
  );
}

/** The line of the current step, quoted: the program itself may be scrolled away. Its room is kept without a line. */
function SourceLine({ source, line }: { readonly source: string; readonly line: number | undefined }): ReactNode {
  const text = line === undefined ? undefined : source.split('\n')[line - 1];
  return (
    <pre className={clsx(styles.quote, text !== undefined && styles.quoted)} aria-hidden="true">
      {text === undefined ? ' ' : `${line}  ${text.trim()}`}
    </pre>
  );
}

function LaneHeads({ lanes }: { readonly lanes: readonly Lane[] }): ReactNode {
  return (
    <div className={styles.heads} aria-hidden="true">
      {lanes.map((lane, index) => (
        <span key={lane.id} className={clsx(styles.headCell, laneClass(lane))} style={{ gridColumn: index + 2 }}>
          <svg className={styles.overflow} width="10" height="10" viewBox="-6 -6 12 12">
            <g className={styles.mark}>
              <LaneShape kind={lane.kind} />
            </g>
          </svg>
          <span className={styles.headName}>{lane.id}</span>
        </span>
      ))}
    </div>
  );
}

interface RowsProps {
  readonly rows: readonly TimelineRow[];
  readonly recording: Recording;
  readonly words: LabWords;
  readonly index: number;
  readonly onIndex: (index: number) => void;
  readonly onPlay: () => void;
  readonly onPreview?: ((step: number | null) => void) | undefined;
}

function Rows({ rows, recording, words, index, onIndex, onPlay, onPreview }: RowsProps): ReactNode {
  const strings = useResultStrings();
  const scroll = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const start = rows.length > rowsMax ? Math.max(0, index - windowHalf) : 0;
  const end = rows.length > rowsMax ? Math.min(rows.length, index + windowHalf) : rows.length;
  useKeepInView(scroll, list, index - start, rows);
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = targetOf(event.key, index, rows.length);
    if (event.altKey || event.ctrlKey || event.metaKey || (target === null && event.key !== ' ')) return;
    event.preventDefault();
    if (target === null) onPlay();
    else onIndex(target);
  };
  return (
    <>
      {start > 0 && <p className={styles.window}>{strings.windowBefore(start)}</p>}
      <div ref={scroll} className={styles.scroll}>
        <ol
          ref={list}
          className={styles.rows}
          aria-label={strings.timelineLabel}
          onKeyDown={onKeyDown}
          onPointerLeave={() => onPreview?.(null)}
        >
          {rows.slice(start, end).map((row, offset) => (
            <Row
              key={row.event.step}
              {...{ row, words, onIndex, onPreview }}
              lanes={recording.lanes}
              index={start + offset}
              isCurrent={start + offset === index}
            />
          ))}
        </ol>
        <LateArrows list={list} rows={rows} lanes={recording.lanes} />
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

/** Scrolls the list, never the page, and takes the focus along if it was in the list. */
function useKeepInView(
  scroll: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
  child: number,
  rows: readonly TimelineRow[],
): void {
  useEffect(() => {
    const box = scroll.current;
    const row = list.current?.children[child];
    if (box === null || !(row instanceof HTMLElement)) return;
    const bottom = row.offsetTop + row.offsetHeight;
    if (row.offsetTop < box.scrollTop) box.scrollTo({ top: row.offsetTop });
    else if (bottom > box.scrollTop + box.clientHeight) box.scrollTo({ top: bottom - box.clientHeight });
    if (box.contains(document.activeElement)) row.querySelector('button')?.focus({ preventScroll: true });
  }, [scroll, list, child, rows]);
}

interface RowProps {
  readonly row: TimelineRow;
  readonly lanes: readonly Lane[];
  readonly words: LabWords;
  readonly index: number;
  readonly isCurrent: boolean;
  readonly onIndex: (index: number) => void;
  readonly onPreview?: ((step: number | null) => void) | undefined;
}

/** Their sentences say the line already. */
const namesItsLine: ReadonlySet<TraceEventKind> = new Set(['process-crash', 'request']);

const Row = memo(function Row({ row, lanes, words, index, isCurrent, onIndex, onPreview }: RowProps): ReactNode {
  const locale = useLocale();
  const strings = useResultStrings();
  const { event } = row;
  return (
    <li
      className={clsx(styles.row, styles[row.tone], isCurrent && styles.current)}
      data-step={event.step}
      onPointerEnter={() => onPreview?.(event.step)}
    >
      <span className={styles.number} aria-hidden="true">
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
      </button>
    </li>
  );
});
