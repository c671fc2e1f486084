/**
 * A program that asks for something that labs do not have, `crypto.subtle` for example, is not judged by what came of
 * that: the verdict says what is missing, and what to do instead.
 */
import { readUnavailable, type Unavailable } from '../simulation/unavailable';
import type { Recording, TraceEvent } from '../simulation/trace';
import type { AnomalyId } from './verdict';

export interface MissingInLabs extends Unavailable {
  readonly message: string;
  readonly line: number | null;
}

/**
 * What the program lacks where that is why it gets nowhere: it is stuck, ends with an error, or does nothing. Without
 * faults the first thing of the kind tells. With faults the program has shown that it can do without most of what it asked
 * for, so only the error counts that it ended with.
 * @param id the anomaly that the recording shows
 * @param faults how many faults are in the recording
 */
export function missingInLabs(recording: Recording, id: AnomalyId, faults: number): MissingInLabs | null {
  if (id === 'N1' && faults === 0) return firstOf(recording.events);
  if (id !== 'L1' && id !== 'L2') return null;
  return firstOf(faults === 0 ? recording.events : recording.events.filter(hasFailed).slice(-1));
}

function firstOf(events: readonly TraceEvent[]): MissingInLabs | null {
  for (const event of events) {
    const message = refusalOf(event);
    const missing = message === null ? null : readUnavailable(message);
    if (message !== null && missing !== null) return { ...missing, message, line: lineOf(event) };
  }
  return null;
}

function refusalOf(event: TraceEvent): string | null {
  if (event.kind === 'statement') return event.code === null ? null : event.outcome;
  return errorOf(event)?.message ?? null;
}

function lineOf(event: TraceEvent): number | null {
  return errorOf(event)?.line ?? event.line ?? null;
}

/** An error that has left a handler, or the program. */
function hasFailed(event: TraceEvent): boolean {
  return errorOf(event) !== undefined;
}

function errorOf(event: TraceEvent): Extract<TraceEvent, { readonly kind: 'handled' }>['error'] {
  return event.kind === 'handled' || event.kind === 'process-exit' ? event.error : undefined;
}
