import { useState, type ReactNode } from 'react';
import { useResultStrings } from '../result-strings';
import styles from './Verdict.module.css';

interface Props {
  readonly executionCode: string;
  readonly lab: string;
  readonly file: string;
}

/** The shown execution as a code that page, command line and test accept. */
export function Replay({ executionCode, lab, file }: Props): ReactNode {
  const strings = useResultStrings();
  return (
    <section>
      <h4>{strings.replay}</h4>
      <p className={styles.note}>{strings.executionCode}</p>
      <Copyable text={executionCode} />
      <p className={styles.note}>{strings.replayNote}</p>
      <Copyable text={`npm run grade -- ${file} --lab ${lab}`} />
    </section>
  );
}

function Copyable({ text }: { readonly text: string }): ReactNode {
  const strings = useResultStrings();
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => {
    // Without the right to the clipboard the text can still be selected by hand.
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className={styles.copyable}>
      <code>{text}</code>
      <button type="button" className={styles.copy} onClick={copy}>
        <span aria-live="polite">{isCopied ? strings.copied : strings.copy}</span>
      </button>
    </div>
  );
}
