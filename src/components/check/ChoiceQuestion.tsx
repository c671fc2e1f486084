import clsx from 'clsx';
import { useState, type ReactNode } from 'react';
import styles from './Check.module.css';
import { useCheckStrings } from './check-strings';
import { Footer, Mark } from './Outcome';
import type { Question } from './read-question';
import type { Answering } from './use-answering';

interface Props {
  readonly id: string;
  readonly question: Question;
  readonly answering: Answering;
  readonly isMultiple: boolean;
}

/** One of several answers, or several of them. */
export function ChoiceQuestion({ id, question: { answers }, answering, isMultiple }: Props): ReactNode {
  const strings = useCheckStrings();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [isAllShown, showAll] = useState(false);
  const { handedIn } = answering;
  const choose = (index: number, isChosen: boolean): void => {
    const next = new Set(isMultiple ? chosen : []);
    if (isChosen) next.add(index);
    else next.delete(index);
    setChosen(next);
    showAll(false);
    answering.change();
  };
  const handIn = (): void => {
    const isRight = answers.every((answer, index) => answer.isRight === chosen.has(index));
    answering.handIn([...chosen].sort(), isRight);
  };
  const isExplained = (index: number): boolean =>
    handedIn !== null && (isAllShown || handedIn.isRight || handedIn.answer.includes(index));
  return (
    <>
      {isMultiple && <p className={styles.note}>{strings.several}</p>}
      <ul className={styles.answers}>
        {answers.map((answer, index) => (
          <li key={index} className={clsx(isExplained(index) && (answer.isRight ? styles.right : styles.wrong))}>
            <label className={styles.answer}>
              <input
                type={isMultiple ? 'checkbox' : 'radio'}
                name={`check-${id}`}
                aria-describedby={isExplained(index) ? `check-${id}-${index}` : undefined}
                checked={chosen.has(index)}
                onChange={(event) => choose(index, event.currentTarget.checked)}
              />
              <span className={styles.answerText}>{answer.text}</span>
            </label>
            <div id={`check-${id}-${index}`} className={styles.because} hidden={!isExplained(index)}>
              <Mark isRight={answer.isRight} />
              {answer.because}
            </div>
          </li>
        ))}
      </ul>
      <Footer
        {...{ answering }}
        label={strings.check}
        isReady={chosen.size > 0}
        wrong={isMultiple ? strings.partly : strings.wrong}
        onHandIn={handIn}
        onShowAll={isAllShown ? null : () => showAll(true)}
      />
    </>
  );
}
