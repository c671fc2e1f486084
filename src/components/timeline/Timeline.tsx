import clsx from 'clsx';
import { useCallback, useMemo, useState, type CSSProperties, type ReactNode } from 'react';
import { linksOf, relationsTo } from '../../course/causes';
import type { LabWords } from '../../grader/lab';
import { describeEvent } from '../../grader/texts';
import type { Lane, LaneId, Recording } from '../../simulation/trace';
import { useLocale } from '../format';
import { Controls } from './Controls';
import { laneClass, LaneShape } from './LaneCells';
import { firstFaultStep, rowIndexOf, timelineRows, type TimelineRow } from './rows';
import { EventRows } from './EventRows';
import styles from './Timeline.module.css';
import { TimelineOptions } from './TimelineOptions';
import { useStepper } from './use-stepper';

const NONE: ReadonlySet<never> = new Set<never>();

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
  /** Lines of the program at which playing stops. */
  readonly breakpoints?: ReadonlySet<number>;
}

/** One execution, stepped: time runs down, one row an event, one column a lane. */
export function Timeline(props: Props): ReactNode {
  const { recording, words, step, onStep, onPreview, source, breakpoints = NONE } = props;
  const locale = useLocale();
  const [isCausal, setCausal] = useState(false);
  const { rows, lanes, all, setAll, hidden, setHidden } = useShown(recording, props.keySteps);
  const index = rowIndexOf(rows, step);
  const onIndex = useCallback((target: number) => onStep(rows[target]?.event.step ?? 0), [rows, onStep]);
  const isStop = useCallback((target: number) => stopsAt(rows[target], breakpoints), [rows, breakpoints]);
  const stepper = useStepper({ index, count: rows.length, onIndex, isStop });
  const current = rows[index];
  const sentence = current === undefined ? '' : describeEvent(current.event, locale, words);
  const faultStep = useMemo(() => firstFaultStep(recording), [recording]);
  const links = useMemo(() => (isCausal ? linksOf(recording.events) : null), [isCausal, recording]);
  const relations = useMemo(
    () => (links === null ? null : relationsTo(recording, step, links)),
    [links, recording, step],
  );
  const nextStop = breakpoints.size === 0 ? null : nextStopAfter(rows, index, breakpoints);
  return (
    <div className={styles.timeline} style={{ '--lane-count': lanes.length } as CSSProperties}>
      <div className={styles.frame}>
        <LaneHeads lanes={lanes} />
        <EventRows
          {...{ rows, lanes, words, index, relations, breakpoints, onPreview }}
          onIndex={stepper.go}
          onPlay={stepper.togglePlay}
        />
      </div>
      <Controls
        {...{ index, sentence }}
        count={rows.length}
        isPlaying={stepper.isPlaying}
        onIndex={stepper.go}
        onPlay={stepper.togglePlay}
      />
      {source !== undefined && <SourceLine source={source} line={current?.event.line} />}
      <TimelineOptions
        {...{ hidden, isCausal, step }}
        lanes={recording.lanes}
        onHide={setHidden}
        isAll={all}
        onAll={setAll}
        onCausal={setCausal}
        onFault={faultStep === null ? null : () => onStep(faultStep)}
        onBreakpoint={nextStop === null ? null : () => stepper.go(nextStop)}
        execution={recording.executionCode}
      />
    </div>
  );
}

/** The rows and lanes that the reader wants to see. */
function useShown(recording: Recording, keySteps: ReadonlySet<number> | undefined) {
  const [all, setAll] = useState(false);
  const [hidden, setHidden] = useState<ReadonlySet<LaneId>>(NONE);
  const lanes = useMemo(() => recording.lanes.filter((lane) => !hidden.has(lane.id)), [recording, hidden]);
  const rows = useMemo(() => {
    const everything = timelineRows({ ...recording, lanes }, { all, keySteps });
    const isSeen = ({ event, cells, arrow }: TimelineRow): boolean =>
      event.kind === 'phase' || arrow !== null || cells.some((cell) => cell.mark !== null);
    return hidden.size === 0 ? everything : everything.filter(isSeen);
  }, [recording, lanes, all, keySteps, hidden]);
  return { rows, lanes, all, setAll, hidden, setHidden };
}

function stopsAt(row: TimelineRow | undefined, breakpoints: ReadonlySet<number>): boolean {
  return row?.event.line !== undefined && breakpoints.has(row.event.line);
}

/** The next row of a line with a breakpoint; from the end it goes on at the beginning. */
function nextStopAfter(rows: readonly TimelineRow[], index: number, breakpoints: ReadonlySet<number>): number | null {
  const stops = rows.flatMap((row, at) => (stopsAt(row, breakpoints) ? [at] : []));
  return stops.find((at) => at > index) ?? stops[0] ?? null;
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

/** Names of the lanes, above the rows. */
export function LaneHeads({ lanes }: { readonly lanes: readonly Lane[] }): ReactNode {
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
