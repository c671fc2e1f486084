/**
 * The last words of a page that is being left. The database answers too late for them; this store writes at once, and
 * the next visit finds them.
 */
export interface Unsaved {
  readonly code: string;
  /** Version of the draft that the page had seen. */
  readonly basedOn: number;
}

const keyOf = (lab: string): string => `exactly-once:unsaved:${lab}`;

export function keepUnsaved(lab: string, unsaved: Unsaved): void {
  try {
    localStorage.setItem(keyOf(lab), JSON.stringify(unsaved));
  } catch {
    // Blocked or full: the database has been asked as well, and often it is fast enough.
  }
}

/** What was kept; it is kept no longer. */
export function takeUnsaved(lab: string): Unsaved | null {
  try {
    const value = JSON.parse(localStorage.getItem(keyOf(lab)) ?? 'null') as Partial<
      Record<keyof Unsaved, unknown>
    > | null;
    localStorage.removeItem(keyOf(lab));
    const isUnsaved = typeof value?.code === 'string' && typeof value.basedOn === 'number';
    return isUnsaved ? (value as Unsaved) : null;
  } catch {
    return null;
  }
}
