/**
 * Parts of a lesson that are text first: the server renders them whole, and their code is asked for only when the
 * reader comes to them. Until then React leaves what the server made as it is.
 */
import useIsBrowser from '@docusaurus/useIsBrowser';
import {
  lazy,
  Suspense,
  useEffect,
  useRef,
  useState,
  type ComponentType,
  type ReactNode,
  type RefObject,
} from 'react';

/** `visible`: when it is about to scroll into view. `reached`: when a pointer or the focus comes to it. */
export type Occasion = 'visible' | 'reached';

type Load<P> = () => Promise<{ readonly default: ComponentType<P> }>;

/** A component whose code comes when it is wanted; a click that comes before the code is repeated once it is there. */
export function deferred<P extends object>(load: Load<P>, occasion: Occasion): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  const loadOnce: Load<P> = async () => {
    const part = await load();
    loaded = part.default;
    return part;
  };
  return function Deferred(props: P): ReactNode {
    // False while the page that the server made is being taken over; true for a page made in the browser.
    const isMadeHere = useIsBrowser();
    const box = useRef<HTMLDivElement>(null);
    const [{ Part, want }] = useState(() => makePart(loadOnce, loaded, isMadeHere));
    const [isReady, setReady] = useState(false);
    useOccasion(box, occasion, want);
    useEarlyClick(box, isReady);
    return (
      <div ref={box}>
        <Suspense fallback={null}>
          <Part {...props} />
          <Ready onReady={setReady} />
        </Suspense>
      </div>
    );
  };
}

function makePart<P extends object>(
  load: Load<P>,
  loaded: ComponentType<P> | null,
  isMadeHere: boolean,
): { readonly Part: ComponentType<P>; readonly want: () => void } {
  if (loaded !== null && isMadeHere) return { Part: loaded, want: () => {} };
  const { promise, resolve } = withResolver();
  if (isMadeHere || typeof window === 'undefined') resolve();
  return { Part: lazy(() => promise.then(load)) as unknown as ComponentType<P>, want: resolve };
}

function withResolver(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

function useOccasion(box: RefObject<HTMLElement | null>, occasion: Occasion, want: () => void): void {
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    if (occasion === 'visible') {
      const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && want(), {
        rootMargin: '300px',
      });
      observer.observe(element);
      return () => observer.disconnect();
    }
    const events = ['pointerover', 'focusin', 'touchstart', 'click'] as const;
    for (const event of events) element.addEventListener(event, want, { passive: true });
    return () => {
      for (const event of events) element.removeEventListener(event, want);
    };
  }, [box, occasion, want]);
}

/** React does not repeat clicks that come too early; the elements stay the same, so the click can be made again. */
function useEarlyClick(box: RefObject<HTMLElement | null>, isReady: boolean): void {
  const clicked = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const element = box.current;
    if (isReady) {
      if (clicked.current?.isConnected === true) clicked.current.click();
      clicked.current = null;
      return undefined;
    }
    const remember = (event: Event): void => {
      if (event.target instanceof HTMLElement) clicked.current = event.target.closest('button');
    };
    element?.addEventListener('click', remember);
    return () => element?.removeEventListener('click', remember);
  }, [box, isReady]);
}

function Ready({ onReady }: { readonly onReady: (isReady: boolean) => void }): null {
  useEffect(() => onReady(true), [onReady]);
  return null;
}
