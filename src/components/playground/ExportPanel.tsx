import { useEffect, useState, type ReactNode } from 'react';
import { exportScenario } from '../../course/playground/play';
import type { PlaygroundState } from '../../course/playground/state';
import styles from './Playground.module.css';
import { saveFile } from '../save-file';
import { usePlaygroundStrings } from './strings';

const FILE_NAME = 'playground-run.txt';

/** The run as a file of the project's tests; written when it is asked for, and again when the run changes. */
export function ExportPanel({ state }: { readonly state: PlaygroundState }): ReactNode {
  const strings = usePlaygroundStrings();
  const [isOpen, setOpen] = useState(false);
  const [written, setWritten] = useState<{ readonly of: PlaygroundState; readonly text: string } | null>(null);
  const [copied, setCopied] = useState<string | null>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    let isWanted = true;
    const take = (text: string): void => {
      if (isWanted) setWritten({ of: state, text });
    };
    exportScenario(state).then(take, (error: unknown) =>
      take(`# ${error instanceof Error ? error.message : String(error)}\n`),
    );
    return () => {
      isWanted = false;
    };
  }, [isOpen, state]);
  const text = written?.of === state ? written.text : null;
  const copy = async (): Promise<void> => {
    if (text === null) return;
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    if (isCopied) setCopied(text);
  };
  return (
    <details className={styles.part} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.partTitle}>{strings.exportTitle}</summary>
      <div className={styles.fields}>
        <p className={styles.note}>{strings.exportText('npm run scenarios -- playground')}</p>
        <p className={styles.note}>{strings.exportModelOnly}</p>
        <pre className={styles.script} tabIndex={0} aria-label={strings.exportTitle} aria-busy={text === null}>
          {text ?? written?.text ?? strings.exporting}
        </pre>
        <div className={styles.inputs}>
          <button type="button" className={styles.button} onClick={() => void copy()}>
            <span aria-live="polite">{copied !== null && copied === text ? strings.copyDone : strings.copy}</span>
          </button>
          <button type="button" className={styles.button} onClick={() => text !== null && saveFile(FILE_NAME, text)}>
            {strings.download}
          </button>
        </div>
      </div>
    </details>
  );
}
