import type { ReactNode } from 'react';
import type { Diagnosis } from '../../grader/verdict';
import { LineLink } from './Story';
import styles from './Verdict.module.css';

interface Props {
  readonly diagnosis: Diagnosis;
  readonly onGoToLine: (line: number) => void;
}

/** What is wrong with the program itself. The message may be the learner's own: it is shown as text and nothing else. */
export function DiagnosisBox({ diagnosis, onGoToLine }: Props): ReactNode {
  return (
    <section className={styles.diagnosis}>
      <p>
        <code>{diagnosis.message}</code>
      </p>
      {diagnosis.line !== undefined && (
        <p>
          <LineLink line={diagnosis.line} column={diagnosis.column} onGoToLine={onGoToLine} />
        </p>
      )}
    </section>
  );
}
