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

/** `visible`: when it is about to scroll into view. `reached`: when a pointer or the focus comes to it. */
export type Occasion = 'visible' | 'reached';

type Load<P> = () => Promise<{ readonly default: ComponentType<P> }>;

/**
 * On the server there is no boundary: React would put a large one at the end of the page, hidden until a script moves it
 * to its place.
 */
const isServer = typeof window === 'undefined';

/** The same object always: another one, even with the same content, makes React write it into the page. */
const keptHtml = { __html: '' } as const;

/** A component whose code comes when it is wanted. What the reader did to the text meanwhile is done to it again. */
export function deferred<P extends object>(load: Load<P>, occasion: Occasion): ComponentType<P> {
  const Lazy = lazy(load) as unknown as ComponentType<P>;
  return function Deferred(props: P): ReactNode {
    // False while the page that the server made is being taken over; true for a page made in the browser.
    const isMadeHere = useIsBrowser();
    const [isTakenOver] = useState(() => !isMadeHere && !isServer);
    const [Part, setPart] = useState<ComponentType<P> | null>(null);
    const box = useRef<HTMLDivElement>(null);
    const isText = isTakenOver && Part === null;
    const want = useCallback(() => {
      // A failure is not remembered: the next occasion tries again.
      load().then(
        (part) => setPart(() => part.default),
        () => {},
      );
    }, []);
    useOccasion(box, occasion, isText, want);
    useContinuity(box, isText);
    if (isText) return <div key="text" ref={box} suppressHydrationWarning dangerouslySetInnerHTML={keptHtml} />;
    const part = Part === null ? <Lazy {...props} /> : <Part {...props} />;
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
    return () => {
      for (const event of events) element.removeEventListener(event, want);
    };
  }, [box, occasion, isText, want]);
}

/** An element of the text, named so that it is found again among the elements of the live part. */
interface Place {
  readonly name: string;
  /** Which of the elements of that name. */
  readonly index: number;
}

const focusable = 'a[href], button, input, summary, textarea, [tabindex]';

function useContinuity(box: RefObject<HTMLElement | null>, isText: boolean): void {
  const clicked = useRef<Place | null>(null);
  const focused = useRef<Place | null>(null);
  useEffect(() => {
    const element = box.current;
    if (!isText || element === null) return undefined;
    const onClick = (event: Event): void => void (clicked.current = placeOf(element, event.target));
    const onFocus = (event: Event): void => void (focused.current = placeOf(element, event.target));
    // The text's removal takes the focus away as well, and that is the very focus to restore.
    const onBlur = (): void => void (element.isConnected && (focused.current = null));
    element.addEventListener('click', onClick);
    element.addEventListener('focusin', onFocus);
    element.addEventListener('focusout', onBlur);
    return () => {
      element.removeEventListener('click', onClick);
      element.removeEventListener('focusin', onFocus);
      element.removeEventListener('focusout', onBlur);
    };
  }, [box, isText]);
  useLayoutEffect(() => {
    if (isText || box.current === null) return;
    elementAt(box.current, focused.current)?.focus({ preventScroll: true });
    elementAt(box.current, clicked.current)?.click();
  }, [box, isText]);
}

function placeOf(box: HTMLElement, target: EventTarget | null): Place | null {
  const element = target instanceof Element ? target.closest(focusable) : null;
  if (element === null) return null;
  return { name: nameOf(element), index: namesakes(box, nameOf(element)).findIndex((known) => known === element) };
}

function elementAt(box: HTMLElement, place: Place | null): HTMLElement | undefined {
  return place === null ? undefined : namesakes(box, place.name)[place.index];
}

function namesakes(box: HTMLElement, name: string): readonly HTMLElement[] {
  return Array.from(box.querySelectorAll<HTMLElement>(focusable)).filter((element) => nameOf(element) === name);
}

function nameOf(element: Element): string {
  return `${element.tagName}: ${element.getAttribute('aria-label') ?? element.textContent}`;
}
