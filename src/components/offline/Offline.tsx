import Translate, { translate } from '@docusaurus/Translate';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import { useEffect, useState, type ReactNode } from 'react';
import styles from '../progress/Progress.module.css';
import { canDownload, download, offlineState, removeDownload, type DownloadProgress } from './download';

type State =
  | { readonly kind: 'unknown' | 'none' | 'kept' | 'outdated' | 'failed' | 'not-supported' }
  | { readonly kind: 'loading'; readonly progress: DownloadProgress };

/** Downloads the course, editor and engine included, in both languages. */
export function Offline(): ReactNode {
  const root = useRoot();
  const [state, setState] = useState<State>({ kind: 'unknown' });
  useEffect(() => {
    const look = async (): Promise<State> => ({ kind: canDownload() ? await offlineState(root) : 'not-supported' });
    look().then(setState, () => setState({ kind: 'not-supported' }));
  }, [root]);
  const start = (): void => {
    setState({ kind: 'loading', progress: { bytes: 0, total: 1 } });
    download(root, (progress) => setState({ kind: 'loading', progress })).then(
      () => setState({ kind: 'kept' }),
      () => setState({ kind: 'failed' }),
    );
  };
  const remove = (): void => void removeDownload().then(() => setState({ kind: 'none' }));
  return (
    <section>
      <h2 id="offline">
        <Translate id="offline.title">Without a network</Translate>
      </h2>
      <p>
        <Translate id="offline.text">
          The whole course, with editor and engine, in both languages, can be kept in this browser: about 30 megabytes.
          It then opens at the same address without a network, and can be installed as an app.
        </Translate>
      </p>
      {state.kind === 'loading' && (
        <progress
          className={styles.bar}
          max={state.progress.total}
          value={state.progress.bytes}
          aria-label={translate({ id: 'offline.progress', message: 'Download' })}
        />
      )}
      <p role="status">{wordsOf(state.kind)}</p>
      <div className={styles.actions}>
        {(state.kind === 'none' || state.kind === 'outdated' || state.kind === 'failed') && (
          <button type="button" className={styles.button} onClick={start}>
            <Translate id="offline.download">Download for offline use</Translate>
          </button>
        )}
        {(state.kind === 'kept' || state.kind === 'outdated') && (
          <button type="button" className={styles.button} onClick={remove}>
            <Translate id="offline.remove">Remove the download</Translate>
          </button>
        )}
      </div>
    </section>
  );
}

function wordsOf(kind: State['kind']): string {
  switch (kind) {
    case 'kept':
      return translate({ id: 'offline.kept', message: 'The course is in this browser and opens without a network.' });
    case 'outdated':
      return translate({ id: 'offline.outdated', message: 'An older version is in this browser.' });
    case 'failed':
      return translate({
        id: 'offline.failed',
        message: 'The download was interrupted, or there is no room for it. What has come is kept: try again.',
      });
    case 'not-supported':
      return translate({
        id: 'offline.notSupported',
        message: 'This browser, or its private mode, keeps no pages for offline use.',
      });
    case 'unknown':
    case 'none':
    case 'loading':
      return '';
  }
}

/** Address of the default language, where the site begins. */
function useRoot(): string {
  const { siteConfig, i18n } = useDocusaurusContext();
  const isDefault = i18n.currentLocale === i18n.defaultLocale;
  return isDefault ? siteConfig.baseUrl : siteConfig.baseUrl.replace(new RegExp(`${i18n.currentLocale}/$`), '');
}
