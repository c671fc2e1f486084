import { useEffect, useEffectEvent, useMemo, useState, type ReactNode } from 'react';
import type { LabWords } from '../../grader/lab';
import type { Recording } from '../../simulation/trace';
import { useResultStrings } from '../result-strings';
import { Consoles } from '../timeline/Consoles';
import { EventTable } from '../timeline/EventTable';
import { firstFaultStep, rowIndexOf, timelineRows } from '../timeline/rows';
import { StateView } from '../timeline/StateView';
import { Timeline } from '../timeline/Timeline';
import { Ledger } from '../verdict/Ledger';
import styles from '../verdict/Verdict.module.css';

interface Props {
  readonly recording: Recording;
  readonly words: LabWords;
  readonly code: string;
  /** Step to begin at; null for the first fault. */
  readonly step: number | null;
  readonly breakpoints: ReadonlySet<number>;
  readonly onLine: (line: number | null) => void;
}

/** One execution, run once more by its code. It shows what happened and judges nothing. */
export default function ReplayPane(props: Props): ReactNode {
  const { recording, words, code, breakpoints, onLine } = props;
  const strings = useResultStrings();
  const last = recording.events.length - 1;
  const [step, setStep] = useState(() => Math.min(props.step ?? firstFaultStep(recording) ?? 0, last));
  const rows = useMemo(() => timelineRows(recording, { all: false }), [recording]);
  const lineOf = (at: number): number | null => recording.events[at]?.line ?? null;
  const go = (to: number): void => {
    setStep(to);
    onLine(lineOf(to));
  };
  const showLine = useEffectEvent(() => onLine(lineOf(step)));
  useEffect(() => showLine(), [recording]);
  return (
    <div className={styles.verdict}>
      <header className={styles.head}>
        <p className={styles.eyebrow}>{strings.replayed}</p>
        <h3>
          <code>{recording.executionCode}</code>
        </h3>
        <p className={styles.bound}>{strings.replayedNote}</p>
      </header>
      <Timeline
        {...{ recording, words, step, breakpoints }}
        source={code}
        onStep={go}
        onPreview={(at) => onLine(lineOf(at ?? step))}
      />
      <StateView {...{ recording, words, step }} shownStep={rowIndexOf(rows, step) + 1} />
      <Ledger rows={recording.ledger} words={words} />
      <Consoles {...{ recording, step }} onStep={go} />
      <EventTable {...{ recording, words }} />
    </div>
  );
}
