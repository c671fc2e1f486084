import type { ReactNode } from 'react';
import { diagnosisMessage } from '../../grader/texts';
import type { Diagnosis } from '../../grader/verdict';
import { useLocale } from '../format';
import { LineLink } from './Story';
import styles from './Verdict.module.css';

interface Props {
  readonly diagnosis: Diagnosis;
  readonly onGoToLine: (line: number) => void;
}

/**
 * What is wrong with the program itself. The message may be the learner's own: it is shown as text and nothing else. Where
 * there is neither a message nor a line, the headline has said it.
 */
export function DiagnosisBox({ diagnosis, onGoToLine }: Props): ReactNode {
  const message = diagnosisMessage(diagnosis, useLocale());
  if (message === null && diagnosis.line === undefined) return null;
  return (
    <section className={styles.diagnosis}>
      {message !== null && (
        <p>
          <code>{message}</code>
        </p>
      )}
      {diagnosis.line !== undefined && (
        <p>
          <LineLink line={diagnosis.line} column={diagnosis.column} onGoToLine={onGoToLine} />
        </p>
      )}
    </section>
  );
}
