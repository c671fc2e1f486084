import { useState, type ReactNode } from 'react';
import { formatPlaygroundLink, LINK_LENGTH_MAX } from '../../course/playground/link';
import type { PlaygroundState } from '../../course/playground/state';
import styles from './Playground.module.css';
import { usePlaygroundStrings } from './strings';

type Shared = { readonly of: PlaygroundState; readonly link: string; readonly kind: 'copied' | 'shown' | 'too-long' };

/** Puts a link to this very run into the clipboard, or shows it where the browser does not let the page. */
export function ShareButton({ state }: { readonly state: PlaygroundState }): ReactNode {
  const strings = usePlaygroundStrings();
  const [shared, setShared] = useState<Shared | null>(null);
  const share = async (): Promise<void> => {
    const link = location.origin + location.pathname + formatPlaygroundLink(state);
    if (link.length > LINK_LENGTH_MAX) {
      setShared({ of: state, link, kind: 'too-long' });
      return;
    }
    const kind = await navigator.clipboard.writeText(link).then(
      () => 'copied' as const,
      () => 'shown' as const,
    );
    setShared({ of: state, link, kind });
  };
  const current = shared?.of === state ? shared : null;
  return (
    <>
      <button type="button" className={styles.button} onClick={() => void share()}>
        <span aria-live="polite">{current?.kind === 'copied' ? strings.copied : strings.share}</span>
      </button>
      {current?.kind === 'too-long' && (
        <p className={styles.note} role="status">
          {strings.tooLong}
        </p>
      )}
      {current?.kind === 'shown' && (
        <label className={styles.linkShown}>
          {strings.notCopied}
          <input
            readOnly
            className={styles.input}
            value={current.link}
            onFocus={(event) => event.currentTarget.select()}
          />
        </label>
      )}
    </>
  );
}
