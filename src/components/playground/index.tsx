import { lazy, Suspense, useState, type ReactNode } from 'react';
import useIsBrowser from '@docusaurus/useIsBrowser';
import { LoadBoundary } from '../lab/LoadBoundary';
import { Loading } from './Loading';
import styles from './Loading.module.css';
import { usePlaygroundStrings } from './strings';

/** The model comes when the page does, and with no other page. */
function lazyPlayground() {
  return lazy(() => import('./Playground'));
}

/** The server has nothing to show of it: what it begins with is in the reader's browser. Its room is kept. */
export default function LazyPlayground(): ReactNode {
  const strings = usePlaygroundStrings();
  const isBrowser = useIsBrowser();
  const [attempt, setAttempt] = useState(() => ({ number: 0, Part: lazyPlayground() }));
  if (!isBrowser) return <Loading />;
  const { number, Part } = attempt;
  const failed = (
    <div className={styles.room} role="alert">
      <p className={styles.text}>{strings.loadFailed}</p>
      <button
        type="button"
        className={styles.again}
        onClick={() => setAttempt({ number: number + 1, Part: lazyPlayground() })}
      >
        {strings.tryAgain}
      </button>
    </div>
  );
  return (
    <LoadBoundary key={number} fallback={failed}>
      <Suspense fallback={<Loading />}>
        <Part />
      </Suspense>
    </LoadBoundary>
  );
}
