import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { AnomalyFinding, AnomalyId, FaultKind, Verdict } from '../../grader/verdict';
import { formatNumber, useLocale } from '../format';
import { useResultStrings } from '../result-strings';
import type { ResultStrings } from '../result-strings.en';
import { failingFindings } from './findings';
import styles from './Verdict.module.css';

interface Props {
  readonly verdict: Verdict;
}

/** What went wrong × which fault was in it: a mended fault kind shows as progress before everything is mended. */
export function Counts({ verdict }: Props): ReactNode {
  const strings = useResultStrings();
  const failing = failingFindings(verdict);
  if (failing.length === 0) return null;
  const kinds: readonly (FaultKind | 'none')[] = ['none', ...verdict.bound.kinds];
  const shown = kinds.filter((kind) => kind !== 'none' || failing.some((finding) => (finding.byFault.none ?? 0) > 0));
  return (
    <section>
      <h4>{strings.counts}</h4>
      <p className={styles.note}>{strings.countsNote}</p>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={strings.counts}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{strings.anomaly}</th>
              {shown.map((kind) => (
                <th key={kind} scope="col">
                  {strings.faultKinds[kind]}
                </th>
              ))}
              <th scope="col">{strings.total}</th>
            </tr>
          </thead>
          <tbody>
            {failing.map((finding) => (
              <CountRow key={finding.id} finding={finding} kinds={shown} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface CountRowProps {
  readonly finding: AnomalyFinding;
  readonly kinds: readonly (FaultKind | 'none')[];
}

function CountRow({ finding, kinds }: CountRowProps): ReactNode {
  const strings = useResultStrings();
  const locale = useLocale();
  return (
    <tr>
      <th scope="row">
        <code>{finding.name}</code>
        <span className={styles.gloss}>{strings.anomalies[finding.id]}</span>
      </th>
      {kinds.map((kind) => {
        const count = finding.byFault[kind] ?? 0;
        return (
          <td key={kind} className={clsx(count > 0 ? styles.bad : styles.muted)}>
            {formatNumber(locale, count)}
          </td>
        );
      })}
      <td>{formatNumber(locale, finding.count)}</td>
    </tr>
  );
}

/** What happened and is no failure in this lab; said without blame, so that nobody mends what is not broken. */
export function Allowed({ verdict }: Props): ReactNode {
  const strings = useResultStrings();
  const allowed = verdict.anomalies.filter((finding) => !finding.failing && finding.count > 0);
  if (allowed.length === 0) return null;
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
