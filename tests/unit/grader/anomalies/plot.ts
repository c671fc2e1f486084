/**
 * A history written by hand in which every step names its group, its partition and its life of the process where they are
 * not the usual ones: for the questions that a checker must not answer from the wrong one.
 *
 * Places are written `in-0@2`: partition and offset. What is not said is group `g`, life 1.
 */
import { ANOMALIES, nothingDone } from '../../../../src/grader/anomalies';
import type { AnomalyInstance, Evidence } from '../../../../src/grader/anomalies/anomaly';
import type { AnomalyId } from '../../../../src/grader/verdict';
import {
  History,
  type Commit,
  type Delivery,
  type Effect,
  type Positioning,
  type ProcessEnd,
  type Send,
  type Transaction,
} from '../../../../src/simulation/history';

type Place = { readonly partition: string; readonly offset: number };

function placeOf(text: string): Place {
  const [partition, offset] = text.split('@');
  return { partition: partition!, offset: Number(offset) };
}

export class Plot {
  readonly history = new History();

  /** Input records with their places, the logs holding just these. */
  constructor(input: Readonly<Record<string, string>> = { a: 'in-0@0', b: 'in-0@1' }, keys: readonly string[] = []) {
    const logs = new Map<string, { offset: number; record: string }[]>();
    for (const [index, [id, text]] of Object.entries(input).entries()) {
      const { partition, offset } = placeOf(text);
      this.history.input.push({ id, partition, offset, ...(keys[index] === undefined ? {} : { key: keys[index] }) });
      logs.set(partition, [...(logs.get(partition) ?? []), { offset, record: id }]);
    }
    for (const [partition, log] of logs) this.history.finalLog.set(partition, log);
  }

  /** What a final read_uncommitted read finds: values by place. */
  log(partition: string, values: Readonly<Record<number, string>>): this {
    this.history.finalLog.set(partition, stored(values));
    return this;
  }

  /** What a final read_committed read finds, where that is something else. */
  view(partition: string, values: Readonly<Record<number, string>>): this {
    this.history.finalCommitted.set(partition, stored(values));
    return this;
  }

  deliver(record: string | undefined, place: string, more: Partial<Delivery> = {}): this {
    const named = record === undefined ? {} : { record };
    this.history.deliveries.push({ group: 'g', incarnation: 1, ...placeOf(place), ...named, ...more });
    return this;
  }

  position(place: string, more: Partial<Positioning> = {}): this {
    const { deliveries, commits, decided, positionings } = this.history;
    const before = { deliveries: deliveries.length, commits: commits.length, decided: decided.length };
    positionings.push({ group: 'g', incarnation: 1, from: 'committed', ...placeOf(place), ...before, ...more });
    return this;
  }

  commit(place: string, more: Partial<Commit> = {}): this {
    const { commits, effects } = this.history;
    commits.push({ group: 'g', incarnation: 1, effects: effects.length, ...placeOf(place), ...more });
    return this;
  }

  effect(record: string, more: Partial<Effect> = {}): this {
    this.history.effects.push({ record, service: 'shop', incarnation: 1, isFabricated: false, ...more });
    return this;
  }

  /** An acknowledged send outside of transactions, if nothing else is said. */
  send(record: string, partition: string, more: Partial<Send> = {}): this {
    const plain = { outcome: 'ok', incarnation: 1, offset: null, transaction: null } as const;
    this.history.sends.push({ record, partition, ...plain, ...more });
    return this;
  }

  /** @param offsets what it sends of offsets, as places, group `g` */
  transaction(
    decision: 'commit' | 'abort' | null,
    { offsets = [], ...more }: Partial<Omit<Transaction, 'offsets'>> & { offsets?: readonly string[] } = {},
  ): Transaction {
    const { transactions, decided, deliveries } = this.history;
    const transaction: Transaction = {
      transactionalId: `t${transactions.length}`,
      incarnation: 1,
      asked: decision,
      outcome: 'ok',
      decision,
      decidedAfter: deliveries.length,
      reads: [],
      offsets: offsets.map((place) => ({ group: 'g', ...placeOf(place) })),
      ...more,
    };
    transactions.push(transaction);
    if (decision !== null) decided.push(transaction);
    return transaction;
  }

  end(how: ProcessEnd['how'], more: Partial<ProcessEnd> = {}): this {
    const { commits, decided, ends } = this.history;
    const before = { commits: commits.length, decided: decided.length };
    ends.push({ incarnation: 1, how, code: how === 'exit' ? 1 : -1, origin: null, error: null, ...before, ...more });
    return this;
  }

  idle(isLosingForbidden = false): this {
    this.history.markIdleRestart(isLosingForbidden);
    return this;
  }

  /** What a checker says of it. */
  says(id: AnomalyId, more: Partial<Omit<Evidence, 'history'>> = {}): AnomalyInstance | null {
    const anomaly = id === 'N1' ? nothingDone : ANOMALIES.find((candidate) => candidate.id === id)!;
    return anomaly.check({ history: this.history, stuck: null, hasGivenUp: false, ...more });
  }
}

function stored(values: Readonly<Record<number, string>>): { offset: number; record: string }[] {
  return Object.entries(values).map(([offset, record]) => ({ offset: Number(offset), record }));
}
