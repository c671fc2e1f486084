import { useState, type ReactNode } from 'react';
import type { Verdict } from '../../grader/verdict';
import { useResultStrings } from '../result-strings';
import styles from './Verdict.module.css';

interface Props {
  readonly verdict: Verdict;
  readonly file: string;
}

/** The shown execution as a code that page, command line and test accept, and the verdict as data. */
export function Replay({ verdict, file }: Props): ReactNode {
  const strings = useResultStrings();
  const command = `npm run grade -- ${file} --lab ${verdict.lab}`;
  return (
    <section>
      <h4>{strings.replay}</h4>
      {verdict.shown !== null && (
        <>
          <p className={styles.note}>{strings.executionCode}</p>
          <Copyable text={verdict.shown.executionCode} />
          <p className={styles.note}>{strings.replayNote}</p>
          <Copyable text={`${command} --replay '${verdict.shown.executionCode}'`} />
        </>
      )}
      <p className={styles.note}>{strings.verdictAsData}</p>
      <Copyable text={`${command} --json`} copies={JSON.stringify(verdict, null, 2)} />
    </section>
  );
}

/** @param copies what the button copies, when it is not the text itself */
function Copyable({ text, copies = text }: { readonly text: string; readonly copies?: string }): ReactNode {
  const strings = useResultStrings();
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => {
    // Without the right to the clipboard the text can still be selected by hand.
    navigator.clipboard?.writeText(copies).then(
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
