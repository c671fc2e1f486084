import useIsBrowser from '@docusaurus/useIsBrowser';
import type { ReactNode } from 'react';
import { formatTime, useLocale } from '../format';
import { useStrings } from '../strings';
import type { DraftState } from './draft-session';
import styles from './Lab.module.css';

interface Props {
  /** The names of the files. */
  readonly children: ReactNode;
  readonly draft: DraftState;
  readonly isStarter: boolean;
  /** The program is somebody else's, and saved nowhere. */
  readonly isCopy: boolean;
  readonly isReading: boolean;
  readonly isRunning: boolean;
  readonly hasResult: boolean;
  readonly onEdit: () => void;
  readonly onReset: () => void;
  readonly onRun: () => void;
  readonly onStop: () => void;
}

/** The head of the editor. Its buttons come with the page's code; a page without it shows the file's name alone. */
export function Toolbar(props: Props): ReactNode {
  const strings = useStrings();
  const isBrowser = useIsBrowser();
  return (
    <div className={styles.toolbar}>
      {props.children}
      {isBrowser && (
        <>
          {!props.isCopy && <SavedNote draft={props.draft} />}
          {props.isReading && (
            <button type="button" className={styles.button} onClick={props.onEdit}>
              {strings.edit}
            </button>
          )}
          {!props.isStarter && !props.isCopy && (
            <button type="button" className={styles.button} onClick={props.onReset}>
              {strings.reset}
            </button>
          )}
          <span className={styles.runHere}>
            <RunButton {...props} />
          </span>
        </>
      )}
    </div>
  );
}

type RunProps = Pick<Props, 'isRunning' | 'hasResult' | 'onRun' | 'onStop'>;

function RunButton({ isRunning, hasResult, onRun, onStop }: RunProps): ReactNode {
  const strings = useStrings();
  return isRunning ? (
    <button type="button" className={styles.run} onClick={onStop}>
      {strings.stop}
    </button>
  ) : (
    <button type="button" className={styles.run} onClick={onRun}>
      {hasResult ? strings.runAgain : strings.run}
      <kbd aria-hidden="true">{runKeys()}</kbd>
    </button>
  );
}

/** On a narrow screen the button stays at its lower edge, whatever part of the lab is read. */
export function RunBar(props: RunProps): ReactNode {
  const isBrowser = useIsBrowser();
  return isBrowser ? (
    <div className={styles.runBar}>
      <RunButton {...props} />
    </div>
  ) : null;
}

function SavedNote({ draft }: { readonly draft: DraftState }): ReactNode {
  const strings = useStrings();
  const locale = useLocale();
  const isSaved = draft.savedAt !== null && draft.problem === null;
  return (
    <span className={styles.saved}>
      {draft.isSaving ? strings.saving : isSaved ? strings.saved(formatTime(locale, draft.savedAt ?? 0)) : ''}
    </span>
  );
}

/** As the keyboard at hand names them. */
function runKeys(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ ↵' : 'Ctrl ↵';
}
