import clsx from 'clsx';
import { useCallback, useEffect, useState, type CSSProperties, type ReactNode } from 'react';
import { describeEvent } from '../../grader/texts';
import type { Lane } from '../../simulation/trace';
import { UNTIL_MAX_MS } from '../../course/playground/state';
import { useLocale } from '../format';
import { EventRows } from '../timeline/EventRows';
import { LaneHeads } from '../timeline/Timeline';
import timeline from '../timeline/Timeline.module.css';
import styles from './Playground.module.css';
import { usePlaygroundStrings } from './strings';
import { PlayProgress } from './PlayProgress';
import type { Run } from './use-run';

interface Props {
  readonly run: Run;
  readonly until: number;
  readonly hasClients: boolean;
  readonly onAdvance: (until: number) => void;
}

const PLAY_EVERY_MS = 450;
/** More of them share the room that these have. */
const WIDE_LANES = 4;
const NONE: ReadonlySet<number> = new Set();

/** The story so far, and how to go on in it. */
export function RunPanel({ run, until, hasClients, onAdvance }: Props): ReactNode {
  const strings = usePlaygroundStrings();
  const locale = useLocale();
  const { rows, lanes, index, isLatest } = run;
  const going = useGoing(run, onAdvance);
  const { words } = strings;
  const onIndex = (target: number): void => {
    if (target >= rows.length) void going.next();
    else going.look(target);
  };
  const current = rows[index];
  const sentence = current === undefined ? '' : describeEvent(current.event, locale, words);
  const pass = (ms: number): void => {
    going.stop();
    // What is cut gets no further by being asked for more; a notice says so.
    if (run.cut === null) onAdvance(Math.min(until + ms, UNTIL_MAX_MS));
  };
  return (
    <>
      <h2 className={styles.panelTitle}>{strings.timeline}</h2>
      <div
        className={clsx(timeline.timeline, styles.timeline)}
        style={{ '--lane-count': lanes.length, ...laneWidth(lanes.length) } as CSSProperties}
      >
        <div className={clsx(timeline.frame, styles.frame)} aria-busy={run.isBusy}>
          {rows.length === 0 ? (
            <p className={styles.empty}>{hasClients ? strings.empty : strings.noClients}</p>
          ) : (
            <>
              <LaneHeads lanes={lanes.length <= WIDE_LANES ? lanes : lanes.map(shortened)} />
              <EventRows
                {...{ rows, lanes, words, index, onIndex }}
                relations={null}
                breakpoints={NONE}
                onPlay={going.toggle}
              />
            </>
          )}
        </div>
      </div>
      {run.hiddenLanes > 0 && <p className={styles.note}>{strings.hiddenLanes(run.hiddenLanes)}</p>}
      <Bar {...{ run, going, pass, sentence }} />
      <div className={styles.hint}>
        <PlayProgress progress={run.progress} onStop={run.stop} />
        <p role="status">{going.message ?? (isLatest || run.progress !== null ? '' : strings.past)}</p>
        {!isLatest && going.message === null && run.progress === null && (
          <button type="button" className={styles.quiet} onClick={run.toLatest}>
            {strings.toNow}
          </button>
        )}
        {isLatest && going.message === null && run.progress === null && <p>{strings.keys}</p>}
      </div>
      <p className={styles.spoken} role="status">
        {going.isPlaying ? '' : sentence}
      </p>
    </>
  );
}

interface BarProps {
  readonly run: Run;
  readonly going: Going;
  readonly pass: (ms: number) => void;
  readonly sentence: string;
}

/** Back, on, by itself, and by the clock; then where one is. */
function Bar({ run, going, pass, sentence }: BarProps): ReactNode {
  const strings = usePlaygroundStrings();
  const { rows, index } = run;
  const count = Math.max(rows.length, 1);
  return (
    <>
      <div className={styles.bar} role="group" aria-label={strings.run}>
        <button
          type="button"
          className={styles.button}
          aria-disabled={index === 0}
          onClick={() => index > 0 && going.look(index - 1)}
        >
          {strings.previous}
        </button>
        <button type="button" className={clsx(styles.button, styles.primary)} onClick={() => void going.next()}>
          {strings.next}
        </button>
        <button type="button" className={styles.button} aria-pressed={going.isPlaying} onClick={going.toggle}>
          {going.isPlaying ? strings.pause : strings.play}
        </button>
        <button type="button" className={styles.button} aria-label={strings.secondLabel} onClick={() => pass(1000)}>
          {strings.second}
        </button>
        <button
          type="button"
          className={styles.button}
          aria-label={strings.tenSecondsLabel}
          onClick={() => pass(10_000)}
        >
          {strings.tenSeconds}
        </button>
      </div>
      <div className={styles.place}>
        <input
          type="range"
          className={styles.slider}
          min={1}
          max={count}
          value={Math.min(index + 1, count)}
          aria-label={strings.slider}
          aria-valuetext={`${strings.position(index + 1, rows.length)}: ${sentence}`}
          onChange={(event) => going.look(Number(event.currentTarget.value) - 1)}
        />
        <span className={styles.figures} aria-hidden="true">
          {strings.position(Math.min(index + 1, rows.length), rows.length)}
        </span>
        <span className={styles.figures}>{strings.now(strings.time(run.now))}</span>
      </div>
    </>
  );
}

/** Their names have to fit as well: `B1`, `ord-0`. */
function shortened(lane: Lane): Lane {
  if (lane.kind === 'broker') return { ...lane, id: lane.id.replace('broker-', 'B') };
  return lane.kind === 'partition' ? { ...lane, id: lane.id.replace(/^(...).*-/, '$1-') } : lane;
}

/** Many lanes are narrow lanes. */
function laneWidth(count: number): Readonly<Record<string, string>> {
  return count <= WIDE_LANES ? {} : { '--lane-width': `${Math.max(Math.floor(300 / count), 30)}px` };
}

interface Going {
  readonly isPlaying: boolean;
  readonly message: string | null;
  readonly next: () => Promise<void>;
  readonly look: (index: number) => void;
  readonly toggle: () => void;
  readonly stop: () => void;
}

/** From row to row, and on into what has not happened yet. */
function useGoing(run: Run, onAdvance: (until: number) => void): Going {
  const strings = usePlaygroundStrings();
  const { rows, index, look: lookAt, nextMoment, now } = run;
  const [isPlaying, setPlaying] = useState(false);
  const [rest, setRest] = useState<{ readonly at: number; readonly text: string } | null>(null);
  const goOn = useCallback(async (): Promise<boolean> => {
    if (index < rows.length - 1) {
      lookAt(index + 1);
      return true;
    }
    const moment = await nextMoment();
    if (typeof moment === 'number') onAdvance(moment);
    else setRest({ at: now, text: strings.noMoment[moment] });
    return typeof moment === 'number';
  }, [index, rows.length, lookAt, nextMoment, now, onAdvance, strings]);
  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setTimeout(() => {
      void goOn().then((isOn) => {
        if (!isOn) setPlaying(false);
      });
    }, PLAY_EVERY_MS);
    return () => clearTimeout(timer);
  }, [isPlaying, goOn]);
  return {
    isPlaying,
    message: rest !== null && rest.at === now ? rest.text : null,
    next: async () => {
      setPlaying(false);
      await goOn();
    },
    look: (target) => {
      setPlaying(false);
      lookAt(target);
    },
    toggle: () => setPlaying(!isPlaying),
    stop: () => setPlaying(false),
  };
}
