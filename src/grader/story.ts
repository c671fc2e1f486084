/**
 * The story of an execution: at most seven sentences, the events that the outcome hangs on (exploration.md e.3). Each is
 * an event of the recording; its sentence comes from the same catalogue as the timeline's.
 */
import type { Recording, TraceEvent } from '../simulation/trace';
import { eventText } from './event-text';
import type { StoryStep } from './verdict';

const MAX_STEPS = 7;

/** Lower comes in first when there is room for seven only. */
function weight(event: TraceEvent, record: string | null, after: number): number {
  switch (event.kind) {
    case 'process-crash':
    case 'process-pause':
    case 'process-resume':
    case 'request-late':
    case 'request-lost':
    case 'request-overtakes':
    case 'answer-late':
    case 'answer-lost':
    case 'stuck':
      return 0;
    case 'poison':
      return event.record === record ? 0 : 3;
    case 'append':
      // What the program itself has sent; the workload's own records lie there before it starts.
      return event.incarnation === undefined || event.record !== record ? 9 : 1;
    case 'process-exit':
      return event.code === 0 ? 9 : 1;
    case 'answer':
      // What a broker says to a program's records; how the rest of its requests fare is the client's affair.
      return event.label === 'produce' && event.status !== 'ok' ? 1 : 9;
    case 'commit-refused':
      return 2;
    case 'effect':
      return event.record === record || event.fabricated ? 1 : 9;
    case 'deliver':
      return event.record === record ? (event.again ? 1 : 3) : 9;
    case 'handled':
      if (event.error === undefined) return 9;
      return event.record === record ? 2 : 4;
    case 'broker':
      return brokerWeight(event);
    case 'coordinator':
      return 2;
    case 'truncated':
      return 0;
    case 'leader':
      return 1;
    case 'transaction-commit':
    case 'transaction-abort':
      return 4;
    case 'service-refused':
    case 'transaction-waits':
      return 2;
    case 'pool-exhausted':
      return 3;
    case 'statement':
      return event.code === null ? 9 : 2;
    case 'rolled-back':
      return 3;
    case 'position':
      return event.step > after && event.from !== 'seek' ? 2 : 8;
    case 'process-start':
      return event.step > after ? 5 : 7;
    case 'phase':
      return event.phase === 'restart' || event.phase === 'next-batch' ? 4 : 9;
    default:
      return 9;
  }
}

/** What befalls a broker comes first; that the controller has noticed, or that it is healed, says less. */
function brokerWeight({ state }: Extract<TraceEvent, { kind: 'broker' }>): number {
  if (state === 'fenced') return 4;
  return state === 'started' || state === 'copying' ? 6 : 0;
}

/** A commit that a verdict is about. */
export interface CommitInQuestion {
  readonly partition: string;
  readonly offset: number;
}

/**
 * @param record the record that the verdict is about; null for none
 * @param isAboutIdleRestart whether what happens in the idle restart at the end belongs to it (A15)
 * @param commit the commit that it is about (A16); null for none
 */
