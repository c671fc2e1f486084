import type { NamedRunData } from '@course/labs';
import { useMemo, useState, type ReactNode } from 'react';
import type { LabWords } from '../../grader/lab';
import { rowIndexOf, timelineRows } from '../timeline/rows';
import { SteppedRun } from '../timeline/SteppedRun';
import styles from './Check.module.css';
import { useCheckStrings } from './check-strings';
import { findStep } from './find-step';
import { Footer, Mark } from './Outcome';
import type { Question } from './read-question';
import type { Answering } from './use-answering';

interface Props {
  readonly id: string;
  readonly question: Question;
  readonly answering: Answering;
  readonly run: NamedRunData;
  readonly words: LabWords;
}

/** A step of a live run to point at: the reader goes there and says so. */
export function PointQuestion({ id, question, answering, run, words }: Props): ReactNode {
  const strings = useCheckStrings();
  const { recording } = run;
  const steps = useMemo(
    () => question.answers.map((answer) => findStep(recording, answer.at ?? '')),
    [question, recording],
  );
  const rows = useMemo(() => timelineRows(recording, { all: false, keySteps: new Set(steps) }), [recording, steps]);
  const keySteps = useMemo(() => new Set(steps), [steps]);
  const [step, setStep] = useState(rows[0]?.event.step ?? 0);
  const { handedIn } = answering;
  const meant = steps.indexOf(handedIn?.answer[0] ?? step);
  const answer = question.answers[meant];
  const go = (to: number): void => {
    setStep(to);
    answering.change();
  };
  return (
    <>
      <p className={styles.note}>{strings.point}</p>
      <SteppedRun {...{ run, words, step, keySteps }} withSource={false} onStep={go} />
      <Footer
        {...{ answering }}
        label={strings.checkPoint(String(rowIndexOf(rows, step) + 1))}
        isReady
        wrong={strings.wrong}
        onHandIn={() => answering.handIn([step], question.answers[steps.indexOf(step)]?.isRight === true)}
        onShowAll={null}
      />
      <div className={styles.because} hidden={handedIn === null} id={`check-${id}-said`}>
        <Mark isRight={handedIn?.isRight === true} />
        {answer?.because ?? question.otherwise}
      </div>
    </>
  );
}
