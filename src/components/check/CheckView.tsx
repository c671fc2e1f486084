import type { NamedRunData } from '@course/labs';
import { useId, useMemo, type ReactNode } from 'react';
import type { LabWords } from '../../grader/lab';
import { useLocale } from '../format';
import styles from './Check.module.css';
import { useCheckStrings } from './check-strings';
import { ChoiceQuestion } from './ChoiceQuestion';
import { OrderQuestion } from './OrderQuestion';
import { PointQuestion } from './PointQuestion';
import { readQuestion, type CheckKind } from './read-question';
import { useAnswering } from './use-answering';

interface Props {
  readonly id: string;
  readonly kind: CheckKind;
  readonly run: NamedRunData | null;
  readonly words: { readonly en: LabWords; readonly ru: LabWords } | null;
  readonly children: ReactNode;
}

/** A question, whatever its kind: what is asked, the answers, and what is said of the one given. */
export default function CheckView({ id, kind, run, words, children }: Props): ReactNode {
  const strings = useCheckStrings();
  const locale = useLocale();
  const question = useMemo(() => readQuestion(id, kind, children), [id, kind, children]);
  const answering = useAnswering(id);
  const textId = useId();
  return (
    <div className={styles.check} id={`check-${id}`} role="group" aria-labelledby={textId}>
      <p className={styles.eyebrow}>
        {strings.question}
        {answering.wasRight && <span className={styles.done}> · {strings.answered}</span>}
      </p>
      <div className={styles.text} id={textId}>
        {question.text}
      </div>
      {kind === 'order' ? (
        <OrderQuestion {...{ id, question, answering }} />
      ) : kind === 'point' && run !== null && words !== null ? (
        <PointQuestion {...{ id, question, answering, run }} words={words[locale]} />
      ) : (
        <ChoiceQuestion {...{ id, question, answering }} isMultiple={kind === 'multiple'} />
      )}
      {!answering.isKept && <p className={styles.trouble}>{strings.notKept}</p>}
    </div>
  );
}
