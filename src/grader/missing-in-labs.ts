/**
 * A program that asks for something that labs do not have, `crypto.subtle` for example, is not judged by what came of
 * that: the verdict says what is missing, and what to do instead.
 */
import { readUnavailable, type Unavailable } from '../simulation/unavailable';
import type { Recording, TraceEvent } from '../simulation/trace';

export interface MissingInLabs extends Unavailable {
  readonly message: string;
  readonly line: number | null;
}

/** The first thing of the kind that an execution without faults came to; null where there is none. */
export function missingInLabs(recording: Recording): MissingInLabs | null {
  for (const event of recording.events) {
    const message = refusalOf(event);
    const missing = message === null ? null : readUnavailable(message);
    if (message !== null && missing !== null) return { ...missing, message, line: lineOf(event) };
  }
  return null;
}

function refusalOf(event: TraceEvent): string | null {
  if (event.kind === 'statement') return event.code === null ? null : event.outcome;
  if (event.kind === 'handled' || event.kind === 'process-exit') return event.error?.message ?? null;
  return null;
}

function lineOf(event: TraceEvent): number | null {
  const error = event.kind === 'handled' || event.kind === 'process-exit' ? event.error : undefined;
  return error?.line ?? event.line ?? null;
}
