/**
 * Writes a trace. Executions of the search run without one; a reported execution is run again with it.
 */
import { hashText } from './hash';
import type { Lane, LaneId, TraceDetail, TraceEvent, VirtualTimeMs } from './trace';

/** Where an event belongs. */
export interface EventPlace {
  readonly lane: LaneId;
  readonly peer?: LaneId;
  readonly incarnation?: number;
  readonly line?: number;
}

export class Recorder {
  readonly events: TraceEvent[] = [];
  readonly lanes: Lane[] = [];

  addLane(lane: Lane): void {
    this.lanes.push(lane);
  }

  /** @returns the step of the new event. */
  add(time: VirtualTimeMs, cause: number, place: EventPlace, detail: TraceDetail): number {
    const step = this.events.length;
    this.events.push({ step, time, cause: cause < 0 ? null : cause, ...withoutAbsent(place), ...detail });
    return step;
  }

  /** Sets the line of an event that was added before its line was known: a handler is entered after its delivery. */
  setLine(step: number, line: number): void {
    this.events[step] = { ...this.events[step]!, line };
  }

  /**
   * Hash of all that happened. Left out: lines of the source (annotations) and console output, whose text may hold what
   * differs from one JavaScript engine to another (stacks).
   */
  hash(): string {
    const text: string[] = [];
    for (const event of this.events) {
      if (event.kind === 'console') continue;
      text.push(JSON.stringify({ ...event, line: undefined, error: undefined }));
    }
    return hashText(text.join('\n'));
  }
}

function withoutAbsent(place: EventPlace): EventPlace {
  const result: Record<string, unknown> = { lane: place.lane };
  if (place.peer !== undefined) result['peer'] = place.peer;
  if (place.incarnation !== undefined) result['incarnation'] = place.incarnation;
  if (place.line !== undefined) result['line'] = place.line;
  return result as unknown as EventPlace;
}
