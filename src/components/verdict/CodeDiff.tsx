import clsx from 'clsx';
import { useMemo, type ReactNode } from 'react';
import { useResultStrings } from '../result-strings';
import styles from './CodeDiff.module.css';
import { diffRows } from './diff-lines';

/** The learner's program and the solution, side by side; one below the other where there is no room. */
export function CodeDiff({ mine, solution }: { readonly mine: string; readonly solution: string }): ReactNode {
  const strings = useResultStrings();
  const rows = useMemo(() => diffRows(mine, solution), [mine, solution]);
  return (
    <div className={styles.box}>
      <table className={styles.diff}>
        <thead>
          <tr>
            <th scope="col">{strings.mine}</th>
            <th scope="col">{strings.theSolution}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className={clsx(row.isSame && styles.same)}>
              <td className={clsx(!row.isSame && row.mine !== null && styles.removed)}>
                <code>{row.mine}</code>
              </td>
              <td className={clsx(!row.isSame && row.solution !== null && styles.added)}>
                <code>{row.solution}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
