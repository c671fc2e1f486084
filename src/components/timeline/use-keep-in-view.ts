import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { TimelineRow } from './rows';

interface Options {
  readonly scroll: RefObject<HTMLElement | null>;
  readonly list: RefObject<HTMLElement | null>;
  /** The keyboard is in the list, or was so until the row went that had it. */
  readonly hasFocus: RefObject<boolean>;
  readonly rows: readonly TimelineRow[];
  readonly index: number;
  /** First row that is in the page. */
  readonly start: number;
  /** Another one when other rows than before are in the page. */
  readonly base: number;
}

/** A row of which it is known where it was. */
interface Anchor {
  readonly row: HTMLElement;
  readonly top: number;
}

/**
 * Scrolls the list, never the page, and takes the focus along if it was in the list. It does so when the current row is
 * another, and leaves those alone who scroll away from it.
 *
 * Rows that come and go above what is read do not move it. The browser's own way to see to that (`overflow-anchor`) is
 * not there in all of them.
 *
 * @returns to be called before rows come or go because the reader scrolls
 */
export function useKeepInView({ scroll, list, hasFocus, rows, index, start, base }: Options): () => void {
  const anchor = useRef<Anchor | null>(null);
  const lastBase = useRef(0);
  useLayoutEffect(() => {
    const held = anchor.current;
    if (lastBase.current !== base || held === null || !held.row.isConnected) return;
    scroll.current?.scrollBy({ top: held.row.offsetTop - held.top });
  }, [scroll, start, base]);
  useEffect(() => {
    const box = scroll.current;
    const row = list.current?.querySelector<HTMLElement>(`[data-step="${rows[index]?.event.step}"]`);
    if (box === null || row === null || row === undefined) return;
    const { offsetTop: top, offsetHeight: height } = row;
    const { scrollTop, clientHeight } = box;
    // After a jump the current row comes to the middle, with what is around it.
    if (lastBase.current !== base) box.scrollTo({ top: top - (clientHeight - height) / 2 });
    else if (top < scrollTop) box.scrollTo({ top });
    else if (top + height > scrollTop + clientHeight) box.scrollTo({ top: top + height - clientHeight });
    lastBase.current = base;
    anchor.current = { row, top };
    if (hasFocus.current) row.querySelector('button')?.focus({ preventScroll: true });
  }, [scroll, list, hasFocus, rows, index, base]);
  return () => {
    const shown = list.current?.children ?? [];
    const row = shown[shown.length >> 1];
    if (row instanceof HTMLElement) anchor.current = { row, top: row.offsetTop };
  };
}
