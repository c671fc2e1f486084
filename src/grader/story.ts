/**
 * The story of an execution: at most seven sentences, the events that the outcome hangs on (exploration.md e.3). Each is
 * an event of the recording; its sentence comes from the same catalogue as the timeline's.
 */
import type { LedgerRow, Recording, TraceEvent } from '../simulation/trace';
import { parseExecution } from './plan';
import { storyText } from './story-text';
import type { StoryStep } from './verdict';
import { idleRestart, isCrossing, transactionEnd, violationEvent, type Violation } from './violation-event';

const MAX_STEPS = 7;

/** What a story cannot be without. */
const INDISPENSABLE = -1;

/** Not told. */
const LEFT_OUT = 9;

/** What the events of an execution are weighed by. */
interface Focus {
  /** The record that the verdict is about; null for none. */
  readonly record: string | null;
  /** Step of the first fault, or of what stands for it. */
  readonly after: number;
  /** Names of the requests that the plan strikes, e.g. `effect#2`. */
  readonly planned: ReadonlySet<string>;
  /** A coordinator moves because the plan has it so, not because its broker is gone. */
  readonly movesCoordinator: boolean;
  /** Step of the idle restart where the guarantee is broken behind it: repeats before that are not what it is about. */
  readonly ordinaryUntil: number;
  /** The row of the record in the ledger. */
  readonly row: LedgerRow | undefined;
}

/** Lower comes in first when there is room for seven only. */
function weight(event: TraceEvent, focus: Focus): number {
  const { record, after, planned } = focus;
  switch (event.kind) {
    case 'process-crash':
    case 'process-pause':
    case 'process-resume':
    case 'request-late':
    case 'request-overtakes':
    case 'answer-late':
    case 'stuck':
      return 0;
    case 'request-lost':
    case 'answer-lost':
      return lossWeight(event, planned);
    case 'poison':
      return event.record === record ? 0 : 3;
    case 'append':
      // What the program itself has sent; the workload's own records lie there before it starts.
      return event.incarnation === undefined || event.record !== record ? LEFT_OUT : 1;
    case 'process-exit':
      return event.code === 0 ? LEFT_OUT : 1;
    case 'answer':
      // What a broker says to a program's records; how the rest of its requests fare is the client's affair.
      return event.label === 'produce' && event.status !== 'ok' ? 2 : LEFT_OUT;
    case 'commit-refused':
      return 2;
    case 'effect':
      if (event.record !== record && !event.fabricated) return LEFT_OUT;
      return event.count > 1 && event.step < focus.ordinaryUntil ? 4 : 1;
    case 'deliver':
      if (event.record !== record) return LEFT_OUT;
      return !event.again ? 3 : event.step < focus.ordinaryUntil ? 4 : 1;
    case 'handled':
      if (event.error === undefined) return LEFT_OUT;
      return event.record === record ? 2 : 4;
    case 'broker':
      return brokerWeight(event);
    case 'coordinator':
      return focus.movesCoordinator ? 2 : 5;
    case 'truncated':
      return 0;
    case 'leader':
      return event.unclean || isAbout(event, focus) ? 1 : 5;
    case 'transaction-commit':
      return 4;
    case 'transaction-abort':
      return 2;
    case 'service-refused':
    case 'transaction-waits':
      return 2;
    case 'pool-exhausted':
      return 3;
    case 'statement':
      return event.code === null ? LEFT_OUT : 2;
    case 'rolled-back':
      return 3;
    case 'position':
      return event.step > after && event.from !== 'seek' ? 2 : 8;
    case 'process-start':
      return event.step > after ? 5 : 7;
    case 'phase':
      return event.phase === 'restart' || event.phase === 'next-batch' ? 4 : LEFT_OUT;
    default:
      return LEFT_OUT;
  }
}

/** What befalls a broker comes first; that the controller has noticed, or that it is healed, says less. */
function brokerWeight({ state }: Extract<TraceEvent, { kind: 'broker' }>): number {
  if (state === 'fenced') return 4;
  return state === 'started' || state === 'copying' ? 6 : 0;
}

/** Whether it is about the partition that the record lies in; a job may send to any. */
function isAbout({ topic, partition }: Extract<TraceEvent, { kind: 'leader' }>, { row }: Focus): boolean {
  return row === undefined || row.topic === '' || (row.topic === topic && row.partition === partition);
}

/** A loss that is a fault itself; while a broker is gone many more follow, and the program's own calls say most of them. */
function lossWeight(
  { request, line }: Extract<TraceEvent, { kind: 'request-lost' | 'answer-lost' }>,
  planned: ReadonlySet<string>,
): number {
  if (planned.has(request)) return 0;
  return line === undefined ? 6 : 3;
}

