import type { ReactNode } from 'react';
import type { LabWords } from '../../grader/lab';
import type { Verdict } from '../../grader/verdict';
import { useLocale } from '../format';
import { useResultStrings } from '../result-strings';
import { sentence } from './sentence';
import styles from './Verdict.module.css';

interface Props {
  readonly verdict: Verdict;
  readonly words: LabWords;
  readonly step: number;
  readonly onStep: (step: number) => void;
  readonly onGoToLine: (line: number) => void;
}

/** At most seven sentences; each leads to its step in the timeline, and to its line in the program. */
export function Story({ verdict, words, step, onStep, onGoToLine }: Props): ReactNode {
  const strings = useResultStrings();
  const locale = useLocale();
  if (verdict.story.length === 0) return null;
  return (
    <section>
      <h4>{strings.story}</h4>
      <ol className={styles.story}>
        {verdict.story.map((told) => (
          <li key={told.step}>
            <button
              type="button"
              className={styles.told}
              aria-current={told.step === step ? 'step' : undefined}
              onClick={() => onStep(told.step)}
            >
              {sentence(told.text, locale, words)}
            </button>
            <span className={styles.meta}>
              {strings.atTime(told.time)}
              {told.line !== undefined && (
                <>
                  {' · '}
                  <LineLink line={told.line} onGoToLine={onGoToLine} />
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Leads to a line of the program. */
export function LineLink({
  line,
  column,
  onGoToLine,
}: {
  readonly line: number;
  readonly column?: number | undefined;
  readonly onGoToLine: (line: number) => void;
}): ReactNode {
  const strings = useResultStrings();
  return (
    <button type="button" className={styles.link} aria-label={strings.goToLine(line)} onClick={() => onGoToLine(line)}>
      {strings.line(line)}
      {column !== undefined && `:${column}`}
    </button>
  );
}
