/** A planned fault strikes at its request, on its side of the effect, and nowhere else. */
import { describe, expect, it } from 'vitest';
import type { RequestKind } from '../../../src/simulation/network';
import { ChosenWorld } from './chosen-world';

type Sent = ReturnType<ChosenWorld['request']>;

const KINDS =
  'effect query commit produce fetch join sync heartbeat leave committed list-offsets metadata create-topics init-producer-id add-partitions add-offsets txn-offsets end-txn'.split(
    ' ',
  ) as RequestKind[];

/** What is decided about each request, as it leaves and right after its effect. */
function choices(plan: string, ...kinds: readonly RequestKind[]): string[] {
  const chosen = new ChosenWorld(plan);
  return kinds.map((kind) => {
    const request = chosen.request(kind);
    return `${chosen.chooser.onSend(request)} ${chosen.chooser.onEffect(request)}`;
  });
}

describe('a planned fault', () => {
  it.each([
    ['crash@effect#1.before', 'crash default'],
    ['crash@effect#1.after', 'default crash'],
    ['lost-request@effect#1', 'lose default'],
    ['lost-answer@effect#1', 'default lose'],
    ['connection-lost-before-commit@query#1', 'lose default'],
    ['connection-lost-after-commit@query#1', 'default lose'],
    ['service-error@effect#1', 'refuse default'],
    ['service-timeout@effect#1', 'default silence'],
    ['send-error@produce#1', 'refuse default'],
    ['abortable-error@txn-offsets#1', 'refuse default'],
    ['pause@effect#1', 'pause default'],
    ['delay@effect#1.before', 'delay default'],
    ['delay@effect#1.after', 'default delay'],
    ['reorder@effect#1', 'default default'],
    ['broker-crash@produce#1', 'default default'],
  ])('%s: %s', (plan, choice) => {
    const [, kind] = /@([a-z-]+)#/.exec(plan)!;
    expect(choices(plan, kind as RequestKind)).toEqual([choice]);
  });

  it('counts requests by their kind', () => {
    expect(choices('lost-request@effect#1', 'commit', 'effect')).toEqual(['default default', 'lose default']);
    expect(choices('lost-request@effect#2', 'effect', 'commit', 'effect', 'effect')).toEqual([
      'default default',
      'default default',
      'lose default',
      'default default',
    ]);
  });

  it('counts requests of each kind from 1', () => {
    const { chooser, ...chosen } = withCommit('-');
    for (const kind of KINDS) {
      const request = new ChosenWorld('-').request(kind, {});
      chooser.onSend(request);
      expect(request.name).toBe(`${kind}#1`);
    }
    chooser.onSend(chosen.commit);
    expect(chosen.commit.name).toBe('commit#2');
  });

  it('waits for those before it in the plan', () => {
    const chosen = new ChosenWorld('lost-answer@effect#2+lost-answer@commit#2');
    chosen.play('commit', 'effect', 'effect');
    expect(chosen.chooser.isPlanDone).toBe(false);
    chosen.play('commit');
    expect(chosen.chooser.isPlanDone).toBe(true);
    expect(chosen.log).toEqual(['commit#1', 'effect#1', 'effect#2', 'effect#2 lost', 'commit#2', 'commit#2 lost']);
  });

  it('that is not possible at its request does not strike', () => {
    expect(choices('service-error@commit#1', 'commit')).toEqual(['default default']);
  });

  it('says where it has struck', () => {
    const { world, chooser, ...chosen } = withCommit('lost-answer@commit#1');
    chosen.commit.line = 7;
    chooser.onSend(chosen.commit);
    chooser.onEffect(chosen.commit);
    expect(world.fault).toEqual({ phase: null, request: 'commit#1', line: 7 });
  });
});

function withCommit(plan: string): Pick<ChosenWorld, 'world' | 'chooser'> & Record<'commit' | 'effect', Sent> {
  const chosen = new ChosenWorld(plan);
  const { world, chooser } = chosen;
  return { world, chooser, commit: chosen.request('commit'), effect: chosen.request('effect') };
}

describe('a crash', () => {
  const ended = (plan: string): boolean => new ChosenWorld(plan).play('effect').chooser.hasJustEndedInCrash;

  it('that is the last fault of a plan ends it', () => {
    expect(ended('crash@effect#1.after')).toBe(true);
    expect(ended('crash@effect#1.before')).toBe(true);
  });

  it('ends none that has more faults, and no other fault does', () => {
    expect(ended('crash@effect#1.after+crash@effect#2.after')).toBe(false);
    expect(ended('lost-answer@effect#1')).toBe(false);
    expect(ended('-')).toBe(false);
  });
});

