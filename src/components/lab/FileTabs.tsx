import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useStrings } from '../strings';
import type { ReadOnlyFile } from './editor/editor-props';
import styles from './Lab.module.css';

interface Props {
  /** The program itself. */
  readonly file: string;
  readonly inputs: readonly ReadOnlyFile[];
  readonly shown: string;
  readonly onShow: (file: string) => void;
}

/** The files of the lab; one alone needs no choice. */
export function FileTabs({ file, inputs, shown, onShow }: Props): ReactNode {
  const strings = useStrings();
  if (inputs.length === 0) return <span className={clsx(styles.file, styles.fileShown)}>{file}</span>;
  return (
    <div className={styles.files} role="group" aria-label={strings.files}>
      {[file, ...inputs.map(({ name }) => name)].map((name) => (
        <button
          key={name}
          type="button"
          className={clsx(styles.file, name === shown && styles.fileShown)}
          aria-pressed={name === shown}
          onClick={() => onShow(name)}
        >
          {name}
          {name !== file && <span className={styles.readOnly}> · {strings.readOnly}</span>}
        </button>
      ))}
    </div>
  );
}
