import { useEffect, type RefObject } from 'react';

/** While the lab fills the window nothing behind it can be reached, seen or scrolled. */
export function useFullScreen(section: RefObject<HTMLElement | null>, isFull: boolean): void {
  useEffect(() => {
    const element = section.current;
    if (!isFull || element === null) return undefined;
    const hidden = surroundings(element).filter((other) => !other.inert);
    for (const other of hidden) other.inert = true;
    const { overflow } = document.documentElement.style;
    document.documentElement.style.overflow = 'hidden';
    return () => {
      for (const other of hidden) other.inert = false;
      document.documentElement.style.overflow = overflow;
      element.scrollIntoView({ block: 'start' });
    };
  }, [section, isFull]);
}

/** Everything beside the element and beside what it stands in. */
function surroundings(element: HTMLElement): readonly HTMLElement[] {
  const others: HTMLElement[] = [];
  for (let inner = element; inner.parentElement !== null && inner !== document.body; inner = inner.parentElement) {
    for (const sibling of Array.from(inner.parentElement.children)) {
      if (sibling !== inner && sibling instanceof HTMLElement) others.push(sibling);
    }
  }
  return others;
}
