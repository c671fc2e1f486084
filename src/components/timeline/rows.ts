/**
 * Which events of a recording become rows, and what each row draws in each lane. Pure: the server, the page and the
 * tests get the same rows.
 */
import type { Lane, LaneId, Recording, TraceEvent, TracePartition } from '../../simulation/trace';

/** What stands in a lane at an event. A cross ends a life by force, a bar in good order; a commit has its own mark. */
export type Mark = 'dot' | 'cross' | 'end' | 'commit';

export interface LaneCell {
  /** Whether the lane's line is drawn above and below the middle of the row: a process that is gone leaves a gap. */
  readonly above: boolean;
  readonly below: boolean;
  readonly mark: Mark | null;
  /** Number of a life that begins here. */
  readonly incarnation: number | null;
}

export interface Arrow {
  readonly from: number;
  readonly to: number;
  readonly lost: boolean;
  /** Step of the visible row from which a late message was sent; null when it is drawn within its own row. */
  readonly sentAt: number | null;
}

export interface TimelineRow {
  readonly event: TraceEvent;
  readonly tone: 'plain' | 'fault' | 'repeat' | 'phase';
  readonly cells: readonly LaneCell[];
  readonly arrow: Arrow | null;
}

export interface RowOptions {
  readonly all: boolean;
  /** Steps that are shown whatever their kind, e.g. those of the verdict's story. */
  readonly keySteps?: ReadonlySet<number>;
}

/** The rows of a recording, in order. */
export function timelineRows(recording: Recording, options: RowOptions): readonly TimelineRow[] {
  const visible = visibleEvents(recording, options);
  const rowOf: RowIndex = new Map(visible.map((event, index) => [event.step, index]));
  const senders = sendersOf(recording);
  const running = new Map<LaneId, boolean>();
  return visible.map((event) => {
    const isBefore = recording.lanes.map((lane) => lane.kind !== 'process' || (running.get(lane.id) ?? false));
    if (event.kind === 'process-start') running.set(event.lane, true);
    if (isEnd(event)) running.set(event.lane, false);
    const arrow = arrowOf(event, recording, senders, rowOf);
    const cells = recording.lanes.map((lane, index) => ({
      above: isBefore[index] ?? true,
      below: lane.kind !== 'process' || (running.get(lane.id) ?? false),
      mark: markOf(event, lane, arrow, index),
      incarnation: event.kind === 'process-start' && event.lane === lane.id ? (event.incarnation ?? 1) : null,
    }));
    return { event, tone: toneOf(event), cells, arrow };
  });
}

/** First step at which something goes wrong from outside; null in an execution without faults. */
export function firstFaultStep(recording: Recording): number | null {
  return recording.events.find((event) => toneOf(event) === 'fault')?.step ?? null;
}

/** Index of the row to show for a step: its own, or the last one before it. */
export function rowIndexOf(rows: readonly TimelineRow[], step: number): number {
  // Steps ascend: halve the range until one row is left.
  let [from, to] = [0, rows.length];
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if ((rows[middle]?.event.step ?? Infinity) <= step) from = middle;
    else to = middle;
  }
  return from;
}

function visibleEvents(recording: Recording, { all, keySteps }: RowOptions): readonly TraceEvent[] {
  if (all) return recording.events;
  const firstStart = recording.events.findIndex((event) => event.kind === 'process-start');
  const matters = recording.events.filter(
    (event) => keySteps?.has(event.step) === true || isTelling(event, event.step > firstStart),
  );
  const late = lateRequests(recording, matters);
  return late.size === 0
    ? matters
    : recording.events.filter((event) => late.has(event.step) || matters.includes(event));
}

/**
 * A request whose effect comes only after other things happened is shown, or the effect would come from nowhere.
 * A commit on its way beside it is no such thing: clients commit while requests are under way.
 */
function lateRequests(recording: Recording, matters: readonly TraceEvent[]): ReadonlySet<number> {
  const senders = sendersOf(recording);
  const interrupting = matters.filter((event) => event.kind !== 'commit' && event.kind !== 'commit-queued');
  const late = new Set<number>();
  interrupting.forEach((event, index) => {
    if (event.kind !== 'effect') return;
    const sent = senders.get(event.request);
    const before = interrupting[index - 1];
    if (sent !== undefined && before !== undefined && before.step > sent.step) late.add(sent.step);
  });
  return late;
}

function isTelling(event: TraceEvent, hasStarted: boolean): boolean {
  switch (event.kind) {
    case 'append':
      return hasStarted;
    case 'phase':
      return event.phase !== 'start' && event.phase !== 'end';
    case 'handled':
      return event.error !== undefined;
    case 'group-leave':
      return event.reason === 'session-expired';
    case 'group-join':
    case 'request':
    case 'answer':
    case 'console':
    case 'table':
      return false;
    case 'statement':
      // What a statement has changed is shown as its effect.
      return event.code !== null || /^(COMMIT|ROLLBACK)/.test(event.outcome);
    case 'answer-late':
    case 'answer-lost':
    case 'broker':
    case 'coordinator':
    case 'isr':
    case 'leader':
    case 'poison':
    case 'request-late':
    case 'request-overtakes':
    case 'truncated':
    case 'commit':
    case 'commit-queued':
    case 'commit-refused':
    case 'deliver':
    case 'effect':
    case 'pool-exhausted':
    case 'position':
    case 'process-crash':
    case 'process-exit':
    case 'process-pause':
    case 'process-resume':
    case 'process-start':
    case 'process-stop':
    case 'request-lost':
    case 'rolled-back':
    case 'service-refused':
    case 'stuck':
    case 'transaction-waits':
    case 'transaction-abort':
    case 'transaction-begin':
    case 'transaction-commit':
    case 'transaction-offsets':
      return true;
  }
}

