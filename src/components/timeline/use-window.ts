import { useState, type UIEvent } from 'react';

/** Up to so many rows all are in the page. */
const rowsMax = 300;
/** Of more than that so many after a jump, which is a bit more than a screen of the least high ones. */
const jumped = 22;
/** So many once the reader has gone on from there. */
const shown = 32;
/** More come when the current row is one of so many at an end, and as many. */
const margin = 4;
/** So many more come when the reader has scrolled to so many pixels from an end. */
const scrolled = 8;
const nearPx = 80;

interface Window {
  readonly start: number;
  readonly end: number;
  /** Row from which the places in the page are counted: another one when a move leaves nothing of what was there. */
  readonly base: number;
  readonly onScroll: (event: UIEvent<HTMLElement>) => void;
}

interface Place {
  readonly count: number;
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly base: number;
}

/** Which of many rows are in the page: those around the current one, and further ones as the reader scrolls to them. */
export function useWindow(count: number, index: number): Window {
  const [place, setPlace] = useState(() => jumpTo(index, count));
  if (place.index !== index || place.count !== count) setPlace(moved(place, index, count));
  if (count <= rowsMax) return { start: 0, end: count, base: 0, onScroll: () => {} };
  const onScroll = ({ currentTarget: box }: UIEvent<HTMLElement>): void => {
    if (box.scrollTop < nearPx) setPlace(further(place, -scrolled));
    else if (box.scrollHeight - box.scrollTop - box.clientHeight < nearPx) setPlace(further(place, scrolled));
  };
  return { start: place.start, end: Math.min(place.end, count), base: place.base, onScroll };
}

function jumpTo(index: number, count: number): Place {
  const start = Math.max(0, Math.min(index - jumped / 2, count - jumped));
  return { count, index, start, end: start + jumped, base: start };
}

/** Most steps leave the window as it is and so change two rows; some exchange a few at its ends. */
function moved(place: Place, index: number, count: number): Place {
  if (place.count !== count || index < place.start || index >= place.end) return jumpTo(index, count);
  if (index < place.start + margin) return further({ ...place, index }, -margin);
  if (index >= place.end - margin) return further({ ...place, index }, margin);
  return { ...place, index };
}

/** So many more rows at one end; what is too much then goes at the other. The same place when it ends there. */
function further(place: Place, rows: number): Place {
  if (rows < 0 ? place.start === 0 : place.end === place.count) return place;
  const start = Math.max(0, place.start + Math.min(rows, 0));
  const end = Math.min(place.count, place.end + Math.max(rows, 0));
  return rows < 0
    ? { ...place, start, end: Math.min(end, start + shown) }
    : { ...place, start: Math.max(start, end - shown), end };
}
