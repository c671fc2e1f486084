import { useState, type UIEvent } from 'react';

/** Up to so many rows all are in the page. */
const rowsMax = 300;
const shown = 40;
/** Pixels from an end of the window at which it moves on. */
const nearPx = 240;

interface Window {
  readonly start: number;
  readonly end: number;
  readonly onScroll: (event: UIEvent<HTMLElement>) => void;
}

/** Which of many rows are in the page: those around the current one, and further ones as the reader scrolls to them. */
export function useWindow(count: number, index: number): Window {
  const [place, setPlace] = useState({ index, middle: index });
  // Stepping moves the window only when it comes near its end, so that a step changes two rows and no more.
  if (place.index !== index) {
    const isWithin = Math.abs(index - place.middle) < shown / 4;
    setPlace({ index, middle: isWithin ? place.middle : index });
  }
  if (count <= rowsMax) return { start: 0, end: count, onScroll: () => {} };
  const start = Math.min(Math.max(place.middle - shown / 2, 0), count - shown);
  const end = start + shown;
  const onScroll = ({ currentTarget: box }: UIEvent<HTMLElement>): void => {
    const isAbove = box.scrollTop < nearPx && start > 0;
    const isBelow = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx && end < count;
    if (isAbove || isBelow) setPlace({ index, middle: start + shown / 2 + (isAbove ? -1 : 1) * (shown / 4) });
  };
  return { start, end, onScroll };
}
