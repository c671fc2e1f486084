import type { ReactNode } from 'react';
import { saveFile } from '../save-file';
import { useStrings } from '../strings';
import type { DraftSession, DraftState } from './draft-session';
import styles from './Lab.module.css';
import type { Work } from './LabView';

interface Props {
  readonly draft: DraftState;
  readonly session: DraftSession;
  readonly file: string;
  readonly isStarter: boolean;
}

/** What the learner has to know about their code: not saved, changed elsewhere, put aside. */
export function Notices({ draft, session, file, isStarter }: Props): ReactNode {
  const strings = useStrings();
  return (
    <div aria-live="polite">
      {draft.problem !== null && (
        <Notice text={strings.storage[draft.problem]} isWarning>
          <button type="button" className={styles.button} onClick={() => saveFile(file, draft.code)}>
            {strings.download}
          </button>
        </Notice>
      )}
      {draft.conflict !== null && (
        <Notice text={strings.storage.conflict} isWarning>
          <button type="button" className={styles.button} onClick={session.takeTheirs}>
            {strings.storage.takeTheirs}
          </button>
          <button type="button" className={styles.button} onClick={session.keepMine}>
            {strings.storage.keepMine}
          </button>
        </Notice>
      )}
      {draft.replaced !== null && draft.conflict === null && (
        <Notice text={isStarter ? strings.resetDone : strings.otherKept} isWarning={false}>
          <button type="button" className={styles.button} onClick={session.bringBack}>
            {strings.bringBack}
          </button>
        </Notice>
      )}
    </div>
  );
}

/** What has to be known of a program that came with a link. */
export function CopyNotices({ work: { copy, address, draft, grading, code } }: { readonly work: Work }): ReactNode {
  const strings = useStrings();
  const leave = (): void => {
    copy.leave();
    address.forget();
  };
  const keep = (): void => {
    draft.session.take(code);
    leave();
  };
  const execution = address.link?.execution ?? null;
  return (
    <div aria-live="polite">
      {copy.problem !== null && (
        <Notice text={strings.copy.problems[copy.problem]} isWarning>
          <button type="button" className={styles.button} onClick={leave}>
            {strings.close}
          </button>
        </Notice>
      )}
      {copy.code !== null && (
        <Notice text={strings.copy.isOne} isWarning={false}>
          <button type="button" className={styles.button} onClick={keep}>
            {strings.copy.keep}
          </button>
          <button type="button" className={styles.button} onClick={leave}>
            {strings.copy.leave}
          </button>
        </Notice>
      )}
      {execution !== null && copy.problem === null && (
        <Notice text={strings.copy.replayAsked(execution)} isWarning={false}>
          <button
            type="button"
            className={styles.button}
            onClick={() => grading.replay(code, execution, address.link?.step ?? null)}
          >
            {strings.copy.replay}
          </button>
        </Notice>
      )}
    </div>
  );
}

interface NoticeProps {
  readonly text: string;
  readonly isWarning: boolean;
  readonly children: ReactNode;
}

function Notice({ text, isWarning, children }: NoticeProps): ReactNode {
  return (
    <div className={isWarning ? styles.warning : styles.notice}>
      <p>{text}</p>
      <div className={styles.choices}>{children}</div>
    </div>
  );
}
