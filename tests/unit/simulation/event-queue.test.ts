import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallEvent, EventQueue } from '../../../src/simulation/event-queue';

describe('the event queue', () => {
  it('gives events by time, and at equal times in the order of scheduling', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.boolean())), (plan) => {
        const queue = new EventQueue();
        const fired: number[] = [];
        const events = plan.map(([time], index) => {
          const event = new CallEvent(() => fired.push(index));
          queue.schedule(event, time);
          return event;
        });
        plan.forEach(([, isCancelled], index) => isCancelled && queue.cancel(events[index]!));
        const kept = plan
          .map(([time, isCancelled], index) => ({ time, isCancelled, index }))
          .filter(({ isCancelled }) => !isCancelled);
        expect(queue.foreground).toBe(kept.length);
        for (let event = queue.pop(); event !== null; event = queue.pop()) event.fire();
        expect(fired).toEqual(kept.sort((a, b) => a.time - b.time || a.index - b.index).map(({ index }) => index));
        expect(queue.foreground).toBe(0);
      }),
    );
  });

  it('does not count background events, and counts a cancelled one once', () => {
    const queue = new EventQueue();
    const event = new CallEvent(() => undefined);
    queue.schedule(event, 1);
    queue.schedule(new CallEvent(() => undefined, true), 2);
    expect(queue.foreground).toBe(1);
    queue.cancel(event);
    queue.cancel(event);
    expect(queue.foreground).toBe(0);
  });
});
