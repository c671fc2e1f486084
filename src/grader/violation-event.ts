/**
 * Where an execution breaks the guarantee: the event after which the contradiction is there. A story that left it out would
 * tell of everything but what the headline says.
 */
import type { Recording, TraceEvent } from '../simulation/trace';
import type { AnomalyId, TextParams } from './verdict';

/** What a verdict has found in the execution that it tells of. */
export interface Violation {
  readonly id: AnomalyId;
  /** The record that it is about; null for none. */
  readonly record: string | null;
  /** Parameters of its texts. */
  readonly params: TextParams;
}

/** @returns undefined where no single event is it: something never happens, or an end state is wrong */
export function violationEvent(
  { events, ledger }: Recording,
  { id, record, params }: Violation,
): TraceEvent | undefined {
  switch (id) {
    case 'A9':
    case 'A11':
      return events.find((event) => isSecondEffect(event, record)) ?? visibleAppends(events, record)[1];
    case 'A3':
      return visibleAppends(events, record)[1];
    case 'A10':
      return events.find((event) => isRepeat(event, record));
    case 'A15':
      return events.find((event) => event.step > idleRestart(events) && isRepeat(event, record));
    case 'A14':
      return events.find((event) => isCommitAt(event, params) && event.previous === params['before']);
    case 'A16':
    case 'A24':
      return events.find((event) => isCommitAt(event, params));
    case 'L2':
      return failureAfterRestart(events);
    case 'A7':
    case 'A8':
    case 'A28':
    case 'N4': {
      const row = ledger.find((entry) => entry.record === record);
      return row === undefined ? undefined : events.find((event) => isCrossing(event, row));
    }
    default:
      return undefined;
  }
}

/** Step of the restart without new input at the end; -1 where there was none. */
export function idleRestart(events: readonly TraceEvent[]): number {
  return events.findIndex((event) => event.kind === 'phase' && event.phase === 'restart');
}

function isSecondEffect(event: TraceEvent, record: string | null): boolean {
  return event.kind === 'effect' && event.record === record && event.count > 1 && event.undone !== true;
}

function isRepeat(event: TraceEvent, record: string | null): boolean {
  return event.kind === 'deliver' && event.again && (record === null || event.record === record);
}

/** Where the supervisor had given the program up before that restart, all has been told by then. */
function failureAfterRestart(events: readonly TraceEvent[]): TraceEvent | undefined {
  const restart = idleRestart(events);
  const lives = events.filter(
    ({ kind, step }) => step < restart && (kind === 'process-start' || kind === 'process-exit'),
  );
  const last = lives.at(-1);
  if (last !== undefined && isFailedExit(last)) return undefined;
  return events.find((event) => event.step > restart && isFailedExit(event));
}

function isFailedExit(event: TraceEvent): boolean {
  return event.kind === 'process-exit' && event.code !== 0;
}

type Commit = Extract<TraceEvent, { kind: 'commit' }>;

function isCommitAt(event: TraceEvent, params: TextParams): event is Commit {
  if (event.kind !== 'commit') return false;
  return `${event.topic}-${event.partition}` === params['partition'] && event.offset === params['offset'];
}

/** The commit that moved the group beyond the record. */
export function isCrossing(event: TraceEvent, row: Recording['ledger'][number]): boolean {
  if (event.kind !== 'commit' || row.offset === null) return false;
  if (event.topic !== row.topic || event.partition !== row.partition) return false;
  return event.offset > row.offset && (event.previous === null || event.previous <= row.offset);
}

/** What the program has written for a record, without what it has aborted or left open: nobody is given that. */
function visibleAppends(events: readonly TraceEvent[], record: string | null): readonly TraceEvent[] {
  return events.filter((event) => {
    if (event.kind !== 'append' || event.incarnation === undefined || event.record !== record) return false;
    const end = transactionEnd(events, event);
    return end === null || end?.kind === 'transaction-commit';
  });
}

/**
 * How the program went on with the transaction in which it wrote something: the last that it asked for, since a commit that
 * is refused is followed by an abort.
 *
 * @returns null for what was written without a transaction, undefined for a transaction that was left open
 */
export function transactionEnd(
  events: readonly TraceEvent[],
  { step, incarnation }: TraceEvent,
): TraceEvent | null | undefined {
  const own = events.filter((event) => event.incarnation === incarnation && isBoundary(event));
  const next = own.findIndex((event) => event.step > step);
  const [before, after] = next < 0 ? [own, []] : [own.slice(0, next), own.slice(next)];
  if (before.at(-1)?.kind !== 'transaction-begin') return null;
  const another = after.findIndex(({ kind }) => kind === 'transaction-begin');
  return (another < 0 ? after : after.slice(0, another)).at(-1);
}

function isBoundary({ kind }: TraceEvent): boolean {
  return kind === 'transaction-begin' || kind === 'transaction-commit' || kind === 'transaction-abort';
}