/** @param violation what the verdict has found in the execution; null for nothing */
export function storyOf(recording: Recording, violation: Violation | null): readonly StoryStep[] {
  const breach = violation === null ? undefined : violationEvent(recording, violation);
  const restart = idleRestart(recording.events);
  const events = recording.events.slice(0, storyEnd(recording.events, violation, breach));
  const record = violation?.record ?? null;
  const row = recording.ledger.find((entry) => entry.record === record);
  const after = events.find(isFault)?.step ?? events.find((event) => event.kind === 'phase')?.step ?? events.length;
  const { plan } = parseExecution(recording.executionCode);
  const planned = new Set(plan.map(({ at, nth }) => `${at}#${nth}`));
  const movesCoordinator = plan.some(({ fault }) => fault === 'coordinator-move');
  const ordinaryUntil = breach !== undefined && breach.step > restart ? restart : -1;
  const focus: Focus = { record, row, after, planned, movesCoordinator, ordinaryUntil };
  const candidates = events.map((event) => ({ event, weight: weight(event, focus) }));
  forgetRepeats(candidates, restart);
  const emphasis = [
    ...emphasised(events, focus, violation),
    { event: recording.events[restart], most: INDISPENSABLE },
    { event: breach, most: INDISPENSABLE },
  ];
  for (const { event, most } of emphasis) {
    const candidate = event === undefined ? undefined : candidates[event.step];
    if (candidate !== undefined) candidate.weight = Math.min(candidate.weight, most);
  }
  return candidates
    .filter((candidate) => candidate.weight < LEFT_OUT)
    .sort((a, b) => a.weight - b.weight || a.event.step - b.event.step)
    .slice(0, MAX_STEPS)
    .map(({ event }) => event)
    .sort((a, b) => a.step - b.step)
    .map((event) => ({
      step: event.step,
      time: event.time,
      text: storyText(event, recording, record),
      ...(event.line === undefined ? {} : { line: event.line }),
    }));
}

/** What only the record makes remarkable, with the weight that it has at most. */
function emphasised(
  events: readonly TraceEvent[],
  { record, row, after }: Focus,
  violation: Violation | null,
): readonly { readonly event: TraceEvent | undefined; readonly most: number }[] {
  if (row === undefined) return [];
  // A job that has ended well and left something out: its end is the contradiction.
  const isLeftOut = row.bad === 'appended' && row.appended === 0;
  const isGoodEnd = (event: TraceEvent): boolean => isLeftOut && event.kind === 'process-exit' && event.code === 0;
  // A handler that comes back as if all were well is why nothing comes again.
  const isInVain = violation?.id === 'L1' && HANDLED_IN_VAIN.has(violation.params['reason']);
  const isHandled = (event: TraceEvent): boolean =>
    isInVain && event.kind === 'handled' && event.record === record && event.error === undefined;
  return [
    { event: events.find(isGoodEnd), most: 1 },
    { event: events.find((event) => isCrossing(event, row)), most: 1 },
    { event: lostWithItsProcess(events, row), most: 1 },
    { event: events.find(isHandled), most: 2 },
    { event: events.find((event) => event.step > after && isLaterDelivery(event, row)), most: 6 },
  ];
}

/** Why a program that gets nowhere is watched no longer: what it does without end goes on to the end of the recording. */
const WITHOUT_END: ReadonlySet<unknown> = new Set(['livelock', 'poison-loop', 'budget', 'endless-loop']);

/** Reasons of L1 that a handler without an error is part of. */
const HANDLED_IN_VAIN: ReadonlySet<unknown> = new Set(['dropped', 'until-restart']);

/**
 * How many events may be told. What happens in the idle restart is of no interest to most verdicts; where the guarantee is
 * broken there, it is told up to that.
 */
function storyEnd(events: readonly TraceEvent[], violation: Violation | null, breach: TraceEvent | undefined): number {
  const restart = idleRestart(events);
  if (restart < 0) return events.length;
  if (breach !== undefined && breach.step > restart) return (transactionEnd(events, breach) ?? breach).step + 1;
  const isEndless = violation?.id === 'L1' && WITHOUT_END.has(violation.params['reason']);
  return isEndless ? events.length : restart;
}

function isFault({ kind }: TraceEvent): boolean {
  return (
    kind === 'process-crash' ||
    kind === 'process-pause' ||
    kind === 'request-lost' ||
    kind === 'answer-lost' ||
    kind === 'request-late' ||
    kind === 'answer-late' ||
    kind === 'request-overtakes' ||
    kind === 'broker'
  );
}

/**
 * What happens over and over is told twice, and a loss that follows from another fault once: more of the same crowds out
 * what it follows from.
 *
 * @param restart step of the idle restart, where counting begins anew: there the same things happen for another reason
 */
function forgetRepeats(candidates: { readonly event: TraceEvent; weight: number }[], restart: number): void {
  const counts = new Map<string, number>();
  for (const candidate of candidates) {
    const { event } = candidate;
    if (event.step === restart) counts.clear();
    if (candidate.weight >= LEFT_OUT) continue;
    const isLoss = event.kind === 'request-lost' || event.kind === 'answer-lost';
    const key = isLoss ? `loss of ${event.label}` : event.kind;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    const most = isLoss ? 1 : 2;
    if (count > most && event.kind !== 'effect' && candidate.weight > 0) candidate.weight = LEFT_OUT;
  }
}

/** A delivery of a record behind this one: it has been passed over. */
function isLaterDelivery(event: TraceEvent, row: LedgerRow): boolean {
  if (event.kind !== 'deliver' || row.offset === null) return false;
  return event.topic === row.topic && event.partition === row.partition && event.offset > row.offset;
}

/**
 * The commit beyond the record that was still in the client when its process died (CLI-51): without it nobody could see
 * why the record comes again after `await commitOffsets`.
 */
function lostWithItsProcess(events: readonly TraceEvent[], row: LedgerRow): TraceEvent | undefined {
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

function isBeyond(event: Extract<TraceEvent, { kind: 'commit-queued' }>, row: LedgerRow): boolean {
  return (
    event.topic === row.topic && event.partition === row.partition && row.offset !== null && event.offset > row.offset
  );
}
