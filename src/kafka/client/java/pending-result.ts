/**
 * The outcome of a transactional call that may take longer than whoever made it waits (Kafka: `TransactionalRequestResult`).
 * The same call, made again, waits for the same result (TXC-4).
 */
import type { Incarnation } from '../../../simulation/process';
import { fulfil, rejectWith, SimPromise } from '../../../simulation/sim-promise';
import { timeout, type JavaException } from './errors';

export type Operation = 'initTransactions' | 'commitTransaction' | 'abortTransaction' | 'sendOffsetsToTransaction';

export class PendingResult {
  /** Somebody has been told the outcome. */
  isAcknowledged = false;
  private outcome: { readonly exception: JavaException | null } | null = null;
  private waiters: (() => void)[] = [];

  constructor(
    readonly operation: Operation,
    private readonly incarnation: Incarnation,
  ) {}

  get isCompleted(): boolean {
    return this.outcome !== null;
  }

  complete(exception: JavaException | null): void {
    if (this.outcome !== null) return;
    this.outcome = { exception };
    for (const tell of this.waiters.splice(0)) tell();
  }

  /** Waits at most `limitMs` (`max.block.ms`). */
  await(limitMs: number): SimPromise<void> {
    const promise = SimPromise.pending<void>();
    let isOver = false;
    const tell = (): void => {
      if (isOver) return;
      isOver = true;
      this.incarnation.clearTimer(timer);
      this.isAcknowledged = true;
      const { exception } = this.outcome!;
      if (exception === null) fulfil(promise, undefined);
      else rejectWith(promise, exception);
    };
    const timer = this.incarnation.setTimer(limitMs, () => {
      if (isOver) return;
      isOver = true;
      rejectWith(promise, timeout(`Timeout expired after ${limitMs}ms while awaiting ${this.operation}`));
    });
    if (this.outcome === null) this.waiters.push(tell);
    else tell();
    return promise;
  }
}
