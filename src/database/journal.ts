/** What the database leaves for the history and the trace: effects, statements, tables. */
import type { Request } from '../simulation/network';
import type { Incarnation } from '../simulation/process';
import type { World } from '../simulation/world';
import type { QueryAnswer, QueryRequest, ReportedError, StatementResult } from './protocol';
import type { DatabaseState, TableContent } from './state';
import type { SqlValue } from './sqlite';

type QueryEvent = Request<QueryRequest, QueryAnswer>;
export type Row = Readonly<Record<string, SqlValue>>;
export type Tables = Readonly<Record<string, readonly Row[]>>;

/**
 * What a lab reads off its tables: how often the effect of each record stands in them, by business id. A record that is
 * not named has had no effect.
 */
export interface Reading {
  readonly read: (tables: Tables) => Readonly<Record<string, number>>;
  /** Readings of one state are kept by it: the same tables mean something else in another workload. */
  readonly workload: number | string;
}

/** The tables of a state as objects, as a lab's definition reads them. */
export function tablesOf({ tables }: DatabaseState): Tables {
  const result: Record<string, readonly Row[]> = {};
  for (const [name, { columns, rows }] of tables) {
    result[name] = rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])));
  }
  return result;
}

/** `INSERT 1`, `COMMIT`, or the error's message. */
export function outcomeOf(results: readonly StatementResult[], error: ReportedError | null): string {
  if (error !== null) return error.message;
  const last = results.at(-1);
  if (last === undefined) return 'EMPTY';
  return last.rowCount === null ? last.tag : `${last.tag} ${last.rowCount}`;
}

export class DatabaseJournal {
  constructor(
    private readonly world: World,
    private readonly name: string,
    private readonly reading: Reading,
    initial: DatabaseState,
  ) {
    if (world.recorder === null) return;
    for (const [table, content] of initial.tables) this.noteTable(table, content);
  }

  /** Another state is the committed one: which records have had an effect by it, and which have one no longer. */
  committed(request: QueryEvent, before: DatabaseState, after: DatabaseState): void {
    const old = this.read(before);
    const now = this.read(after);
    for (const record of Object.keys(now)) {
      for (let count = old[record] ?? 0; count < now[record]!; count += 1) this.noteEffect(request, record, count + 1);
    }
    for (const record of Object.keys(old)) {
      for (let count = old[record]!; count > (now[record] ?? 0); count -= 1)
        this.undoEffect(request, record, count - 1);
    }
    this.world.history.changes += 1;
    if (this.world.recorder === null) return;
    for (const [table, content] of after.tables) {
      if (JSON.stringify(before.tables.get(table)?.rows) !== JSON.stringify(content.rows))
        this.noteTable(table, content);
    }
  }

  private read(state: DatabaseState): Readonly<Record<string, number>> {
    const { read, workload } = this.reading;
    return (state.readings[workload] ??= read(tablesOf(state)));
  }

  private noteEffect(request: QueryEvent, record: string, count: number): void {
    const { history } = this.world;
    const { sender } = request;
    const isFabricated = !history.wasDelivered(record);
    const isZombie = history.isReplaced(record, sender.number) ? true : undefined;
    history.effects.push({ record, service: this.name, incarnation: sender.number, isFabricated, isZombie });
    this.traceEffect(request, { record, count, fabricated: isFabricated });
  }

  private traceEffect(
    request: QueryEvent,
    detail: { readonly record: string; readonly count: number; readonly fabricated: boolean; readonly undone?: true },
  ): void {
    if (this.world.recorder === null) return;
    const label = request.message.text.trim().split(/\s+/).slice(0, 3).join(' ');
    this.world.record(this.place(request), {
      kind: 'effect',
      request: request.name,
      service: this.name,
      label,
      ...detail,
    });
  }

  private undoEffect(request: QueryEvent, record: string, count: number): void {
    const { effects } = this.world.history;
    for (let i = effects.length - 1; i >= 0; i -= 1) {
      const effect = effects[i]!;
      if (effect.record !== record || effect.service !== this.name || effect.isUndone) continue;
      effect.isUndone = true;
      this.traceEffect(request, { record, count, fabricated: effect.isFabricated, undone: true });
      return;
    }
  }

  /** A query has been carried out, or has failed. */
  performed(request: QueryEvent, label: string, outcome: string, error: ReportedError | null): void {
    if (this.world.recorder === null) return;
    const detail = { request: request.name, label, outcome, code: error?.code ?? null };
    this.world.record(this.place(request), { kind: 'statement', database: this.name, ...detail });
  }

  answered(request: QueryEvent, label: string, outcome: string, error: ReportedError | null): void {
    if (this.world.recorder === null || request.losesAnswer || request.sender.isGone) return;
    const status = error?.code ?? outcome;
    const place = { lane: this.name, peer: request.sender.name, incarnation: request.sender.number };
    this.world.record(place, { kind: 'answer', request: request.name, label, status });
  }

  waits(request: QueryEvent, label: string, holder: Incarnation): void {
    if (this.world.recorder === null) return;
    const detail = { request: request.name, label, holder: `${holder.name} #${holder.number}` };
    this.world.record(this.place(request), { kind: 'transaction-waits', database: this.name, ...detail });
  }

  rolledBack(owner: Incarnation): void {
    if (this.world.recorder === null) return;
    this.world.record(
      { lane: this.name, incarnation: owner.number },
      { kind: 'rolled-back', database: this.name, owner: `${owner.name} #${owner.number}` },
    );
  }

  private noteTable(table: string, { columns, rows }: TableContent): void {
    this.world.record({ lane: this.name }, { kind: 'table', database: this.name, table, columns, rows });
  }

  private place(request: QueryEvent): { lane: string; peer: string; incarnation: number; line: number | undefined } {
    const { sender, line } = request;
    return { lane: sender.name, peer: this.name, incarnation: sender.number, line: line || undefined };
  }
}
