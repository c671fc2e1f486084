/** What the script in the page's head (`plugins/early-input`) has noted. */
interface EarlyInput {
  /** The page's code has taken over. */
  isLive: boolean;
  /** The button that was clicked last before that. */
  clicked: HTMLElement | null;
  /** A pointer is held down right now, whether the page is live or not. */
  readonly isPressed: boolean;
}

declare global {
  interface Window {
    readonly earlyInput?: EarlyInput;
  }
}

/** The page is live: does what its reader has asked for while it was not. */
export function carryOutEarlyClick(): void {
  const early = window.earlyInput;
  if (early === undefined || early.isLive) return;
  early.isLive = true;
  if (early.clicked?.isConnected === true) early.clicked.click();
  early.clicked = null;
}

/**
 * Runs `act` when no pointer is held down: an element that is exchanged between press and release gets no click. The
 * click follows the release, so `act` waits for it too.
 */
export function whenReleased(act: () => void): void {
  if (window.earlyInput?.isPressed !== true) {
    act();
    return;
  }
  const events = ['pointerup', 'pointercancel'] as const;
  const onRelease = (): void => {
    for (const event of events) window.removeEventListener(event, onRelease);
    setTimeout(act);
  };
  for (const event of events) window.addEventListener(event, onRelease);
}
