/**
 * The program's own repeating timers, `setInterval` and timers that set themselves anew when they fire, as timers without a
 * phase: how long records, answers and rebalances take is nobody's promise, so before any given event such a timer may just
 * have fired. What it commits then is what the program has noted so far, finished or not (OFS-3).
 */
import type { SimEvent } from './event-queue';
import type { Incarnation, PhaselessTimer } from './process';
import { turn } from './turn';

export class ProgramIntervals implements PhaselessTimer {
  private readonly rounds = new Set<SimEvent>();
  private isNextRound = false;

  constructor(private readonly incarnation: Incarnation) {}

  /** Between two turns only: a turn is never interrupted. */
  get isDue(): boolean {
    return turn.owner === null && this.rounds.size > 0;
  }

  fire(): void {
    if (turn.owner !== null) return;
    for (const event of [...this.rounds]) {
      if (!this.rounds.has(event)) continue;
      this.incarnation.clearTimer(event);
      event.fire();
    }
  }

  /** The first round of a timer that a handler sets ends when it ends: the handler itself has measured it. */
  begin(event: SimEvent): void {
    if (this.isNextRound || this.incarnation.pendingHandlers === 0) this.rounds.add(event);
    this.isNextRound = false;
  }

  /** A timer that fires once has fired and set one like it. */
  goOn(event: SimEvent): void {
    this.rounds.add(event);
  }

  /** A round is over, and the next one begins in the same turn. */
  end(event: SimEvent): void {
    this.rounds.delete(event);
    this.isNextRound = true;
  }

  forget(event: SimEvent): void {
    this.rounds.delete(event);
  }
}
