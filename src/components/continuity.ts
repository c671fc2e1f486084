/**
 * What a reader did to a text before its live part took its place, and how it is done to the live part: the focus, the
 * button that was pressed, and what was opened, ticked or dragged.
 */

/** An element of the text, named so that it is found again among the elements of the live part. */
interface Place {
  readonly name: string;
  /** Which of the elements of that name. */
  readonly index: number;
}

/** A control whose state is not what the text came with. */
type Change =
  | { readonly kind: 'opened'; readonly place: Place }
  | { readonly kind: 'ticked'; readonly place: Place }
  | { readonly kind: 'moved'; readonly place: Place; readonly value: string };

const focusable = 'a[href], button, input, summary, textarea, [tabindex]';

export class Continuity {
  private pressed: Place | null = null;
  private focused: Place | null = null;
  private changes: readonly Change[] = [];

  /** Watches the text until the returned function is called. */
  watch(text: HTMLElement): () => void {
    const onClick = (event: Event): void => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (button !== null) this.pressed = placeOf(text, button);
    };
    text.addEventListener('click', onClick);
    return () => text.removeEventListener('click', onClick);
  }

  /** To be called right before the text goes. */
  note(text: HTMLElement): void {
    this.focused = placeOf(text, document.activeElement);
    this.changes = Array.from(text.querySelectorAll<HTMLElement>('input, summary')).flatMap((element) => {
      const change = changeOf(text, element);
      return change === null ? [] : [change];
    });
  }

  /** Brings the live part to where the text was. */
  restore(live: HTMLElement): void {
    const { changes, focused, pressed } = this;
    this.changes = [];
    this.focused = null;
    this.pressed = null;
    for (const change of changes) redo(live, change);
    elementAt(live, focused)?.focus({ preventScroll: true });
    elementAt(live, pressed)?.click();
  }
}

function changeOf(text: HTMLElement, element: HTMLElement): Change | null {
  const place = placeOf(text, element);
  if (place === null) return null;
  if (element instanceof HTMLInputElement) {
    if (element.type === 'range' && element.value !== element.defaultValue)
      return { kind: 'moved', place, value: element.value };
    const isTicked = element.checked !== element.defaultChecked && (element.type !== 'radio' || element.checked);
    return isTicked ? { kind: 'ticked', place } : null;
  }
  const isOpened = element.parentElement instanceof HTMLDetailsElement && element.parentElement.open;
  return isOpened ? { kind: 'opened', place } : null;
}

function redo(live: HTMLElement, change: Change): void {
  const element = elementAt(live, change.place);
  if (change.kind !== 'moved') {
    element?.click();
    return;
  }
  if (!(element instanceof HTMLInputElement)) return;
  // React listens to the element's own setter and takes a value that came through it for its own.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(element, change.value);
  element.dispatchEvent(new Event('input', { bubbles: true }));
}

function placeOf(box: HTMLElement, target: EventTarget | null): Place | null {
  const element = target instanceof Element && box.contains(target) ? target.closest(focusable) : null;
  if (element === null || !box.contains(element)) return null;
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
