import type { LabCard } from '@course/labs';
import { useCallback, useEffect, useState, type KeyboardEvent, type ReactNode } from 'react';
import { readProgress, recordVerdict } from '../../course/progress';
import type { GradeResult } from '../../grader/verdict';
import { useLocale } from '../format';
import { useStrings } from '../strings';
import { Faults } from './Faults';
import styles from './Lab.module.css';
import { Notices } from './Notices';
import { Program, type LineRequest } from './Program';
import { ResultPane } from './ResultPane';
import { pageStorage } from './storage';
import { Toolbar } from './Toolbar';
import { useDraft } from './use-draft';
import { useGrade } from './use-grade';

interface Props {
  readonly card: LabCard;
  /** The task. */
  readonly children: ReactNode;
}

/** One lab: its task, the learner's program, and what became of it. */
export default function LabView({ card, children }: Props): ReactNode {
  const strings = useStrings();
  const words = card.words[useLocale()];
  const file = `${card.process}.ts`;
  const { state: draft, session } = useDraft(card.id, card.starter);
  const [mode, setMode] = useState<'read' | 'edit'>('read');
  const { line, setLine, goTo, goToLine } = useLine();
  const { passedAt, onResult } = useEvidence(card.id, session.report, setLine);
  const grading = useGrade(card.id, onResult);
  const run = useCallback((): void => {
    setLine(null);
    void session.flush();
    grading.run(session.getState().code);
  }, [grading, session, setLine]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    run();
  };
  const isStarter = draft.code === card.starter;
  const done = grading.state.phase === 'done' ? grading.state : null;
  const isFresh = done !== null && done.code === draft.code;
  return (
    <section className={styles.lab} aria-label={strings.lab(card.minutes)} onKeyDown={onKeyDown}>
      <p className={styles.small}>{strings.lab(card.minutes)}</p>
      <div className={styles.task}>{children}</div>
      <Faults kinds={card.faultKinds} max={card.faultsMax} />
      <div className={styles.workspace}>
        <div className={styles.editor}>
          <Toolbar
            {...{ file, draft, isStarter }}
            isReading={mode === 'read'}
            isRunning={grading.state.phase === 'running'}
            hasResult={done !== null}
            onEdit={() => setMode('edit')}
            onReset={session.reset}
            onRun={run}
            onStop={grading.stop}
          />
          <Notices {...{ draft, session, file, isStarter }} />
          <Program
            {...{ file, mode, line, goTo }}
            lab={card.id}
            code={draft.code}
            diagnosis={isFresh ? done.result.verdict.diagnosis : null}
            onChange={session.edit}
            onEdit={() => setMode('edit')}
            onRun={run}
          />
        </div>
        <ResultPane
          {...{ words, file, passedAt }}
          state={grading.state}
          isStale={done !== null && !isFresh}
          onLine={setLine}
          onGoToLine={goToLine}
          onRetry={run}
        />
      </div>
    </section>
  );
}

/** The line that the timeline is at, and the line that the learner asked for. */
function useLine(): {
  readonly line: number | null;
  readonly setLine: (line: number | null) => void;
  readonly goTo: LineRequest | null;
  readonly goToLine: (line: number) => void;
} {
  const [line, setLine] = useState<number | null>(null);
  const [goTo, setGoTo] = useState<LineRequest | null>(null);
  const goToLine = useCallback((wanted: number): void => {
    setLine(wanted);
    setGoTo((last) => ({ line: wanted, request: (last?.request ?? 0) + 1 }));
  }, []);
  return { line, setLine, goTo, goToLine };
}

/** Writes each verdict down as evidence, and tells when the lab was passed before. */
function useEvidence(
  lab: string,
  report: (error: unknown) => void,
  setLine: (line: number | null) => void,
): {
  readonly passedAt: number | null;
  readonly onResult: (code: string, result: GradeResult) => void;
} {
  const [passedAt, setPassedAt] = useState<number | null>(null);
  useEffect(() => {
    readProgress(pageStorage(), lab).then((progress) => setPassedAt(progress?.passed?.at ?? null), report);
  }, [lab, report]);
  const onResult = useCallback(
    (code: string, { verdict }: GradeResult): void => {
      if (verdict.diagnosis?.line !== undefined) setLine(verdict.diagnosis.line);
      recordVerdict(pageStorage(), code, verdict, Date.now()).then(
        (progress) => setPassedAt(progress.passed?.at ?? null),
        report,
      );
    },
    [report, setLine],
  );
  return { passedAt, onResult };
}
