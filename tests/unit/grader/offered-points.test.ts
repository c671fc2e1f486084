/** Where the search tries one more fault: at every state that differs, and nowhere twice (exploration.md c.2, c.3). */
import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../src/grader/verdict';
import type { Outages } from '../../../src/kafka/outages';
import type { RequestKind } from '../../../src/simulation/network';
import { ChosenWorld } from './chosen-world';

/** Points offered while requests are sent one after the other. */
function points(kinds: readonly FaultKind[], sent: readonly RequestKind[], plan = '-', isNaive = false): string[] {
  return new ChosenWorld(plan, kinds, isNaive).play(...sent).points;
}

describe('a crash is tried', () => {
  it('around requests that change something, once for each state', () => {
    expect(points(['crash'], ['fetch', 'effect', 'heartbeat', 'effect', 'leave'])).toEqual([
      'crash@effect#1.before',
      'crash@effect#1.after',
      // Before the second effect all is as it was after the first one.
      'crash@effect#2.after',
    ]);
  });

  it('at every request, when nothing is left out', () => {
    expect(points(['crash'], ['fetch', 'effect', 'effect'], '-', true)).toEqual(
      ['fetch#1', 'effect#1', 'effect#2'].flatMap((name) => [`crash@${name}.before`, `crash@${name}.after`]),
    );
  });

  it('for each set of requests that are under way', () => {
    const chosen = new ChosenWorld('-', ['crash']);
    chosen.send('effect', 'produce');
    chosen.settle();
    expect(chosen.points).toEqual([
      'crash@effect#1.before',
      'crash@produce#1.before',
      'crash@effect#1.after',
      'crash@produce#1.after',
    ]);
  });

  it('again in the same state at another stage of the execution', () => {
    const chosen = new ChosenWorld('-', ['crash']).play('effect');
    chosen.chooser.stage += 1;
    expect(chosen.play('effect').points).toContain('crash@effect#2.before');
  });

  it('again in the same state for the next life', () => {
    const chosen = new ChosenWorld('-', ['crash']).play('effect');
    chosen.live(2);
    expect(chosen.play('effect').points).toContain('crash@effect#2.before');
  });

  it('of a successor, without what its predecessor had under way', () => {
    const chosen = new ChosenWorld('-', ['crash']);
    chosen.send('produce');
    chosen.live(2);
    chosen.play('fetch', 'effect');
    expect(chosen.points).toEqual(['crash@produce#1.before', 'crash@effect#1.before', 'crash@effect#1.after']);
  });
});