describe("a fault just after the client's timer (CLI-42)", () => {
  function fired(plan: string, isDue: boolean): string[] {
    const chosen = new ChosenWorld(plan, ['crash', 'lost-answer']);
    chosen.addTimer(isDue, () => {
      chosen.log.push('timer');
      chosen.send('commit');
    });
    chosen.play('effect', 'effect');
    // What the timer sends for the fault is nothing to decide about.
    expect(chosen.points.filter((point) => point.includes('@commit#1.before'))).toEqual([]);
    return chosen.log;
  }

  it('a crash comes when the timer has fired, and what it has sent arrives', () => {
    expect(fired('crash@effect#1.before~auto-commit', true)).toEqual(['timer', 'commit#1']);
    expect(fired('crash@effect#1.after~auto-commit', true)).toEqual(['effect#1', 'timer', 'commit#1']);
  });

  it('a loss is felt when the timer has fired', () => {
    expect(fired('lost-answer@effect#1~auto-commit', true).slice(0, 3)).toEqual(['effect#1', 'timer', 'effect#1 lost']);
  });

  it('one that is not due does not fire', () => {
    expect(fired('crash@effect#1.before~auto-commit', false)).toEqual([]);
  });

  it('and no other fault has it fire', () => {
    expect(fired('crash@effect#1.before', true)).toEqual([]);
    expect(fired('lost-answer@effect#1', true)).toEqual(['effect#1', 'effect#1 lost', 'effect#2']);
  });
});

describe('a commit that is still queued when its process dies (CLI-51)', () => {
  const PLAN = 'crash@effect#2.after~commit#2';

  it('is held back with those behind it, and nothing else is', () => {
    const { chooser, commit, effect } = withCommit(PLAN);
    expect([chooser.holds(effect), chooser.holds(commit)]).toEqual([false, false]);
    expect(chooser.isHolding).toBe(false);
    chooser.onSend(commit);
    expect(chooser.holds(commit)).toBe(true);
    expect(chooser.isHolding).toBe(true);
    expect(chooser.holds(effect)).toBe(false);
  });

  it('is held back by no plan without it', () => {
    const chosen = new ChosenWorld('crash@effect#2.after');
    expect(chosen.chooser.holds(chosen.request('commit'))).toBe(false);
    expect(new ChosenWorld('-').chooser.holds(chosen.request('commit'))).toBe(false);
  });

  it('is gone with the crash', () => {
    const chosen = new ChosenWorld(PLAN).play('commit', 'effect');
    expect(chosen.chooser.holds(chosen.request('commit'))).toBe(true);
    chosen.play('effect');
    expect([chosen.chooser.isPlanDone, chosen.chooser.isHolding, chosen.chooser.isInfeasible]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('makes a plan impossible where it was not there to be held', () => {
    expect(new ChosenWorld(PLAN).play('commit', 'effect', 'effect').chooser.isInfeasible).toBe(true);
    expect(new ChosenWorld('crash@effect#1.after~commit#1').play('effect').chooser.isInfeasible).toBe(true);
    expect(new ChosenWorld('crash@effect#2.after').play('commit', 'effect', 'effect').chooser.isInfeasible).toBe(false);
  });

  it('makes a plan impossible where its process has gone before the crash', () => {
    const chosen = new ChosenWorld(PLAN).play('commit', 'effect');
    chosen.chooser.holds(chosen.request('commit'));
    chosen.live(2);
    chosen.send('fetch');
    expect(chosen.chooser.isInfeasible).toBe(true);
  });
});

describe('a process that freezes (GRP-9)', () => {
  const freezeMs = (sessionTimeoutMs: number): number => {
    const chosen = new ChosenWorld('-');
    chosen.request('join', { sessionTimeoutMs }).send();
    return chosen.world.freezeMs;
  };

  it('stays so until its group has given it up and its successor has worked', () => {
    expect(freezeMs(60_000)).toBe(75_000);
  });

  it('and not shorter than a minute', () => {
    expect(freezeMs(10_000)).toBe(60_000);
  });
});

describe('what strikes between requests', () => {
  it('restarts at the rest that the plan names, once', () => {
    const { chooser } = new ChosenWorld('restart@rest#2');
    expect([1, 2, 2].map((nth) => chooser.onRest(nth))).toEqual([false, true, false]);
    expect(chooser.isPlanDone).toBe(true);
  });

  it('spoils the record that the plan names, once', () => {
    const { chooser } = new ChosenWorld('poison@input#2');
    expect([1, 2, 2].map((nth) => chooser.onInput(nth))).toEqual([false, true, false]);
    expect(chooser.isPlanDone).toBe(true);
  });

  it('takes neither for the other', () => {
    expect(new ChosenWorld('restart@rest#1').chooser.onInput(1)).toBe(false);
    expect(new ChosenWorld('poison@input#1').chooser.onRest(1)).toBe(false);
  });
});
