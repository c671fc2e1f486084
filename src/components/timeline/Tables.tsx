import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { TableState } from '../../course/table-state';
import { useResultStrings } from '../result-strings';
import styles from './StateView.module.css';

/** Rows shown of one table; labs have a handful. */
const rowsMax = 40;

/** What the tables of the database hold as committed; rows that the step has written are outlined. */
export function Tables({
  tables,
  shownStep,
}: {
  readonly tables: readonly TableState[];
  readonly shownStep: number;
}): ReactNode {
  if (tables.length === 0) return null;
  return (
    <div className={styles.tables}>
      {tables.map((table) => (
        <Table key={`${table.database}.${table.table}`} {...{ table, shownStep }} />
      ))}
    </div>
  );
}

function Table({ table, shownStep }: { readonly table: TableState; readonly shownStep: number }): ReactNode {
  const strings = useResultStrings();
  const { columns, rows, removed } = table;
  return (
    <div className={styles.tableBox}>
      <p className={styles.title}>{strings.stateAt(table.table, shownStep)}</p>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={table.table}>
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(-rowsMax).map(({ values, isChanged }, index) => (
              <tr key={index} className={clsx(isChanged && styles.changedRow)}>
                {columns.map((column, at) => (
                  <td key={column}>
                    {values[at] ?? <span className={styles.none}>NULL</span>}
                    {at === 0 && isChanged && <span className={styles.spoken}>, {strings.rowChanged}</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length === 0 && <p className={styles.none}>{strings.emptyTable}</p>}
      {removed > 0 && <p className={styles.changedText}>{strings.rowsRemoved(removed)}</p>}
    </div>
  );
}
