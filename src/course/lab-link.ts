/**
 * Links to a lab's state. All of it is in the part after `#`, which no server sees:
 *
 *     #lab=first-run&view=full&execution=v0:-&step=12&code=1.5d3c.…
 *
 * Code is written as what distinguishes it from the starter, compressed, so that a link fits into a chat message.
 */
export interface LabLink {
  readonly lab: string;
  /** The lab fills the window. */
  readonly isFull: boolean;
  /** Execution to be replayed, and the step to show; null for none. */
  readonly execution: string | null;
  readonly step: number | null;
  /** As `encodeCode` has written it; null for the reader's own program. */
  readonly code: string | null;
}

/** Longer links are cut off by some of the programs that they pass through. */
export const LINK_LENGTH_MAX = 2000;

/** Null for a fragment that is no link to a lab. */
export function parseLabLink(fragment: string): LabLink | null {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const lab = fields.get('lab');
  if (lab === null) return null;
  const step = Number(fields.get('step') ?? Number.NaN);
  return {
    lab,
    isFull: fields.get('view') === 'full',
    execution: fields.get('execution'),
    step: Number.isSafeInteger(step) && step >= 0 ? step : null,
    code: fields.get('code'),
  };
}

/** The fragment with its `#`. */
export function formatLabLink({ lab, isFull, execution, step, code }: LabLink): string {
  const fields = new URLSearchParams({ lab });
  if (isFull) fields.set('view', 'full');
  if (execution !== null) fields.set('execution', execution);
  if (step !== null) fields.set('step', String(step));
  if (code !== null) fields.set('code', code);
  // These need no escape in a fragment, and execution codes are full of them.
  return `#${fields.toString().replace(/%3A/g, ':').replace(/%40/g, '@').replace(/%7E/g, '~')}`;
}
