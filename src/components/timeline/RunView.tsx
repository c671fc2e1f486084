import type { NamedRunData } from '@course/labs';
import CodeBlock from '@theme/CodeBlock';
import { useMemo, useState, type ReactNode } from 'react';
import type { LabWords } from '../../grader/lab';
import { useLocale } from '../format';
import { useStrings } from '../strings';
import { rowIndexOf, timelineRows } from './rows';
import styles from './RunView.module.css';
import { StateView } from './StateView';
import { Timeline } from './Timeline';

interface Props {
  readonly run: NamedRunData;
  readonly words: { readonly en: LabWords; readonly ru: LabWords };
  readonly withSource: boolean;
}

/** A recorded run with its program beside it; the line of the current step is highlighted. */
export default function RunView({ run: { recording, source }, words: bothWords, withSource }: Props): ReactNode {
  const words = bothWords[useLocale()];
  const strings = useStrings();
  const rows = useMemo(() => timelineRows(recording, { all: false }), [recording]);
  const [step, setStep] = useState(() => rows[0]?.event.step ?? 0);
  const [preview, setPreview] = useState<number | null>(null);
  const line = recording.events[preview ?? step]?.line;
  return (
    <div className={styles.run} role="group" aria-label={strings.runRecorded}>
      <div className={withSource ? styles.columns : undefined}>
        {withSource && (
          <div className={styles.source} role="group" aria-label={strings.runSource}>
            <CodeBlock language="ts" showLineNumbers metastring={line === undefined ? undefined : `{${line}}`}>
              {source}
            </CodeBlock>
          </div>
        )}
        <div className={styles.story}>
          <Timeline {...{ recording, words, step, source }} onStep={setStep} onPreview={setPreview} />
          <StateView {...{ recording, words, step }} shownStep={rowIndexOf(rows, step) + 1} />
        </div>
      </div>
    </div>
  );
}
