import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import styles from './LessonMark.module.css';
import type { LessonStanding } from './use-standings';

/** A ring, half full or full; who does not see it hears a word. */
export function LessonMark({ standing }: { readonly standing: LessonStanding }): ReactNode {
  return (
    <span className={styles.mark}>
      <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true">
        <circle cx="6" cy="6" r="4.75" className={styles.ring} />
        {standing === 'begun' && <path d="M6 1.25a4.75 4.75 0 0 1 0 9.5Z" className={styles.full} />}
        {standing === 'done' && <circle cx="6" cy="6" r="4.75" className={styles.full} />}
      </svg>
      {standing !== 'untouched' && <span className={styles.spoken}> ({wordOf(standing)})</span>}
    </span>
  );
}

function wordOf(standing: 'begun' | 'done'): string {
  return standing === 'done'
    ? translate({ id: 'lesson.done', message: 'done' })
    : translate({ id: 'lesson.begun', message: 'begun' });
}
