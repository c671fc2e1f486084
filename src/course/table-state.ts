/** The tables of a lab's database at a step, and what the step did to their rows. */
import type { TraceEvent } from '../simulation/trace';

export type TableEvent = Extract<TraceEvent, { kind: 'table' }>;

export interface TableRow {
  readonly values: readonly (string | number | null)[];
  /** Whether it is another than before the step: written, or written anew. */
  readonly isChanged: boolean;
}

export interface TableState {
  readonly database: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** Rows of before the step that are there no more, neither as they were nor changed. */
  readonly removed: number;
}

/** What an event has found and has left. */
export interface TableChange {
  readonly event: TableEvent;
  /** Null for what a table held from the beginning. */
  readonly before: TableEvent['rows'] | null;
}

/** @param isCurrent whether the step itself has made the change; else nothing is marked */
export function tableState({ event, before }: TableChange, isCurrent: boolean): TableState {
  const old = isCurrent ? before : null;
  const left = new Map<string, number>();
  for (const row of old ?? []) left.set(keyOf(row), (left.get(keyOf(row)) ?? 0) + 1);
  const rows = event.rows.map((values) => {
    const count = left.get(keyOf(values)) ?? 0;
    if (count > 0) left.set(keyOf(values), count - 1);
    return { values, isChanged: old !== null && count === 0 };
  });
  const { database, table, columns } = event;
  return { database, table, columns, rows, removed: Math.max(0, (old?.length ?? 0) - rows.length) };
}

function keyOf(row: readonly (string | number | null)[]): string {
  return JSON.stringify(row);
}

/**
 * The last event that belongs to a step: what a commit did to the tables is noted behind the effect that it had, and
 * before the statement that has done it. Both show it.
 */
export function lastEventOf(events: readonly TraceEvent[], step: number): number {
  if (events[step]?.kind !== 'effect') return step;
  let last = step;
  while (events[last + 1]?.kind === 'effect' || events[last + 1]?.kind === 'table') last += 1;
  while (last > step && events[last]?.kind !== 'table') last -= 1;
  return last;
}

/** Whether a change of a table was made by the event of the step. */
export function isChangeOf(events: readonly TraceEvent[], step: number, change: TableEvent): boolean {
  const at = events[step];
  if (at?.kind === 'table') return change.step === step;
  if (at?.kind !== 'effect' && at?.kind !== 'statement') return false;
  const [from, to] = at.kind === 'effect' ? [step, change.step] : [change.step, step];
  return from <= to && events.slice(from + 1, to).every(({ kind }) => kind === 'table' || kind === 'effect');
}
