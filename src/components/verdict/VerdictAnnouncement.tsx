import { useEffect, useState, type ReactNode } from 'react';
import type { LabWords } from '../../grader/lab';
import type { Verdict } from '../../grader/verdict';
import { useLocale } from '../format';
import { sentence } from './sentence';
import styles from './Verdict.module.css';

/** Says the verdict to who does not see it appear. A live region speaks only what comes after it was there. */
export function VerdictAnnouncement({
  verdict,
  words,
}: {
  readonly verdict: Verdict;
  readonly words: LabWords;
}): ReactNode {
  const locale = useLocale();
  const [said, setSaid] = useState('');
  const spoken = `${sentence(verdict.headline, locale, words)}. ${sentence(verdict.boundLine, locale, words)}`;
  useEffect(() => {
    const timer = setTimeout(() => setSaid(spoken), 100);
    return () => clearTimeout(timer);
  }, [spoken]);
  return (
    <p className={styles.announcement} role="status">
      {said}
    </p>
  );
}
