import { labs, type SoughtAnomaly } from '@course/labs';
import clsx from 'clsx';
import { useEffect, useState, type CSSProperties, type ReactNode } from 'react';
import type { Verdict } from '../../grader/verdict';
import { formatNumber, useLocale } from '../format';
import { useResultStrings } from '../result-strings';
import { heatMap, type HeatCell, type HeatColumn, type HeatRow } from './heat-map';
import styles from './Verdict.module.css';

/**
 * What was looked for × which fault was in it: a mended kind of fault shows as progress before everything is mended, and
 * a pass shows what was looked for and not found.
 */
export function HeatMap({ verdict }: { readonly verdict: Verdict }): ReactNode {
  const strings = useResultStrings();
  const locale = useLocale();
  const { columns, rows } = heatMap(verdict, useSought(verdict.lab));
  if (rows.length === 0) return null;
  const title = verdict.status === 'fail' ? strings.counts : strings.countsSought;
  return (
    <section>
      <h4>{title}</h4>
      <p className={styles.note}>{strings.countsNote}</p>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={title}>
        <table className={clsx(styles.table, styles.heat)}>
          <thead>
            <tr>
              <th scope="col">{strings.anomaly}</th>
              {columns.map(({ kind, tried }) => (
                <th key={kind} scope="col">
                  {strings.faultKinds[kind]}
                  <span className={styles.gloss}>
                    {tried === 0 ? strings.notTried : strings.outOf(formatNumber(locale, tried))}
                  </span>
                </th>
              ))}
              <th scope="col">{strings.total}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <HeatRowView key={row.id} {...{ row, columns }} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function HeatRowView({ row, columns }: { readonly row: HeatRow; readonly columns: readonly HeatColumn[] }): ReactNode {
  const strings = useResultStrings();
  const locale = useLocale();
  return (
    <tr>
      <th scope="row">
        <code lang="en">{row.name}</code>
        <span className={styles.gloss}>{strings.anomalies[row.id]}</span>
      </th>
      {row.cells.map((cell, index) => (
        <td
          key={columns[index]?.kind}
          className={toneOf(row, cell)}
          style={{ '--heat': `${Math.round(cell.share * 100)}%` } as CSSProperties}
        >
          {cell.count === null ? '–' : formatNumber(locale, cell.count)}
        </td>
      ))}
      <td>{formatNumber(locale, row.total)}</td>
    </tr>
  );
}

function toneOf(row: HeatRow, { count }: HeatCell): string | undefined {
  if (count === null || count === 0) return styles.muted;
  return row.isFailing ? styles.bad : styles.seen;
}

/** What the lab looks for. It is there already where the lab is shown; no verdict waits for it. */
function useSought(lab: string): readonly SoughtAnomaly[] {
  const [sought, setSought] = useState<readonly SoughtAnomaly[]>([]);
  useEffect(() => {
    let isCurrent = true;
    labs[lab]?.card().then(
      (module) => isCurrent && setSought(module.default.sought),
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [lab]);
  return sought;
}
