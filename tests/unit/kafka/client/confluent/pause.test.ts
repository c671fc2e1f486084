/** Where a pause goes back to: behind the last message that is done, and not behind the one in hand (CLI-24, CLI-43). */
import { describe, expect, it } from 'vitest';
import { consumerProgram, Harness, idOf, task } from './harness';

const ORDERS = [{ name: 'orders', partitions: 1 }];

/** Offsets that the group has committed, without repeats, in the order of the log. */
function committedOffsets(lab: Harness): number[] {
  const offsets = lab.world.history.commits.map(({ offset }) => offset);
  return offsets.filter((offset, index) => offset !== offsets[index - 1]);
}

/** At the first delivery of b the handler pauses, and then throws or comes back. */
function pausingAtB(end: 'throw' | 'return') {
  let hasPaused = false;
  return consumerProgram({
    run: (_consumer, { seen, incarnation }) => ({
      eachMessage: task(function* ({ message, pause }) {
        yield undefined;
        seen.push(idOf(message));
        if (idOf(message) !== 'b' || hasPaused) return;
        hasPaused = true;
        incarnation.setTimer(1000, pause());
        if (end === 'throw') throw new Error('not now');
      }) as never,
    }),
  });
}

describe('a pause in a handler', () => {
  it('CLI-43: that then throws never commits behind its message', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b', 'c']);
    const { seen } = lab.start('shop', pausingAtB('throw'));
    lab.run();
    expect(seen).toEqual(['a', 'b', 'b', 'c']);
    expect(committedOffsets(lab)).toEqual([1, 3]);
  });

  it('CLI-24: that comes back goes on with the next message', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b', 'c']);
    const { seen } = lab.start('shop', pausingAtB('return'));
    lab.run();
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(committedOffsets(lab)).toEqual([2, 3]);
  });
});
