import clsx from 'clsx';
import { memo, useMemo, type ReactNode } from 'react';
import type { Recording, TraceEvent } from '../../simulation/trace';
import { useResultStrings } from '../result-strings';
import styles from './Listing.module.css';

type ConsoleEvent = Extract<TraceEvent, { kind: 'console' }>;

interface Props {
  readonly recording: Recording;
  readonly step: number;
  readonly onStep: (step: number) => void;
}

/** What each life of each process printed. Later lines than the current step are there, but faint. */
export function Consoles({ recording, step, onStep }: Props): ReactNode {
  const strings = useResultStrings();
  const lives = useMemo(() => livesOf(recording), [recording]);
  return (
    <div className={styles.consoles}>
      {lives.map(({ lane, incarnation, lines }) => (
        <section key={`${lane}#${incarnation}`}>
          <h4>{strings.incarnation(lane, incarnation)}</h4>
          {lines.length === 0 ? (
            <p className={styles.empty}>{strings.consoleEmpty}</p>
          ) : (
            // One listener for all: a program may print thousands of lines, and each step asks anew which are later.
            <ul className={styles.console} onClick={(event) => onStep(stepOf(event.target) ?? step)}>
              {lines.map((line) => (
                <Line key={line.step} line={line} isLater={line.step > step} />
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  );
}

const Line = memo(function Line({ line, isLater }: { readonly line: ConsoleEvent; readonly isLater: boolean }) {
  const strings = useResultStrings();
  return (
    <li className={clsx(isLater && styles.later)}>
      <button type="button" data-console-step={line.step} className={styles[line.level]}>
        {shortened(line.text, strings)}
      </button>
    </li>
  );
});

/** Laying out thousands of characters without a break takes a page seconds. */
const LONGEST_LINE = 1000;

function shortened(text: string, strings: ReturnType<typeof useResultStrings>): string {
  if (text.length <= LONGEST_LINE) return text;
  return `${text.slice(0, LONGEST_LINE)}… (${strings.charactersMore(text.length - LONGEST_LINE)})`;
}

function stepOf(target: EventTarget): number | null {
  const line = target instanceof Element ? target.closest<HTMLElement>('[data-console-step]') : null;
  return line === null ? null : Number(line.dataset.consoleStep);
}

interface Life {
  readonly lane: string;
  readonly incarnation: number;
  readonly lines: readonly ConsoleEvent[];
}

function livesOf(recording: Recording): readonly Life[] {
  return recording.events
    .filter((event) => event.kind === 'process-start')
    .map(({ lane, incarnation = 1 }) => ({
      lane,
      incarnation,
      lines: recording.events.filter(
        (event): event is ConsoleEvent =>
          event.kind === 'console' && event.lane === lane && (event.incarnation ?? 1) === incarnation,
      ),
    }));
}
