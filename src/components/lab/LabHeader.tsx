import type { LabCard } from '@course/labs';
import useIsBrowser from '@docusaurus/useIsBrowser';
import { useState, type ReactNode } from 'react';
import { encodeCode } from '../../course/lab-code';
import { LINK_LENGTH_MAX } from '../../course/lab-link';
import { useStrings } from '../strings';
import styles from './Lab.module.css';
import type { Work } from './LabView';

interface Props {
  readonly card: LabCard;
  readonly work: Work;
  readonly onKeys: () => void;
}

/** Above the lab: what it is, and what can be done with it as a whole. */
export function LabHeader({ card, work, onKeys }: Props): ReactNode {
  const strings = useStrings();
  const isBrowser = useIsBrowser();
  const { isFull, setFull } = work.address;
  return (
    <header className={styles.header}>
      <p className={styles.small}>{strings.lab(card.minutes)}</p>
      {isBrowser && (
        <div className={styles.choices}>
          <ShareButton {...{ card, work }} />
          <button type="button" className={styles.quiet} onClick={onKeys}>
            {strings.keysAndSettings}
          </button>
          <button type="button" className={styles.quiet} onClick={() => setFull(!isFull)}>
            {isFull ? strings.backToLesson : strings.fullScreen}
          </button>
        </div>
      )}
    </header>
  );
}

/** Copies an address that holds the program; where nothing may be copied the address is shown. */
function ShareButton({ card, work }: { readonly card: LabCard; readonly work: Work }): ReactNode {
  const strings = useStrings();
  const [outcome, setOutcome] = useState<{ readonly url: string; readonly isCopied: boolean } | null>(null);
  const share = async (): Promise<void> => {
    const url = work.address.urlOf({ code: encodeCode(work.code, card.starter) });
    const isCopied = await navigator.clipboard.writeText(url).then(
      () => true,
      () => false,
    );
    setOutcome({ url, isCopied });
  };
  return (
    <>
      <button type="button" className={styles.quiet} onClick={() => void share()}>
        {strings.share}
      </button>
      <span role="status" className={styles.shared}>
        {outcome !== null &&
          (outcome.url.length > LINK_LENGTH_MAX ? strings.shareTooLong : outcome.isCopied ? strings.shareCopied : '')}
      </span>
      {outcome !== null && !outcome.isCopied && (
        <input
          className={styles.url}
          readOnly
          aria-label={strings.shareUrl}
          value={outcome.url}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </>
  );
}
