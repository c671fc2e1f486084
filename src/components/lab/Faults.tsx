import type { ReactNode } from 'react';
import type { FaultKind } from '../../grader/verdict';
import { useStrings } from '../strings';
import styles from './Lab.module.css';

/** What the program has to withstand. */
export function Faults({ kinds, max }: { readonly kinds: readonly FaultKind[]; readonly max: number }): ReactNode {
  const strings = useStrings();
  if (kinds.length === 0) return null;
  return (
    <div className={styles.faults}>
      <p className={styles.small}>{strings.faultsHeading}</p>
      <ul className={styles.chips}>
        {kinds.map((kind) => (
          <li key={kind}>{strings.faultKinds[kind]}</li>
        ))}
      </ul>
      {max > 0 && <p className={styles.small}>{strings.faultsBound(max)}</p>}
    </div>
  );
}
