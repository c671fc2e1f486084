import { describe, expect, it } from 'vitest';
import { newIncarnation, newWorld } from '../../fixtures/kernel';
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
      fireAll(incarnation);
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

  it('leaves timers that fire once alone', () => {
    const incarnation = newIncarnation(newWorld());
    incarnation.run(() => incarnation.setProgramTimer(1000, () => undefined, true, true));
    expect(incarnation.phaselessTimers).toEqual([]);
  });
});
