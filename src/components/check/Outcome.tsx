import type { ReactNode } from 'react';
import styles from './Check.module.css';
import { useCheckStrings } from './check-strings';
import type { Answering } from './use-answering';

/** Right or wrong, by shape and word as well as by colour. */
export function Mark({ isRight }: { readonly isRight: boolean }): ReactNode {
  const strings = useCheckStrings();
  return (
    <span className={isRight ? styles.rightMark : styles.wrongMark}>
      <span aria-hidden="true">{isRight ? '✓' : '×'}</span>
      <span className={styles.spoken}>{isRight ? strings.rightMark : strings.wrongMark}: </span>
    </span>
  );
}

interface FooterProps {
  readonly answering: Answering;
  readonly label: string;
  readonly isReady: boolean;
  /** What is said of an answer that is not right. */
  readonly wrong: string;
  readonly onHandIn: () => void;
  /** Shows all explanations; null where they are shown. */
  readonly onShowAll: (() => void) | null;
}

/** The button that hands the answer in, and the first word said of it, which a screen reader hears. */
export function Footer({ answering, label, isReady, wrong, onHandIn, onShowAll }: FooterProps): ReactNode {
  const strings = useCheckStrings();
  const { handedIn } = answering;
  const isOff = !isReady || handedIn !== null;
  return (
    <div className={styles.footer}>
      {/* Off by aria-disabled, so that the keyboard keeps its place after the answer. */}
      <button type="button" className={styles.handIn} aria-disabled={isOff} onClick={isOff ? undefined : onHandIn}>
        {label}
      </button>
      <p className={styles.outcome} role="status">
        {handedIn !== null && (
          <span className={handedIn.isRight ? styles.rightMark : styles.wrongMark}>
            {handedIn.isRight ? strings.right : wrong}
          </span>
        )}
      </p>
      {handedIn !== null && !handedIn.isRight && onShowAll !== null && (
        <button type="button" className={styles.quiet} onClick={onShowAll}>
          {strings.showAll}
        </button>
      )}
    </div>
  );
}
