import clsx from 'clsx';
import { useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import styles from './Check.module.css';
import { useCheckStrings } from './check-strings';
import { Footer, Mark } from './Outcome';
import type { Question } from './read-question';
import { shuffledOrder } from './shuffle';
import type { Answering } from './use-answering';

interface Props {
  readonly id: string;
  readonly question: Question;
  readonly answering: Answering;
}

/** Lines to be put in order with two buttons each: the same for mouse, finger and keyboard. */
export function OrderQuestion({ id, question: { answers, otherwise }, answering }: Props): ReactNode {
  const strings = useCheckStrings();
  const [order, setOrder] = useState(() => shuffledOrder(id, answers.length));
  const [moved, setMoved] = useState<Moved | null>(null);
  const list = useFocusOn(moved);
  const { handedIn } = answering;
  const move = (place: number, by: -1 | 1): void => {
    const next = [...order];
    [next[place], next[place + by]] = [next[place + by]!, next[place]!];
    setOrder(next);
    setMoved({ item: order[place]!, by });
    answering.change();
  };
  const handIn = (): void =>
    answering.handIn(
      order,
      order.every((item, place) => item === place),
    );
  return (
    <>
      <p className={styles.note}>{strings.order}</p>
      <ol ref={list} className={clsx(styles.answers, styles.ordered)}>
        {order.map((item, place) => (
          <li
            key={item}
            data-item={item}
            className={clsx(handedIn !== null && (item === place ? styles.right : styles.wrong))}
          >
            <div className={styles.line}>
              <div className={styles.answerText}>
                {handedIn !== null && <Mark isRight={item === place} />}
                {answers[item]!.text}
              </div>
              <MoveButton
                label={strings.moveUp(place + 1)}
                isOff={place === 0}
                shape="M3.5 10 8 5.5l4.5 4.5"
                onClick={() => move(place, -1)}
              />
              <MoveButton
                label={strings.moveDown(place + 1)}
                isOff={place === order.length - 1}
                shape="M3.5 6 8 10.5 12.5 6"
                onClick={() => move(place, 1)}
              />
            </div>
            <div className={styles.because} hidden={handedIn === null || answers[item]!.because === null}>
              {answers[item]!.because}
            </div>
          </li>
        ))}
      </ol>
      <p className={styles.spoken} role="status">
        {moved !== null && strings.moved(order.indexOf(moved.item) + 1, order.length)}
      </p>
      <Footer
        {...{ answering }}
        label={strings.check}
        isReady
        wrong={strings.wrong}
        onHandIn={handIn}
        onShowAll={null}
      />
      <div className={styles.because} hidden={handedIn === null || otherwise === null}>
        {otherwise}
      </div>
    </>
  );
}

interface Moved {
  readonly item: number;
  readonly by: -1 | 1;
}

/** The line takes the focus along, to the same button, or to the other one where that has come to its end. */
function useFocusOn(moved: Moved | null): RefObject<HTMLOListElement | null> {
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    if (moved === null) return;
    const line = `[data-item="${moved.item}"]`;
    const [up, down] = Array.from(list.current?.querySelectorAll<HTMLButtonElement>(`${line} button`) ?? []);
    const [wanted, other] = moved.by === -1 ? [up, down] : [down, up];
    (wanted?.disabled === true ? other : wanted)?.focus();
  }, [moved]);
  return list;
}

interface MoveButtonProps {
  readonly label: string;
  readonly isOff: boolean;
  readonly shape: string;
  readonly onClick: () => void;
}

function MoveButton({ label, isOff, shape, onClick }: MoveButtonProps): ReactNode {
  return (
    <button type="button" className={styles.move} aria-label={label} title={label} disabled={isOff} onClick={onClick}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={shape} />
      </svg>
    </button>
  );
}
