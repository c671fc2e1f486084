/** A history written by hand, step by step, and what a checker says of it. */
import { ANOMALIES } from '../../../src/grader/anomalies';
import type { AnomalyId } from '../../../src/grader/verdict';
import { History, type SendOutcome, type Transaction } from '../../../src/simulation/history';

/** Partition of the output. */
export const P = 'out-0';

/** Two input records a, b at offsets 0, 1 of in-0; the program writes to out-0. */
export class Story {
  readonly history = new History();

  constructor() {
    ['a', 'b'].forEach((id, offset) => this.history.input.push({ id, partition: 'in-0', offset }));
    this.log('in-0', 'a', 'b');
  }

  /** Values in offset order; null is a control record. */
  log(partition: string, ...values: (string | null)[]): this {
    this.history.finalLog.set(partition, records(values));
    return this;
  }

  committedLog(partition: string, ...values: (string | null)[]): this {
    this.history.finalCommitted.set(partition, records(values));
    return this;
  }

  transaction(decision: 'commit' | 'abort' | null, more: Partial<Transaction> = {}): Transaction {
    const { history } = this;
    const transaction: Transaction = {
      transactionalId: 'copy',
      incarnation: 1,
      asked: decision,
      outcome: 'ok',
      decision,
      decidedAfter: history.deliveries.length,
      reads: [],
      offsets: [],
      ...more,
    };
    history.transactions.push(transaction);
    if (decision !== null) history.decided.push(transaction);
    return transaction;
  }

  send(
    record: string,
    more: { outcome?: SendOutcome; offset?: number; transaction?: Transaction; incarnation?: number } = {},
  ): this {
    const { outcome = 'ok', offset = null, transaction = null, incarnation = 1 } = more;
    this.history.sends.push({ record, partition: P, outcome, offset, transaction, incarnation });
    return this;
  }

  deliver(record: string, offset: number, more: { partition?: string; isolation?: 'read_uncommitted' } = {}): this {
    const { partition = 'in-0', isolation } = more;
    const delivery = { group: 'g', partition, offset, incarnation: 1, record };
    this.history.deliveries.push(isolation === undefined ? delivery : { ...delivery, isolation });
    return this;
  }

  position(offset: number, from: 'committed' | 'reset' | 'seek' = 'committed', partition = 'in-0'): this {
    const { deliveries } = this.history;
    this.history.positionings.push({
      group: 'g',
      partition,
      offset,
      incarnation: 1,
      from,
      deliveries: deliveries.length,
      commits: this.history.commits.length,
      decided: this.history.decided.length,
    });
    return this;
  }

  commit(offset: number, more: { transaction?: Transaction; isZombie?: true } = {}): this {
    const { effects } = this.history;
    this.history.commits.push({
      group: 'g',
      partition: 'in-0',
      offset,
      incarnation: 1,
      effects: effects.length,
      ...more,
    });
    return this;
  }

  effect(record: string, isZombie?: true): this {
    const effect = { record, service: 'shipping', incarnation: 1, isFabricated: false };
    this.history.effects.push(isZombie === undefined ? effect : { ...effect, isZombie });
    return this;
  }

  crash(): this {
    const { commits, decided, ends } = this.history;
    ends.push({
      incarnation: 1,
      how: 'crash',
      code: -1,
      origin: null,
      error: null,
      commits: commits.length,
      decided: decided.length,
    });
    return this;
  }
}

function records(values: readonly (string | null)[]): { offset: number; record: string }[] {
  return values.flatMap((record, offset) => (record === null ? [] : [{ offset, record }]));
}

export function found(id: AnomalyId, { history }: Story): string | null | undefined {
  const anomaly = ANOMALIES.find((candidate) => candidate.id === id)!;
  return anomaly.check({ history, stuck: null, hasGivenUp: false })?.record;
}

/** The checker has found nothing. */
export const NOT = undefined;
