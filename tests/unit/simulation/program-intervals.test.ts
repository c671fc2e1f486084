import { describe, expect, it } from 'vitest';
import { newIncarnation, newWorld } from '../../fixtures/kernel';
import type { SimEvent } from '../../../src/simulation/event-queue';
import type { Incarnation } from '../../../src/simulation/process';

/** What `setInterval` does: the next round is set before the callback is called. */
function every(incarnation: Incarnation, delayMs: number, callback: () => void): void {
  const round = (): void => {
    every(incarnation, delayMs, callback);
    callback();
  };
  incarnation.setProgramTimer(delayMs, round, true, false);
}

function fireAll(incarnation: Incarnation): void {
  for (const timer of incarnation.phaselessTimers) if (timer.isDue) timer.fire();
}

describe('a repeating timer of a program has no phase of its own', () => {
  it('may fire at any moment between two turns, and goes on from there', () => {
    const world = newWorld();
    const incarnation = newIncarnation(world);
    const firedAt: number[] = [];
    incarnation.run(() => every(incarnation, 1000, () => firedAt.push(world.now)));
    fireAll(incarnation);
    expect(firedAt).toEqual([0]);
    while (firedAt.length < 3) world.step();
    fireAll(incarnation);
    expect(firedAt).toEqual([0, 1000, 2000, 2000]);
  });

  it('interrupts no turn', () => {
    const incarnation = newIncarnation(newWorld());
    const fired: string[] = [];
    incarnation.run(() => {
      every(incarnation, 1000, () => fired.push('timer'));
      expect(incarnation.phaselessTimers.map(({ isDue }) => isDue)).toEqual([false]);
      for (const timer of incarnation.phaselessTimers) timer.fire();
      fired.push('end of the turn');
    });
    expect(fired).toEqual(['end of the turn']);
  });

  it('keeps its first round when a handler sets it: the handler has measured that', () => {
    const world = newWorld();
    const incarnation = newIncarnation(world);
    let rounds = 0;
    incarnation.pendingHandlers = 1;
    incarnation.run(() => every(incarnation, 1000, () => (rounds += 1)));
    fireAll(incarnation);
    expect(rounds).toBe(0);
    while (rounds === 0) world.step();
    fireAll(incarnation);
    expect(rounds).toBe(2);
  });

  it('does not fire for a process that is gone, nor once it is cleared', () => {
    const world = newWorld();
    const incarnation = newIncarnation(world);
    let rounds = 0;
    incarnation.run(() => {
      const event = incarnation.setProgramTimer(1000, () => (rounds += 1), true, false);
      incarnation.clearTimer(event);
      every(incarnation, 1000, () => (rounds += 1));
    });
    incarnation.crash();
    fireAll(incarnation);
    expect(rounds).toBe(0);
  });

  it('may be one that sets itself anew each time, from its second round on', () => {
    const world = newWorld();
    const incarnation = newIncarnation(world);
    let rounds = 0;
    const tick = (): void => {
      rounds += 1;
      incarnation.setProgramTimer(1000, tick, true, true);
    };
    incarnation.run(() => incarnation.setProgramTimer(1000, tick, true, true));
    fireAll(incarnation);
    expect(rounds).toBe(0);
    while (rounds === 0) world.step();
    fireAll(incarnation);
    expect(rounds).toBe(2);
  });

  it('is none that waits longer from one time to the next', () => {
    const world = newWorld();
    const incarnation = newIncarnation(world);
    const attempts: number[] = [];
    const attempt = (delayMs: number): void => {
      attempts.push(delayMs);
      incarnation.setProgramTimer(delayMs * 2, () => attempt(delayMs * 2), true, true);
    };
    incarnation.run(() => attempt(100));
    while (attempts.length < 3) world.step();
    fireAll(incarnation);
    expect(attempts).toEqual([100, 200, 400]);
  });

  it('has nothing to do once it is cleared', () => {
    const incarnation = newIncarnation(newWorld());
    incarnation.handles = 1;
    incarnation.run(() => incarnation.clearTimer(incarnation.setProgramTimer(1000, () => undefined, true, false)));
    expect(incarnation.phaselessTimers.map(({ isDue }) => isDue)).toEqual([false]);
  });

  it('is none that is set again for as long when the first one is over', () => {
    const world = newWorld();
    const incarnation = newIncarnation(world);
    incarnation.handles = 1;
    const set = (): void => void incarnation.setProgramTimer(1000, () => undefined, true, true);
    incarnation.run(set);
    while (world.step());
    incarnation.run(set);
    expect(incarnation.phaselessTimers).toEqual([]);
  });

  it('is none that a repeating one has set, and that fires once', () => {
    const world = newWorld();
    const incarnation = newIncarnation(world);
    let fired = 0;
    const once = (): void => void incarnation.setProgramTimer(1000, () => (fired += 1), true, true);
    incarnation.run(() => every(incarnation, 1000, once));
    while (world.now < 1000) world.step();
    fireAll(incarnation);
    expect(fired).toBe(0);
  });

  it('keeps the first round of each one that a handler sets, also beside others', () => {
    const world = newWorld();
    const incarnation = newIncarnation(world);
    const fired: string[] = [];
    incarnation.run(() => every(incarnation, 1000, () => fired.push('old')));
    while (fired.length === 0) world.step();
    incarnation.pendingHandlers = 1;
    incarnation.run(() => every(incarnation, 5000, () => fired.push('new')));
    incarnation.run(() => {
      every(incarnation, 5000, () => fired.push('new'));
      every(incarnation, 5000, () => fired.push('new'));
    });
    fireAll(incarnation);
    expect(fired).toEqual(['old', 'old']);
  });

  it('does not fire when one that fires at the same moment has cleared it', () => {
    const incarnation = newIncarnation(newWorld());
    incarnation.handles = 1;
    const fired: string[] = [];
    incarnation.run(() => {
      let second: SimEvent | null = null;
      const first = (): void => {
        fired.push('first');
        incarnation.clearTimer(second!);
      };
      incarnation.setProgramTimer(1000, first, true, false);
      second = incarnation.setProgramTimer(1000, () => fired.push('second'), true, false);
    });
    fireAll(incarnation);
    expect(fired).toEqual(['first']);
  });

  it('is none that has no delay', () => {
    const incarnation = newIncarnation(newWorld());
    incarnation.run(() => incarnation.setProgramTimer(0, () => undefined, true, true));
    expect(incarnation.phaselessTimers).toEqual([]);
  });

  it('leaves timers that fire once alone', () => {
    const incarnation = newIncarnation(newWorld());
    incarnation.run(() => incarnation.setProgramTimer(1000, () => undefined, true, true));
    expect(incarnation.phaselessTimers).toEqual([]);
  });
});
