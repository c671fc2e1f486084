/** Lets virtual time pass in slices of real time, so that the page stays alive, and ends a run that grows too large. */
import type { ModelRun } from '../../scenarios/model/model-run';
import { Passing } from '../../scenarios/model/virtual-clock';
import type { Recorder } from '../../simulation/recorder';

/** What a page can hold and a timeline can show. The counts are the run's own, so a run ends at the same place always. */
export interface Bounds {
  /** Of the model, seen or not: fetches, heartbeats, time-outs. */
  readonly events: number;
  /** Of the story, as the timeline has it before it leaves things out. */
  readonly told: number;
}

export const BOUNDS: Bounds = { events: 400_000, told: 3000 };

export interface Watch {
  /** Whoever waits for the run does not any more: it ends where it is. */
  readonly signal?: AbortSignal;
  /** Told between slices how far the run has got, in virtual milliseconds. */
  readonly onProgress?: (now: number) => void;
}

/** `bounds`: it has grown too large. `stopped`: nobody waits for it any more. */
export type Cut = 'bounds' | 'stopped';

/** A slice, in real milliseconds: less than a frame. */
const SLICE_MS = 10;
/** Events between two looks at the real clock. */
const EVENTS = 5;

export class Slices {
  private begun = performance.now();

  constructor(
    private readonly run: ModelRun,
    private readonly recorder: Recorder,
    private readonly bounds: Bounds,
    private readonly watch: Watch,
  ) {}

  /** Lets so much time pass. @returns why not all of it has, null when it has */
  async pass(ms: number): Promise<Cut | null> {
    const { clock } = this.run.cluster;
    const passing = new Passing(clock, ms);
    while (!passing.isOver) {
      const left = this.bounds.events - clock.world.eventCount;
      if (left <= 0 || this.recorder.events.length >= this.bounds.told) return 'bounds';
      passing.go(Math.min(EVENTS, left));
      if (await this.isStopped()) return 'stopped';
    }
    return null;
  }

  /** Lets the page do what it has to when a slice is over. */
  async isStopped(): Promise<boolean> {
    if (performance.now() - this.begun >= SLICE_MS) {
      this.watch.onProgress?.(this.run.now());
      await new Promise((resolve) => setTimeout(resolve));
      this.begun = performance.now();
    }
    return this.watch.signal?.aborted ?? false;
  }
}
