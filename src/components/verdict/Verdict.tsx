import clsx from 'clsx';
import { useEffect, useEffectEvent, useMemo, useState, type ReactNode } from 'react';
import type { LabWords } from '../../grader/lab';
import type { AnomalyFinding, GradeResult, Verdict as VerdictData } from '../../grader/verdict';
import { useLocale } from '../format';
import { useResultStrings } from '../result-strings';
import { Consoles } from '../timeline/Consoles';
import { EventTable } from '../timeline/EventTable';
import { firstFaultStep, rowIndexOf, timelineRows } from '../timeline/rows';
import { StateView } from '../timeline/StateView';
import { Timeline } from '../timeline/Timeline';
import { Allowed, Coverage } from './Counts';
import { DiagnosisBox } from './DiagnosisBox';
import { Eyebrow } from './Eyebrow';
import { failingFindings } from './findings';
import { HeatMap } from './HeatMap';
import { Help } from './Help';
import { Ledger } from './Ledger';
import { Replay } from './Replay';
import { Story } from './Story';
import { sentence } from './sentence';
import styles from './Verdict.module.css';

interface Props {
  readonly result: GradeResult;
  readonly words: LabWords;
  /** The program that was graded. */
  readonly code: string;
  /** Name of the learner's file, for the command line. */
  readonly file: string;
  /** Lines of the program at which playing stops. */
  readonly breakpoints?: ReadonlySet<number>;
  /** The line of source that the current step came from. */
  readonly onLine: (line: number | null) => void;
  /** The learner asks to see a line. */
  readonly onGoToLine: (line: number) => void;
}

/** The verdict, in the order in which it is read: what, how sure, how it came about, why, and everything behind it. */
export function Verdict({ result, words, code, file, breakpoints, onLine, onGoToLine }: Props): ReactNode {
  const strings = useResultStrings();
  const locale = useLocale();
  const { verdict, recording } = result;
  const [step, setStep] = useState(() => firstStep(result));
  const lineOf = (at: number | null): number | null => (at === null ? null : (recording?.events[at]?.line ?? null));
  const go = (to: number): void => {
    setStep(to);
    onLine(lineOf(to));
  };
  // The final result comes in the place of an early one; the step that the reader has gone to stays.
  const showLine = useEffectEvent(() => {
    // A fault of the program itself has its own line, set by whoever shows the program.
    if (verdict.diagnosis === null) onLine(lineOf(step));
  });
  useEffect(() => showLine(), [result]);
  const keySteps = useMemo(() => new Set(verdict.story.map((told) => told.step)), [verdict]);
  const rows = useMemo(
    () => (recording === null ? [] : timelineRows(recording, { all: false, keySteps })),
    [recording, keySteps],
  );
  const shownStep = rowIndexOf(rows, step) + 1;
  const headline = headlineFinding(verdict);
  return (
    <div className={styles.verdict}>
      <header className={clsx(styles.head, styles[verdict.status])}>
        <Eyebrow {...{ verdict, words }} finding={headline} />
        <h3>{sentence(verdict.headline, locale, words)}</h3>
        <p className={styles.bound}>{sentence(verdict.boundLine, locale, words)}</p>
      </header>
      {verdict.diagnosis !== null && <DiagnosisBox diagnosis={verdict.diagnosis} onGoToLine={onGoToLine} />}
      <Story {...{ verdict, words, step }} onStep={go} onGoToLine={onGoToLine} />
      <Why verdict={verdict} words={words} />
      {recording !== null && (
        <>
          <section>
            <h4>{verdict.status === 'pass' ? strings.timelinePass : strings.timeline}</h4>
            <Timeline
              {...{ recording, words, step, keySteps, breakpoints }}
              source={code}
              onStep={go}
              onPreview={(at) => onLine(lineOf(at ?? step))}
            />
          </section>
          <StateView {...{ recording, words, step, shownStep }} record={headline?.record ?? null} />
          <Ledger rows={recording.ledger} words={words} />
        </>
      )}
      <HeatMap verdict={verdict} />
      <Allowed verdict={verdict} />
      <Coverage verdict={verdict} />
      {recording !== null && (
        <section>
          <h4>{strings.console}</h4>
          <Consoles {...{ recording, step }} onStep={go} />
        </section>
      )}
      <Help {...{ verdict, code }} />
      <Replay verdict={verdict} file={file} />
      {recording !== null && <EventTable recording={recording} words={words} />}
    </div>
  );
}

/** Where to begin: at the fault, for what comes before is ordinary and what comes after follows from it. */
function firstStep({ verdict, recording }: GradeResult): number {
  if (recording === null) return 0;
  return firstFaultStep(recording) ?? verdict.story.at(-1)?.step ?? recording.events.length - 1;
}

function headlineFinding(verdict: VerdictData): AnomalyFinding | null {
  const failing = failingFindings(verdict);
  const isShown = (finding: AnomalyFinding): boolean => finding.executionCode === verdict.shown?.executionCode;
  return failing.find(isShown) ?? failing[0] ?? null;
}

/** The contradiction, or the remedy of a program that could not be run; of an inconclusive verdict what to do. */
function Why({ verdict, words }: { readonly verdict: VerdictData; readonly words: LabWords }): ReactNode {
  const strings = useResultStrings();
  const locale = useLocale();
  const remedies = failingFindings(verdict)
    .map((finding) => strings.remedies[finding.id])
    .filter((remedy) => remedy !== undefined);
  const why = verdict.why.map((text) => sentence(text, locale, words)).join(' ');
  const isNews = why !== '' && why !== verdict.diagnosis?.message;
  return (
    <>
      {isNews && <Box title={verdict.diagnosis === null ? strings.why : strings.whatToDo} text={why} />}
      {remedies.length > 0 && <Box title={strings.whatToDo} text={remedies.join(' ')} />}
    </>
  );
}

function Box({ title, text }: { readonly title: string; readonly text: string }): ReactNode {
  return (
    <section>
      <h4>{title}</h4>
      <p className={styles.box}>{text}</p>
    </section>
  );
}