describe('further faults are tried', () => {
  it('only after the last planned one', () => {
    expect(points(['crash'], ['effect', 'produce', 'effect'], 'lost-answer@produce#1')).toEqual([
      'crash@effect#2.before',
      'crash@effect#2.after',
    ]);
  });

  it('also after a loss for which a timer has fired', () => {
    const chosen = new ChosenWorld('lost-answer@effect#1~auto-commit', ['lost-request']);
    chosen.addTimer(true, () => chosen.send('commit'));
    expect(chosen.play('effect', 'effect').points).toContain('lost-request@effect#2');
  });

  it('nowhere, when none are wanted', () => {
    expect(points([], ['effect', 'commit'])).toEqual([]);
  });

  it('in the order of the catalogue as a request leaves, and again as it takes effect', () => {
    expect(points(['crash', 'lost-answer', 'lost-request', 'delay'], ['commit'])).toEqual([
      'crash@commit#1.before',
      'lost-request@commit#1',
      'delay@commit#1.before',
      'crash@commit#1.after',
      'lost-answer@commit#1',
      'delay@commit#1.after',
    ]);
  });

  it('at no commit that stores what is stored already, unless nothing is left out', () => {
    const offered = (isNaive: boolean): string[] => {
      const chosen = new ChosenWorld('-', ['lost-request', 'crash'], isNaive);
      chosen.chooser.offsets = { isRepeat: () => true };
      chosen.send('commit', 'effect');
      return chosen.points;
    };
    expect(offered(false)).toEqual(['crash@effect#1.before', 'lost-request@effect#1']);
    expect(offered(true)).toContain('crash@commit#1.before');
  });

  it('at each rest, and in each record', () => {
    const without = new ChosenWorld('-', ['crash']);
    expect([without.chooser.onRest(1), without.chooser.onInput(1), without.points]).toEqual([false, false, []]);
    const chosen = new ChosenWorld('-', ['restart', 'poison']);
    expect([chosen.chooser.onInput(1), chosen.chooser.onInput(2), chosen.chooser.onRest(1)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(chosen.points).toEqual(['poison@input#1', 'poison@input#2', 'restart@rest#1']);
    expect(chosen.chooser.statesAfter).toEqual([null, null, null]);
  });
});

describe('a fault just after a timer without a phase (CLI-42) is tried', () => {
  function offered(kinds: readonly FaultKind[], isDue: boolean): string[] {
    const chosen = new ChosenWorld('-', kinds);
    chosen.addTimer(isDue, () => undefined);
    return chosen.play('effect', 'effect').points.filter((point) => point.endsWith('~auto-commit'));
  }

  it('with a crash, once for each state, where the timer has something to do', () => {
    expect(offered(['crash'], true)).toEqual([
      'crash@effect#1.before~auto-commit',
      'crash@effect#1.after~auto-commit',
      'crash@effect#2.after~auto-commit',
    ]);
    expect(offered(['crash'], false)).toEqual([]);
  });

  it('with each loss, also where the timer has nothing to do yet', () => {
    const losses = ['lost-answer@effect#1~auto-commit', 'lost-answer@effect#2~auto-commit'];
    expect(offered(['lost-answer'], false)).toEqual(losses);
  });

  it('with no other fault, and not without such a timer', () => {
    expect(offered(['service-error', 'delay'], true)).toEqual([]);
    expect(points(['lost-answer', 'crash'], ['effect']).filter((point) => point.includes('~'))).toEqual([]);
  });
});

describe('a crash with a commit that is still queued (CLI-51) is tried', () => {
  const held = (chosen: ChosenWorld): string[] => chosen.points.filter((point) => point.includes('~commit'));

  it('after the first effect behind the commit, and not after the next ones', () => {
    expect(held(new ChosenWorld('-', ['crash']).play('commit', 'effect', 'effect'))).toEqual([
      'crash@effect#1.after~commit#1',
    ]);
  });

  it('for the latest commit', () => {
    expect(held(new ChosenWorld('-', ['crash']).play('effect', 'commit', 'commit', 'effect'))).toEqual([
      'crash@effect#2.after~commit#2',
    ]);
  });

  it.each(['heartbeat', 'committed'] as const)('not once a %s has come behind it: the commit has left', (proof) => {
    expect(held(new ChosenWorld('-', ['crash']).play('commit', proof, 'effect'))).toEqual([]);
    expect(held(new ChosenWorld('-', ['crash']).play(proof, 'commit', 'effect'))).toHaveLength(1);
  });

  it('where the effect had left before the proof', () => {
    const chosen = new ChosenWorld('-', ['crash']).play('commit');
    chosen.send('heartbeat', 'effect');
    chosen.settle();
    expect(held(chosen)).toEqual(['crash@effect#1.after~commit#1']);
  });

  it('the earliest proof counts', () => {
    expect(held(new ChosenWorld('-', ['crash']).play('commit', 'heartbeat', 'fetch', 'committed', 'effect'))).toEqual(
      [],
    );
    const chosen = new ChosenWorld('-', ['crash']).play('commit', 'heartbeat');
    chosen.send('effect', 'heartbeat');
    chosen.settle();
    expect(held(chosen)).toEqual([]);
  });

  it('not for a commit of an earlier life', () => {
    const chosen = new ChosenWorld('-', ['crash']).play('commit');
    chosen.live(2);
    expect(held(chosen.play('fetch', 'effect'))).toEqual([]);
  });
});

describe('a fault that lasts is tried', () => {
  it('also where it does not matter by itself, once for each state', () => {
    const chosen = new ChosenWorld('-', ['broker-pause']);
    chosen.chooser.outages = { brokerOf: () => ({}) } as unknown as Outages;
    chosen.play('fetch', 'fetch', 'produce', 'fetch', 'fetch');
    expect(chosen.points).toEqual(['broker-pause@fetch#1', 'broker-pause@produce#1', 'broker-pause@fetch#3']);
  });

  it('and no other fault of brokers is', () => {
    const chosen = new ChosenWorld('-', ['broker-restart']);
    chosen.chooser.outages = { brokerOf: () => ({}) } as unknown as Outages;
    expect(chosen.play('fetch', 'produce').points).toEqual(['broker-restart@produce#1']);
  });

  it('where there are brokers', () => {
    expect(points(['broker-pause'], ['fetch', 'produce'])).toEqual([]);
  });
});

describe('the state that a crash leaves is foretold (exploration.md c.4)', () => {
  function foretelling(): ChosenWorld {
    const chosen = new ChosenWorld('-', ['crash']);
    chosen.chooser.oracle = { keyAfterCrash: (crashing) => `${chosen.log.join()} of ${crashing.number}` };
    return chosen;
  }

  it('at once before a request leaves', () => {
    const chosen = foretelling();
    chosen.send('effect');
    expect(chosen.chooser.statesAfter).toEqual([' of 1']);
    expect(chosen.chooser.isForetelling).toBe(false);
  });

  it('when the event of an effect is over, once', () => {
    const chosen = foretelling();
    chosen.send('effect');
    chosen.world.step();
    expect([chosen.chooser.statesAfter, chosen.chooser.isForetelling]).toEqual([[' of 1', null], true]);
    chosen.chooser.foretell();
    expect(chosen.chooser.statesAfter).toEqual([' of 1', 'effect#1 of 1']);
    expect(chosen.chooser.isForetelling).toBe(false);
  });

  it('not for a process that has ended meanwhile', () => {
    const chosen = foretelling();
    chosen.send('effect');
    chosen.world.step();
    chosen.process.crash();
    chosen.chooser.foretell();
    expect(chosen.chooser.statesAfter).toEqual([' of 1', null]);
  });

  it('not for a crash that leaves a commit queued', () => {
    const chosen = foretelling();
    chosen.play('commit', 'effect');
    chosen.chooser.foretell();
    expect(chosen.points.at(-1)).toBe('crash@effect#1.after~commit#1');
    expect(chosen.chooser.statesAfter.at(-1)).toBeNull();
  });
});
