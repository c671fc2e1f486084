import type { ReactNode } from 'react';
import styles from './Loading.module.css';
import { usePlaygroundStrings } from './strings';

/** Keeps the room of the playground until the model is there, and its first run. */
export function Loading({ children }: { readonly children?: ReactNode }): ReactNode {
  const strings = usePlaygroundStrings();
  return (
    <div className={styles.room} data-no-search>
      <p className={styles.text}>{strings.loading}</p>
      {children}
    </div>
  );
}
