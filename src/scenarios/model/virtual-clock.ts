/** Lets a world go on: until something is so, or for so long. */
import { CallEvent } from '../../simulation/event-queue';
import type { World } from '../../simulation/world';
import type { RunningCommand } from '../language/driver';
import { ScenarioError } from '../language/scenario-error';

/** A command that takes longer, in virtual milliseconds, is one that nothing will answer. */
const PATIENCE_MS = 600_000;
/** A world that is busier never comes to anything: some loop in it takes no time. */
const EVENTS_MAX = 2_000_000;

export class VirtualClock {
  private readonly watchers: (() => void)[] = [];

  constructor(readonly world: World) {}

  get now(): number {
    return this.world.now;
  }

  /** Calls `look` after every event. */
  watch(look: () => void): void {
    this.watchers.push(look);
  }

  /** Lets events happen until `condition` holds. */
  until(condition: () => boolean, what: string): void {
    const endMs = this.now + PATIENCE_MS;
    while (!condition()) {
      if (!this.step()) throw new ScenarioError(`nothing more happens in the model, and ${what}`);
      if (this.now > endMs) throw new ScenarioError(`after ${PATIENCE_MS / 1000} virtual seconds ${what}`);
    }
  }

  /** Lets so much time pass, with everything that happens in it. */
  pass(ms: number): void {
    const passing = new Passing(this, ms);
    while (!passing.isOver) this.step();
  }

  /** Lets one event happen. @returns false when there is none */
  step(): boolean {
    if (this.world.eventCount > EVENTS_MAX)
      throw new ScenarioError(`the model is still busy after ${EVENTS_MAX} events, at ${this.now} virtual ms`);
    const isStep = this.world.step();
    for (const look of this.watchers) look();
    return isStep;
  }
}

/** Time that passes event by event, for whoever has something to do in between. */
export class Passing {
  isOver = false;

  constructor(
    private readonly clock: VirtualClock,
    ms: number,
  ) {
    const end = new CallEvent(() => {
      this.isOver = true;
    });
    clock.world.schedule(end, ms);
  }

  /** Lets at most so many events happen. */
  go(events: number): void {
    for (let left = events; left > 0 && !this.isOver; left -= 1) this.clock.step();
  }
}

/** A command of the model that is under way; asking for its result lets the world go on. */
export class Pending implements RunningCommand {
  private lines: readonly string[] | null = null;
  private readonly waiting: ((line: string) => void)[] = [];

  constructor(private readonly clock: VirtualClock) {}

  /** The first call decides. */
  settle(lines: readonly string[]): void {
    if (this.lines !== null) return;
    this.lines = lines;
    for (const call of this.waiting.splice(0)) call(lines[0] ?? 'ok');
  }

  /** Calls back with the first line, at once when it is there already. */
  whenSettled(call: (line: string) => void): void {
    if (this.lines === null) this.waiting.push(call);
    else call(this.lines[0] ?? 'ok');
  }

  /** The result, or null while there is none. */
  get printed(): readonly string[] | null {
    return this.lines;
  }

  isSettled(): boolean {
    return this.lines !== null;
  }

  async result(): Promise<readonly string[]> {
    this.clock.until(() => this.lines !== null, 'the command has no result');
    return this.lines ?? [];
  }
}