export function storyOf(
  recording: Recording,
  record: string | null,
  isAboutIdleRestart: boolean,
  commit: CommitInQuestion | null = null,
): readonly StoryStep[] {
  const end = isAboutIdleRestart
    ? -1
    : recording.events.findIndex((event) => event.kind === 'phase' && event.phase === 'restart');
  const events = end < 0 ? recording.events : recording.events.slice(0, end);
  const row = recording.ledger.find((entry) => entry.record === record);
  const fault = events.find(
    ({ kind }) =>
      kind === 'process-crash' ||
      kind === 'process-pause' ||
      kind === 'request-lost' ||
      kind === 'answer-lost' ||
      kind === 'request-late' ||
      kind === 'answer-late' ||
      kind === 'request-overtakes' ||
      kind === 'broker',
  );
  const after = fault?.step ?? events.find((event) => event.kind === 'phase')?.step ?? events.length;
  const candidates = events.map((event) => ({ event, weight: weight(event, record, after) }));
  forgetRepeats(candidates);
  // A job that has ended well and left something out: its end is the contradiction.
  const isLeftOut = row?.bad === 'appended' && row.appended === 0;
  const cleanEnd = events.find((event) => isLeftOut && event.kind === 'process-exit' && event.code === 0);
  if (cleanEnd !== undefined) candidates[cleanEnd.step]!.weight = 1;
  const crossing = events.find((event) => isInQuestion(event, commit) || (row !== undefined && isCrossing(event, row)));
  if (crossing !== undefined) candidates[crossing.step]!.weight = 1;
  const lost = row === undefined ? undefined : lostWithItsProcess(events, row);
  if (lost !== undefined) candidates[lost.step]!.weight = 1;
  const next =
    row === undefined ? undefined : events.find((event) => event.step > after && isLaterDelivery(event, row));
  if (next !== undefined) candidates[next.step]!.weight = Math.min(candidates[next.step]!.weight, 6);
  const chosen = candidates
    .filter((candidate) => candidate.weight < 9)
    .sort((a, b) => a.weight - b.weight || a.event.step - b.event.step)
    .slice(0, MAX_STEPS)
    .map(({ event }) => event)
    .sort((a, b) => a.step - b.step);
  return chosen.map((event) => ({
    step: event.step,
    time: event.time,
    text: eventText(event),
    ...(event.line === undefined ? {} : { line: event.line }),
  }));
}

/** What happens over and over is told twice: more of the same crowds out what it follows from. */
function forgetRepeats(candidates: { readonly event: TraceEvent; weight: number }[]): void {
  const counts = new Map<string, number>();
  for (const candidate of candidates) {
    const { event } = candidate;
    if (candidate.weight >= 9) continue;
    const count = (counts.get(event.kind) ?? 0) + 1;
    counts.set(event.kind, count);
    if (count > 2 && event.kind !== 'effect' && candidate.weight > 0) candidate.weight = 9;
  }
}

/** A delivery of a record behind this one: it has been passed over. */
function isLaterDelivery(event: TraceEvent, row: Recording['ledger'][number]): boolean {
  if (event.kind !== 'deliver' || row.offset === null) return false;
  return event.topic === row.topic && event.partition === row.partition && event.offset > row.offset;
}

function isInQuestion(event: TraceEvent, commit: CommitInQuestion | null): boolean {
  if (event.kind !== 'commit' || commit === null) return false;
  return `${event.topic}-${event.partition}` === commit.partition && event.offset === commit.offset;
}

/**
 * The commit beyond the record that was still in the client when its process died (CLI-51): without it nobody could see
 * why the record comes again after `await commitOffsets`.
 */
function lostWithItsProcess(events: readonly TraceEvent[], row: Recording['ledger'][number]): TraceEvent | undefined {
  for (const crash of events) {
    if (crash.kind !== 'process-crash') continue;
    const before = events.slice(0, crash.step).filter((event) => event.incarnation === crash.incarnation);
    const queued = before.filter((event) => event.kind === 'commit-queued' && isBeyond(event, row)).at(-1);
    if (queued === undefined) continue;
    const isSent = before.some(
      (event) =>
        event.step > queued.step &&
        ((event.kind === 'request' && event.api === 'commit') ||
          event.kind === 'commit' ||
          event.kind === 'commit-refused'),
    );
    if (!isSent) return queued;
  }
  return undefined;
}

function isBeyond(event: Extract<TraceEvent, { kind: 'commit-queued' }>, row: Recording['ledger'][number]): boolean {
  return (
    event.topic === row.topic && event.partition === row.partition && row.offset !== null && event.offset > row.offset
  );
}

/** The commit that moved the group beyond the record. */
function isCrossing(event: TraceEvent, row: Recording['ledger'][number]): boolean {
  if (event.kind !== 'commit' || row.offset === null) return false;
  if (event.topic !== row.topic || event.partition !== row.partition) return false;
  return event.offset > row.offset && (event.previous === null || event.previous <= row.offset);
}
