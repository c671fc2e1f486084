import type { ReactNode } from 'react';
import type { LabWords } from '../../grader/lab';
import { isNotJudged, type AnomalyFinding, type Verdict } from '../../grader/verdict';
import { useLocale } from '../format';
import { useResultStrings } from '../result-strings';
import { sentence } from './sentence';
import styles from './Verdict.module.css';

interface Props {
  readonly verdict: Verdict;
  /** The anomaly of the headline. */
  readonly finding: AnomalyFinding | null;
  readonly words: LabWords;
}

/** Above the headline: what kind of thing it is and how few faults it takes, with the name that is the same everywhere. */
export function Eyebrow({ verdict, finding, words }: Props): ReactNode {
  const strings = useResultStrings();
  const locale = useLocale();
  if (verdict.diagnosis !== null && isNotJudged(verdict))
    return <Line text={strings.notJudged} name={verdict.diagnosis.kind} />;
  if (verdict.status === 'pass') return <Line text={strings.passed(verdict.bound.faults)} />;
  if (finding === null) return <Line text={strings.inconclusive} />;
  const how = verdict.status === 'inconclusive' ? strings.inconclusive : strings.withFaults(finding.minFaults);
  // In English the name says what it is.
  if (locale === 'en') return <Line text={`${finding.name} · ${how}`} />;
  return (
    <Line
      text={`${sentence({ id: `anomaly.${finding.id}`, params: {} }, locale, words)} · ${how}`}
      name={finding.name}
    />
  );
}

function Line({ text, name }: { readonly text: string; readonly name?: string }): ReactNode {
  return (
    <p className={styles.eyebrow}>
      {text}
      {name !== undefined && (
        <>
          {' · '}
          <code lang="en">{name}</code>
        </>
      )}
    </p>
  );
}
