import { labs } from '@course/labs';
import { runs, type NamedRunData } from '@course/runs';
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
  readonly lab: string;
  readonly name: string;
  readonly withSource?: boolean;
}

/** A recorded run with its program beside it; the line of the current step is highlighted. */
export default function RunView({ lab, name, withSource = true }: Props): ReactNode {
  const locale = useLocale();
  const run = runs[`${lab}/${name}`];
  const card = labs[lab];
  if (run === undefined || card === undefined) {
    // Without an engine nothing can be recorded, and a page that waits for it may still be read.
    if (Object.keys(runs).length === 0) return null;
    throw new Error(`<Run lab="${lab}" name="${name}" />: labs/${lab}/lab.ts names no such run.`);
  }
  return <SteppedRun run={run} words={card.words[locale]} withSource={withSource} />;
}

interface SteppedProps {
  readonly run: NamedRunData;
  readonly words: LabWords;
  readonly withSource: boolean;
}

function SteppedRun({ run: { recording, source }, words, withSource }: SteppedProps): ReactNode {
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
