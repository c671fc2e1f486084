import clsx from 'clsx';
import { memo, type ReactNode } from 'react';
import type { LabWords } from '../../grader/lab';
import type { LedgerRow } from '../../simulation/trace';
import { formatNumber, useLocale } from '../format';
import { useResultStrings } from '../result-strings';
import type { ResultStrings } from '../result-strings.en';
import { recordLabel } from '../timeline/StateView';
import styles from './Verdict.module.css';

const COLUMNS = ['appended', 'delivered', 'effects', 'committed'] as const;
/** Of what a job was to send: whether it is in the log. */
const JOB_COLUMNS = ['appended'] as const;

interface Props {
  readonly rows: readonly LedgerRow[];
  readonly words: LabWords;
}

/** Input against outcome. The cell that contradicts the guarantee is coloured and says so. */
export const Ledger = memo(function Ledger({ rows, words }: Props): ReactNode {
  const strings = useResultStrings();
  if (rows.length === 0) return null;
  const columns = words.effectColumn === null ? JOB_COLUMNS : COLUMNS;
  const heads = { ...strings, effects: words.effectColumn };
  return (
    <section>
      <h4>{strings.ledger}</h4>
      <p className={styles.note}>{strings.ledgerNote}</p>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={strings.ledger}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{strings.record}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {heads[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.topic}-${row.partition}-${row.record}`}>
                <th scope="row">{recordLabel(words, row.record)}</th>
                {columns.map((column) => (
                  <Cell key={column} row={row} column={column} strings={strings} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
});

interface CellProps {
  readonly row: LedgerRow;
  readonly column: (typeof COLUMNS)[number];
  readonly strings: ResultStrings;
}

function Cell({ row, column, strings }: CellProps): ReactNode {
  const locale = useLocale();
  const isBad = row.bad === column;
  const value = row[column];
  const text =
    typeof value === 'boolean'
      ? isBad
        ? strings.badCommitted(value)
        : value
          ? strings.yes
          : strings.no
      : isBad
        ? `${formatNumber(locale, value)} · ${strings.badCount(value)}`
        : formatNumber(locale, value);
  return <td className={clsx(isBad && styles.bad)}>{text}</td>;
}
