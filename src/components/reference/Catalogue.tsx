import catalogue from '@reference/catalogue';
import Link from '@docusaurus/Link';
import { usePluginData } from '@docusaurus/useGlobalData';
import type { ReactNode } from 'react';
import { useLocale } from '../format';
import styles from './Reference.module.css';
import { useReferenceStrings } from './strings';

/** Every fault that the grader can let happen. */
export function FaultCatalogue(): ReactNode {
  const strings = useReferenceStrings();
  const locale = useLocale();
  return (
    <dl className={styles.catalogue}>
      {catalogue.faults.map(({ kind, name, meaning, strikes, labs }) => (
        <div key={kind} id={`fault-${kind}`}>
          <dt>
            {name[locale]} <code>{kind}</code>
          </dt>
          <dd>{meaning[locale]}</dd>
          <dd className={styles.facts}>
            {strings.when}: {strings.strikes[strikes]}
          </dd>
          <Labs words={strings.triedIn} labs={labs} />
        </div>
      ))}
    </dl>
  );
}

/** Every anomaly that it looks for, in the order in which a verdict names them. */
export function AnomalyCatalogue(): ReactNode {
  const strings = useReferenceStrings();
  const locale = useLocale();
  return (
    <dl className={styles.catalogue}>
      {catalogue.anomalies.map(({ id, name, meaning, forbiddenIn, witnessedIn }) => (
        <div key={id} id={`anomaly-${id.toLowerCase()}`}>
          <dt>
            <span className={styles.row}>{id}</span> {name[locale]}
          </dt>
          <dd>{meaning[locale]}</dd>
          {forbiddenIn.length > 0 && <Labs words={strings.forbidden} labs={forbiddenIn} />}
          {witnessedIn.length > 0 && <Labs words={strings.witness} labs={witnessedIn} />}
        </div>
      ))}
    </dl>
  );
}

interface CourseData {
  readonly parts: readonly {
    readonly lessons: readonly { readonly permalink: string; readonly labs: readonly string[] }[];
  }[];
}

function Labs({ words, labs }: { readonly words: string; readonly labs: readonly string[] }): ReactNode {
  const strings = useReferenceStrings();
  const { parts } = usePluginData('course') as CourseData;
  const lessons = parts.flatMap((part) => part.lessons);
  return (
    <dd className={styles.facts}>
      {words}: {labs.length === 0 && strings.noLab}
      {labs.map((lab) => {
        const lesson = lessons.find((candidate) => candidate.labs.includes(lab));
        const id = <code>{lab}</code>;
        return <span key={lab}>{lesson === undefined ? id : <Link to={lesson.permalink}>{id}</Link>} </span>;
      })}
    </dd>
  );
}
