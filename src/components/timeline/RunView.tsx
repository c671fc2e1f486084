import type { NamedRunData } from '@course/labs';
import { useMemo, useState, type ReactNode } from 'react';
import type { LabWords } from '../../grader/lab';
import { useLocale } from '../format';
import { timelineRows } from './rows';
import { SteppedRun } from './SteppedRun';

interface Props {
  readonly run: NamedRunData;
  readonly words: { readonly en: LabWords; readonly ru: LabWords };
  readonly withSource: boolean;
}

/** A recorded run of a lesson, from its first row on. */
export default function RunView({ run, words, withSource }: Props): ReactNode {
  const locale = useLocale();
  const first = useMemo(() => timelineRows(run.recording, { all: false })[0]?.event.step ?? 0, [run]);
  const [step, setStep] = useState(first);
  return <SteppedRun {...{ run, step, withSource }} words={words[locale]} onStep={setStep} />;
}
