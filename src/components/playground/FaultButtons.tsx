import type { ReactNode } from 'react';
import type { Fault } from './faults-at';
import styles from './Playground.module.css';
import { usePlaygroundStrings } from './strings';

interface Props {
  readonly faults: readonly Fault[];
  /** What they hit, for who does not see where the buttons stand. */
  readonly target: string;
  readonly onFault: (does: string) => void;
}

/** Buttons beside the thing that they hit. */
export function FaultButtons({ faults, target, onFault }: Props): ReactNode {
  const strings = usePlaygroundStrings();
  if (faults.length === 0) return null;
  return (
    <div className={styles.faults}>
      {faults.map(({ label, does, title }) => (
        <button
          key={does}
          type="button"
          className={styles.small}
          title={title}
          aria-label={strings.faultOn(label, target)}
          onClick={() => onFault(does)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
