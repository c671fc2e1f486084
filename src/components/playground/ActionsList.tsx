import type { ReactNode } from 'react';
import type { PlaygroundState } from '../../course/playground/state';
import { actionLabel } from './faults-at';
import styles from './Playground.module.css';
import { usePlaygroundStrings } from './strings';

interface Props {
  readonly state: PlaygroundState;
  readonly onRemove: (index: number) => void;
}

/** What was done to the world, in the order of time; each can be taken out. */
export function ActionsList({ state, onRemove }: Props): ReactNode {
  const strings = usePlaygroundStrings();
  const { actions, until } = state;
  return (
    <section aria-label={strings.actions}>
      <h3 className={styles.panelTitle}>{strings.actions}</h3>
      {actions.length === 0 && <p className={styles.note}>{strings.noActions}</p>}
      <ol className={styles.actions}>
        {actions.map(({ at, does }, index) => {
          const label = `${strings.time(at)} · ${actionLabel(does, strings)}`;
          return (
            <li key={`${index} ${does}`} data-ahead={at > until}>
              <span className={styles.figures}>{strings.time(at)}</span>
              <span>{actionLabel(does, strings)}</span>
              <button
                type="button"
                className={styles.remove}
                aria-label={strings.removeAction(label)}
                title={strings.removeAction(label)}
                onClick={() => onRemove(index)}
              >
                ×
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
