import type { ReactNode } from 'react';
import { isNotJudged, type AnomalyId, type Verdict } from '../../grader/verdict';
import { useResultStrings } from '../result-strings';
import type { ResultStrings } from '../result-strings.en';
import styles from './Verdict.module.css';

interface Props {
  readonly verdict: Verdict;
}

/** What happened and is no failure in this lab; said without blame, so that nobody mends what is not broken. */
export function Allowed({ verdict }: Props): ReactNode {
  const strings = useResultStrings();
  const allowed = verdict.anomalies.filter((finding) => !finding.failing && finding.count > 0);
  if (allowed.length === 0 || isNotJudged(verdict)) return null;
  return (
    <section>
      <h4>{strings.seenAllowed}</h4>
      <ul className={styles.list}>
        {allowed.map((finding) => (
          <li key={finding.id}>
            <code>{finding.name}</code>: {strings.anomalies[finding.id]}, {strings.seenTimes(finding.count)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was tried and what was seen on the way: without it a pass would say nothing. */
export function Coverage({ verdict }: Props): ReactNode {
  const strings = useResultStrings();
  const { byFaults } = verdict.explored;
  if (byFaults.length === 0) return null;
  return (
    <section>
      <h4>{strings.coverage}</h4>
      <ul className={styles.list}>
        {byFaults.map((count, faults) => (
          <li key={faults}>{strings.byFaults(faults, count)}</li>
        ))}
        {verdict.bound.kinds.map((kind) => (
          <li key={kind}>
            {strings.faultKinds[kind]}: {strings.coverageFired(verdict.coverage[kind] ?? 0)}
          </li>
        ))}
        {verdict.witnesses.map((witness) => (
          <li key={witness.id}>
            {strings.witnessed}: {witnessName(witness.id, strings)}, {strings.coverageFired(witness.executions)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function witnessName(id: string, strings: ResultStrings): string {
  return Object.hasOwn(strings.anomalies, id) ? strings.anomalies[id as AnomalyId] : id;
}
