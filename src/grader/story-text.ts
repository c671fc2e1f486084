/**
 * The sentence of an event as a story tells it. A story leaves out most of what stands around an event in the timeline, so
 * it says what a reader would see there: which record a request was for, which group it is about.
 */
import type { Recording, TraceEvent } from '../simulation/trace';
import { eventText } from './event-text';
import type { Text, TextParams } from './verdict';

/** @param record the record that the story is about */
export function storyText(event: TraceEvent, recording: Recording, record: string | null): Text {
  const { id, params } = eventText(event);
  return { id, params: { ...params, ...context(event, recording, record) } };
}

function context(event: TraceEvent, { events }: Recording, record: string | null): TextParams {
  switch (event.kind) {
    case 'request-lost':
    case 'request-late':
    case 'request-overtakes':
    case 'answer-lost':
    case 'answer-late':
      return about(recordOf(events, event.request));
    case 'process-crash': {
      const other = event.request === null ? null : recordOf(events, event.request);
      return { another: isLineUnderWay(events, event) ? 1 : 0, ...(other === record ? {} : about(other)) };
    }
    case 'effect':
      return hasCrashedBefore(events, event) ? { late: 1 } : {};
    case 'commit':
      return groupsOf(events).size > 1 ? { group: event.group } : {};
    default:
      return {};
  }
}

function about(record: string | null): TextParams {
  return record === null ? {} : { record };
}

/** The record that a request has been applied for; null where nothing is known of it, or where it was for several. */
function recordOf(events: readonly TraceEvent[], request: string): string | null {
  const records = new Set<string | null>();
  for (const event of events) if (event.kind === 'effect' && event.request === request) records.add(event.record);
  return records.size === 1 ? [...records][0]! : null;
}

/** A call that the process has made on the same line before it crashed takes effect later all the same. */
function isLineUnderWay(events: readonly TraceEvent[], crash: TraceEvent): boolean {
  return events.some(
    (event) =>
      event.kind === 'effect' &&
      event.step > crash.step &&
      event.line !== undefined &&
      event.line === crash.line &&
      event.lane === crash.lane &&
      event.incarnation === crash.incarnation,
  );
}

function hasCrashedBefore(events: readonly TraceEvent[], effect: TraceEvent): boolean {
  return events.some(
    (event) =>
      event.kind === 'process-crash' &&
      event.step < effect.step &&
      event.lane === effect.lane &&
      event.incarnation === effect.incarnation,
  );
}

function groupsOf(events: readonly TraceEvent[]): ReadonlySet<string> {
  const groups = new Set<string>();
  for (const event of events) if (event.kind === 'commit' || event.kind === 'group-join') groups.add(event.group);
  return groups;
}
