import { useState, type ReactNode } from 'react';
import type { Attempt } from '../../course/attempts';
import type { LabWords } from '../../grader/lab';
import { renderText } from '../../grader/texts';
import { useLocale } from '../format';
import { useStrings } from '../strings';
import styles from './Lab.module.css';

interface Props {
  readonly attempts: readonly Attempt[];
  readonly words: LabWords;
  /** Puts the program of a run into the editor; what was there can be brought back. */
  readonly onTake: (code: string) => void;
}

/** Earlier runs of the lab, the latest first. */
export function History({ attempts, words, onTake }: Props): ReactNode {
  const strings = useStrings();
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  if (attempts.length === 0) return null;
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <details className={styles.history} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{strings.history(attempts.length)}</summary>
      {isOpen && (
        <ol className={styles.attempts}>
          {[...attempts].reverse().map((attempt) => (
            <li key={attempt.at} className={styles[attempt.status]}>
              <span>{renderText(attempt.headline, locale, words)}</span>
              <span className={styles.when}>{when.format(attempt.at)}</span>
              <button type="button" className={styles.link} onClick={() => onTake(attempt.code)}>
                {strings.takeAttempt}
              </button>
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}
