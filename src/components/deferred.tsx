/**
 * Parts of a lesson that are text first: the server renders them whole, and their code is asked for only when the
 * reader comes to them.
 *
 * React cannot be left with a boundary that it has not hydrated: the first change of any context above throws the
 * server's text away. So while the page is taken over the text is declared to be foreign HTML, which React leaves
 * alone, and the live part replaces it at one stroke.
 */
import useIsBrowser from '@docusaurus/useIsBrowser';
import {
  createElement,
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type ComponentType,
  type ReactNode,
  type RefObject,
} from 'react';
import { flushSync } from 'react-dom';
import { Continuity } from './continuity';
import { whenReleased } from './early-input';

/** `visible`: when it is about to scroll into view. `reached`: when a pointer or the focus comes to it. */
export type Occasion = 'visible' | 'reached';

interface Options<P> {
  /** The component, with what it shows: a lab's card, a run's recording. */
  readonly load: (props: P) => Promise<ComponentType<P>>;
  /** Names what `load` brings for these properties, so that it is asked for once. */
  readonly keyOf: (props: P) => string;
  readonly occasion: Occasion;
}

/**
 * On the server there is no boundary: React would put a large one at the end of the page, hidden until a script moves it
 * to its place.
 */
const isServer = typeof window === 'undefined';

/** The same object always: another one, even with the same content, makes React write it into the page. */
const keptHtml = { __html: '' } as const;

/** A component whose code comes when it is wanted. What the reader did to the text meanwhile is done to it again. */
export function deferred<P extends object>({ load, keyOf, occasion }: Options<P>): ComponentType<P> {
  const known = new Map<string, ComponentType<P>>();
  const lazyFor = (props: P): ComponentType<P> => {
    const key = keyOf(props);
    const made = known.get(key) ?? (lazy(async () => ({ default: await load(props) })) as unknown as ComponentType<P>);
    known.set(key, made);
    return made;
  };
  return function Deferred(props: P): ReactNode {
    // False while the page that the server made is being taken over; true for a page made in the browser.
    const isMadeHere = useIsBrowser();
    const [isTakenOver] = useState(() => !isMadeHere && !isServer);
    const [isWanted, setWanted] = useState(false);
    const box = useRef<HTMLDivElement>(null);
    const isText = isTakenOver && !isWanted;
    const continuity = useContinuity(box, isText);
    const key = keyOf(props);
    const want = useCallback(() => {
      // A failure is not remembered: the next occasion tries again.
      load(props).then(
        (part) =>
          whenReleased(() => {
            // One that is shown already stays: another component would forget what was done to it.
            if (!known.has(key)) known.set(key, part);
            if (box.current !== null) continuity.note(box.current);
            // At once, so that nothing can be done to the text in between.
            flushSync(() => setWanted(true));
          }),
        () => {},
      );
      // The key stands for the properties.
      // eslint-disable-next-line react-hooks/exhaustive-deps
    }, [key, continuity]);
    useOccasion(box, occasion, isText, want);
    if (isText) return <div key="text" ref={box} suppressHydrationWarning dangerouslySetInnerHTML={keptHtml} />;
    const part = createElement(lazyFor(props), props);
    return (
      <div key="live" ref={box}>
        {isServer ? part : <Suspense fallback={null}>{part}</Suspense>}
      </div>
    );
  };
}

function useOccasion(box: RefObject<HTMLElement | null>, occasion: Occasion, isText: boolean, want: () => void): void {
  useEffect(() => {
    const element = box.current;
    if (!isText || element === null) return undefined;
    if (element.childNodes.length === 0) {
      // The server's page did not fit and was thrown away: there is nothing to read meanwhile.
      want();
      return undefined;
    }
    if (occasion === 'visible') {
      const isNear = ([entry]: readonly IntersectionObserverEntry[]): void => {
        if (entry?.isIntersecting === true) want();
      };
      const observer = new IntersectionObserver(isNear, { rootMargin: '300px' });
      observer.observe(element);
      return () => observer.disconnect();
    }
    const events = ['pointerover', 'focusin', 'touchstart', 'click'] as const;
    for (const event of events) element.addEventListener(event, want, { passive: true });
    // The reader may have been faster than the page.
    if (element.matches(':hover') || element.contains(document.activeElement)) want();
    return () => {
      for (const event of events) element.removeEventListener(event, want);
    };
  }, [box, occasion, isText, want]);
}

function useContinuity(box: RefObject<HTMLElement | null>, isText: boolean): Continuity {
  const [continuity] = useState(() => new Continuity());
  useEffect(
    () => (isText && box.current !== null ? continuity.watch(box.current) : undefined),
    [box, isText, continuity],
  );
  useLayoutEffect(() => {
    if (!isText && box.current !== null) continuity.restore(box.current);
  }, [box, isText, continuity]);
  return continuity;
}
