import { lazy, Suspense, type ReactNode } from 'react';
import type { LabWords } from '../../grader/lab';
import type { GradeProgress } from '../../grader/verdict';
import { formatNumber, useLocale } from '../format';
import { useStrings } from '../strings';
import styles from './Lab.module.css';
import { LoadBoundary } from './LoadBoundary';
import type { GradeState, GradeTrouble } from './use-grade';

const VerdictPane = lazy(() => import('./VerdictPane'));
const ReplayPane = lazy(() => import('./ReplayPane'));

interface Props {
  readonly lab: string;
  readonly state: GradeState;
  readonly words: LabWords;
  readonly file: string;
  /** The program was changed after the verdict. */
  readonly isStale: boolean;
  readonly passedAt: number | null;
  readonly breakpoints: ReadonlySet<number>;
  readonly onLine: (line: number | null) => void;
  readonly onGoToLine: (line: number) => void;
  readonly onRetry: () => void;
}

/** Keeps its room from the start, so that neither the bar nor the verdict moves the page. */
export function ResultPane(props: Props): ReactNode {
  const strings = useStrings();
  return (
    <div className={styles.result} role="region" aria-label={`${strings.result} · ${props.lab}`}>
      <Content {...props} />
    </div>
  );
}

function Content(props: Props): ReactNode {
  const { state, words, file, isStale, passedAt, breakpoints, onLine, onGoToLine, onRetry } = props;
  const strings = useStrings();
  switch (state.phase) {
    case 'idle':
      return (
        <div className={styles.empty}>
          <p>{strings.resultEmpty}</p>
          {passedAt !== null && <PassedBefore at={passedAt} />}
        </div>
      );
    case 'trouble':
      return <Trouble trouble={state.trouble} message={state.message} onRetry={onRetry} />;
    case 'replayed':
      return (
        <LoadBoundary key={state.run} fallback={<Trouble trouble="load" message="" onRetry={onRetry} />}>
          {isStale && <p className={styles.stale}>{strings.stale}</p>}
          <Suspense fallback={<Exploring progress={null} isSilent={false} />}>
            <ReplayPane {...{ words, breakpoints, onLine }} {...state} />
          </Suspense>
        </LoadBoundary>
      );
    case 'running':
    case 'done': {
      // One place for both: what is shown before the search is over stays where it is when the counts are final.
      const result = state.phase === 'done' ? state.result : state.preview;
      return (
        <LoadBoundary key={state.run} fallback={<Trouble trouble="load" message="" onRetry={onRetry} />}>
          {state.phase === 'done' && isStale && <p className={styles.stale}>{strings.stale}</p>}
          {result !== null && (
            <Suspense fallback={<Exploring progress={null} isSilent={false} />}>
              <VerdictPane {...{ words, file, breakpoints, onLine, onGoToLine }} result={result} code={state.code} />
            </Suspense>
          )}
          {/* Below what is known already, so that nothing moves when it goes. */}
          {state.phase === 'running' && <Exploring progress={state.progress} isSilent={state.isSilent} />}
        </LoadBoundary>
      );
    }
  }
}

function PassedBefore({ at }: { readonly at: number }): ReactNode {
  const strings = useStrings();
  const locale = useLocale();
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(at);
  return <p className={styles.passed}>{strings.passedBefore(date)}</p>;
}

function Exploring({
  progress,
  isSilent,
}: {
  readonly progress: GradeProgress | null;
  readonly isSilent: boolean;
}): ReactNode {
  const strings = useStrings();
  const locale = useLocale();
  const max = Math.max(progress?.planned ?? 1, 1);
  const value = Math.min(progress?.executions ?? 0, max);
  return (
    <div className={styles.exploring}>
      <progress max={max} value={value} aria-label={strings.progressLabel} />
      <p className={styles.small}>
        {progress === null
          ? strings.preparing
          : strings.exploring(formatNumber(locale, progress.executions), strings.exploringFaults(progress.faults))}
        {progress?.failing === true && <b className={styles.failing}> · {strings.failingFound}</b>}
      </p>
      {isSilent && <Explanation {...strings.errors.silent} />}
    </div>
  );
}

interface TroubleProps {
  readonly trouble: GradeTrouble;
  readonly message: string;
  readonly onRetry: () => void;
}

function Trouble({ trouble, message, onRetry }: TroubleProps): ReactNode {
  const strings = useStrings();
  return (
    <div className={styles.trouble} role="alert">
      <Explanation {...strings.errors[trouble]} />
      {(trouble === 'engine' || trouble === 'replay') && message !== '' && <code>{message}</code>}
      <button type="button" className={styles.button} onClick={onRetry}>
        {strings.tryAgain}
      </button>
    </div>
  );
}

function Explanation({ title, help }: { readonly title: string; readonly help: string }): ReactNode {
  return (
    <>
      <p className={styles.troubleTitle}>{title}</p>
      <p>{help}</p>
    </>
  );
}