function isEnd(event: TraceEvent): boolean {
  return event.kind === 'process-crash' || event.kind === 'process-stop' || event.kind === 'process-exit';
}

function toneOf(event: TraceEvent): TimelineRow['tone'] {
  switch (event.kind) {
    case 'process-crash':
    case 'process-pause':
    case 'poison':
    case 'request-late':
    case 'request-lost':
    case 'request-overtakes':
    case 'answer-late':
    case 'answer-lost':
    case 'stuck':
    case 'commit-refused':
      return 'fault';
    case 'process-exit':
      return event.error === undefined && event.code === 0 ? 'plain' : 'fault';
    case 'statement':
      return event.code === null ? 'plain' : 'fault';
    case 'deliver':
      return event.again ? 'repeat' : 'plain';
    case 'effect':
      if (event.undone === true) return 'fault';
      return event.count > 1 ? 'repeat' : 'plain';
    case 'broker':
      return ['killed', 'paused', 'hanging'].includes(event.state) ? 'fault' : 'plain';
    case 'leader':
      return event.leader === null || event.unclean ? 'fault' : 'plain';
    case 'truncated':
      return 'fault';
    case 'phase':
      return 'phase';
    default:
      return 'plain';
  }
}

/** Requests by their id. */
type Senders = ReadonlyMap<string, TraceEvent>;

/** Rows by the step they show. */
type RowIndex = ReadonlyMap<number, number>;

function sendersOf(recording: Recording): Senders {
  const senders = new Map<string, TraceEvent>();
  for (const event of recording.events) if (event.kind === 'request') senders.set(event.request, event);
  return senders;
}

function markOf(event: TraceEvent, lane: Lane, arrow: Arrow | null, index: number): Mark | null {
  if (event.kind === 'phase') return null;
  if (arrow !== null && arrow.from === index) return arrow.sentAt === null ? 'dot' : null;
  if (event.kind === 'commit' && arrow !== null) return arrow.to === index ? 'commit' : null;
  if (event.lane !== lane.id) return null;
  if (event.kind === 'process-crash') return 'cross';
  if (event.kind === 'process-exit') return event.error === undefined && event.code === 0 ? 'end' : 'cross';
  if (event.kind === 'process-stop') return 'end';
  if (event.kind === 'commit') return 'commit';
  return arrow === null ? 'dot' : null;
}

/**
 * A message has a direction, whichever end its event is noted at: effects and stored commits are the arrival of what a
 * process sent. What arrives later than in the next row is drawn from the row in which it was sent.
 */
function arrowOf(event: TraceEvent, recording: Recording, senders: Senders, rowOf: RowIndex): Arrow | null {
  const indexOf = (lane: LaneId | undefined): number => recording.lanes.findIndex((known) => known.id === lane);
  const between = (from: LaneId | undefined, to: LaneId | undefined, sender?: TraceEvent): Arrow | null => {
    const ends = { from: indexOf(from), to: indexOf(to) };
    if (ends.from === ends.to || ends.from < 0 || ends.to < 0) return null;
    const sentIn = sender === undefined ? undefined : rowOf.get(sender.step);
    const isLate = sentIn !== undefined && (rowOf.get(event.step) ?? 0) - sentIn > 1;
    const lost = event.kind === 'request-lost' || event.kind === 'answer-lost';
    return { ...ends, lost, sentAt: isLate && !lost ? (sender?.step ?? null) : null };
  };
  const sender = 'request' in event && event.request !== null ? senders.get(event.request) : undefined;
  const process = processOf(event, recording);
  switch (event.kind) {
    case 'effect':
    case 'service-refused':
      return between(sender?.lane ?? process, event.service, sender);
    case 'statement':
    case 'transaction-waits':
      return between(sender?.lane ?? process, event.database, sender);
    case 'request-lost':
      return between(sender?.lane ?? event.lane, sender?.peer ?? event.peer);
    case 'answer-lost':
      return between(sender?.peer ?? event.lane, sender?.lane ?? event.peer);
    case 'commit':
    case 'commit-refused':
      return between(process, partitionOf(event), queuedCommit(event, recording));
    case 'deliver':
    case 'position':
      return between(partitionOf(event), process);
    case 'append':
    case 'answer':
      return between(event.lane, event.peer);
    default:
      return null;
  }
}

function partitionOf(event: TracePartition): LaneId {
  return `${event.topic}-${event.partition}`;
}

/** The process at either end of the event. */
function processOf(event: TraceEvent, recording: Recording): LaneId | undefined {
  const processes = recording.lanes.filter((lane) => lane.kind === 'process').map((lane) => lane.id);
  return processes.find((lane) => lane === event.lane || lane === event.peer) ?? processes[0];
}

/** The client may hold a commit for a while: it was sent when it was queued. */
function queuedCommit(event: TraceEvent, recording: Recording): TraceEvent | undefined {
  const cause = event.cause === null ? undefined : recording.events[event.cause];
  return cause?.kind === 'commit-queued' ? cause : undefined;
}
