import { labs, type LabAnswers } from '@course/labs';
import { useEffect, useState, type ReactNode } from 'react';
import type { Verdict } from '../../grader/verdict';
import { useLocale } from '../format';
import { useResultStrings } from '../result-strings';
import { CodeDiff } from './CodeDiff';
import { failingFindings } from './findings';
import styles from './Verdict.module.css';

interface Props {
  readonly verdict: Verdict;
  /** The learner's program. */
  readonly code: string;
}

/** What a learner may ask for: hints for what the verdict names, one after the other, and the solution. */
export function Help({ verdict, code }: Props): ReactNode {
  const locale = useLocale();
  const lab = useAnswers(verdict.lab);
  if (lab === null) return null;
  const hints = failingFindings(verdict)
    .slice(0, 1)
    .flatMap((finding) => lab.hints[locale][finding.id] ?? []);
  return (
    <section>
      {hints.length > 0 && <Hints hints={hints} />}
      <Solution mine={code} solution={lab.solution} explanation={lab.explanation[locale]} />
    </section>
  );
}

/** Null until they are there, and where they cannot be loaded: no verdict waits for them. */
function useAnswers(lab: string): LabAnswers | null {
  const [answers, setAnswers] = useState<LabAnswers | null>(null);
  useEffect(() => {
    let isCurrent = true;
    labs[lab]?.answers().then(
      (module) => isCurrent && setAnswers(module.default),
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [lab]);
  return answers;
}

function Hints({ hints }: { readonly hints: readonly string[] }): ReactNode {
  const strings = useResultStrings();
  const [opened, setOpened] = useState(0);
  return hints.slice(0, opened + 1).map((hint, index) => (
    <details
      key={index}
      className={styles.details}
      onToggle={(event) => event.currentTarget.open && setOpened((known) => Math.max(known, index + 1))}
    >
      <summary>{strings.hint(index + 1, hints.length)}</summary>
      <p>{hint}</p>
    </details>
  ));
}

interface SolutionProps {
  readonly mine: string;
  readonly solution: string;
  readonly explanation: string;
}

/** Beside the learner's code, never over it. */
function Solution({ mine, solution, explanation }: SolutionProps): ReactNode {
  const strings = useResultStrings();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={styles.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{strings.solution}</summary>
      {isOpen && (
        <>
          {explanation.split('\n\n').map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
          <CodeDiff {...{ mine, solution }} />
        </>
      )}
    </details>
  );
}
