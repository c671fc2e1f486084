import type { NamedRunData } from '@course/labs';
import { useMemo, useState, type ReactNode } from 'react';
import type { LabWords } from '../../grader/lab';
import { useStrings } from '../strings';
import { MarkedCode } from './MarkedCode';
import { rowIndexOf, timelineRows } from './rows';
import styles from './RunView.module.css';
import { StateView } from './StateView';
import { Timeline } from './Timeline';

interface Props {
  readonly run: Pick<NamedRunData, 'recording' | 'source'>;
  readonly words: LabWords;
  readonly withSource: boolean;
  readonly step: number;
  readonly onStep: (step: number) => void;
  /** Steps that get a row whatever their kind. */
  readonly keySteps?: ReadonlySet<number>;
}

/** A run with its program beside it; the line of the current step is highlighted. */
export function SteppedRun({
  run: { recording, source },
  words,
  withSource,
  step,
  onStep,
  keySteps,
}: Props): ReactNode {
  const strings = useStrings();
  const rows = useMemo(() => timelineRows(recording, { all: false, keySteps }), [recording, keySteps]);
  // What the pointer points at, until the next step is taken.
  const [preview, setPreview] = useState<{ readonly at: number; readonly step: number } | null>(null);
  const line = recording.events[preview?.step === step ? preview.at : step]?.line;
  return (
    <div className={styles.run} role="group" aria-label={strings.runRecorded} data-no-search="">
      <div className={withSource ? styles.columns : undefined}>
        {withSource && (
          <div className={styles.source} role="group" aria-label={strings.runSource}>
            <MarkedCode code={source} line={line ?? null} />
          </div>
        )}
        <div className={styles.story}>
          <Timeline
            {...{ recording, words, step, source, keySteps, onStep }}
            onPreview={(at) => setPreview(at === null ? null : { at, step })}
          />
          <StateView {...{ recording, words, step }} shownStep={rowIndexOf(rows, step) + 1} />
        </div>
      </div>
    </div>
  );
}
