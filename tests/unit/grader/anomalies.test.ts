/** Each anomaly with hand-written histories that show it and near misses that do not (exploration.md f). */
import { describe, expect, it } from 'vitest';
import { ANOMALIES, nothingDone } from '../../../src/grader/anomalies';
import type { Evidence } from '../../../src/grader/anomalies/anomaly';
import { History } from '../../../src/simulation/history';
import type { AnomalyId } from '../../../src/grader/verdict';
import type { StuckReason } from '../../../src/simulation/trace';

/** Three records a, b, c at offsets 0, 1, 2 of orders-0. */
class Story {
  readonly history = new History();
  stuck: StuckReason | null = null;
  hasGivenUp = false;

  constructor() {
    ['a', 'b', 'c'].forEach((id, offset) => this.history.input.push({ id, partition: 'orders-0', offset }));
    this.history.finalLog.set(
      'orders-0',
      this.history.input.map(({ id, offset }) => ({ offset, record: id })),
    );
  }

  deliver(offset: number, group = 'g', incarnation = 1): this {
    this.history.deliveries.push({ group, partition: 'orders-0', offset, incarnation });
    return this;
  }

  effect(record: string, isFabricated = false): this {
    this.history.effects.push({ record, service: 'shipping', incarnation: 1, isFabricated });
    return this;
  }

  commit(offset: number, group = 'g'): this {
    this.history.commits.push({ group, partition: 'orders-0', offset, incarnation: 1 });
    return this;
  }

  send(record: string, outcome: 'ok' | 'fail' | 'info'): this {
    this.history.sends.push({
      record,
      partition: 'orders-0',
      outcome,
      incarnation: 1,
      offset: null,
      transaction: null,
    });
    return this;
  }

  log(...records: string[]): this {
    this.history.finalLog.set(
      'orders-0',
      records.map((record, offset) => ({ offset, record })),
    );
    return this;
  }

  idleRestart(isLosingForbidden = false): this {
    this.history.markIdleRestart(isLosingForbidden);
    return this;
  }

  /** All three delivered, applied and committed. */
  allDone(): this {
    for (const [offset, id] of ['a', 'b', 'c'].entries())
      this.deliver(offset)
        .effect(id)
        .commit(offset + 1);
    return this;
  }
}

function found(id: AnomalyId, evidence: Evidence): { record: string | null } | null {
  const anomaly = id === 'N1' ? nothingDone : ANOMALIES.find((candidate) => candidate.id === id)!;
  return anomaly.check(evidence);
}

describe('A1 lost-append', () => {
  it('is an acknowledged send whose value is not in the log', () => {
    expect(found('A1', new Story().send('x', 'ok'))).toMatchObject({ record: 'x' });
  });
  it.each(['info', 'fail'] as const)('is not a send with outcome %s', (outcome) => {
    expect(found('A1', new Story().send('x', outcome))).toBeNull();
  });
  it('is not an acknowledged send that is there', () => {
    expect(found('A1', new Story().send('a', 'ok'))).toBeNull();
  });
});

describe('A3 duplicate-append', () => {
  it('is one value at two offsets', () => {
    expect(found('A3', new Story().log('a', 'b', 'a'))).toMatchObject({ record: 'a', params: { count: 2 } });
  });
  it('is not two values without an id', () => {
    expect(found('A3', new Story().log('', ''))).toBeNull();
  });
});

describe('A7 lost-record', () => {
  it('is a committed record without an effect', () => {
    expect(found('A7', new Story().deliver(0).effect('a').commit(2))).toMatchObject({ record: 'b' });
  });
  it('is also one whose only effect was made up', () => {
    expect(found('A7', new Story().effect('a', true).commit(1))).toMatchObject({ record: 'a' });
  });
  it('is not a record at the committed offset: that one is read next (OFS-2)', () => {
    expect(found('A7', new Story().deliver(0).effect('a').commit(1))).toBeNull();
  });
  it('is not a record of a group that has committed nothing', () => {
    expect(found('A7', new Story())).toBeNull();
  });
  it('is also one that only the idle restart brings back', () => {
    expect(
      found('A7', new Story().deliver(0).effect('a').commit(3).idleRestart().deliver(1).effect('b').commit(4)),
    ).toMatchObject({ record: 'b' });
  });
  it('goes by the last commit: one that went back gives the record up no more (OFS-3)', () => {
    expect(found('A7', new Story().effect('a').commit(3).commit(1))).toBeNull();
  });
});

describe('A9 duplicate-effect', () => {
  it('is an effect applied twice', () => {
    expect(found('A9', new Story().effect('a').effect('b').effect('b'))).toMatchObject({
      record: 'b',
      params: { count: 2 },
    });
  });
  it('is not a record delivered twice and applied once', () => {
    expect(found('A9', new Story().deliver(0).deliver(0).effect('a'))).toBeNull();
  });
});

describe('A10 duplicate-delivery', () => {
  it('is a handler entered twice with one record', () => {
    expect(found('A10', new Story().deliver(0).deliver(0))).toMatchObject({ record: 'a', params: { count: 2 } });
  });
  it('is not one record delivered to two groups', () => {
    expect(found('A10', new Story().deliver(0, 'g').deliver(0, 'h'))).toBeNull();
  });
  it('is not the repeat of the idle restart, which is A15', () => {
    expect(found('A10', new Story().allDone().idleRestart().deliver(2))).toBeNull();
  });
});

describe('A15 off-by-one-commit', () => {
  it('is a record that comes again after an idle restart', () => {
    expect(found('A15', new Story().allDone().idleRestart().deliver(2))).toMatchObject({ record: 'c' });
  });
  it('names the commit of the group that reads again, and none for a group with a new name (FET-7)', () => {
    const story = new Story().allDone().idleRestart();
    expect(found('A15', story.deliver(1))).toMatchObject({ params: { committed: 3 } });
    expect(found('A15', new Story().allDone().idleRestart().deliver(1, 'new'))).toMatchObject({
      record: 'b',
      params: { committed: -1 },
    });
  });
  it('is not a record that comes for the first time then', () => {
    expect(found('A15', new Story().deliver(0).effect('a').commit(1).idleRestart().deliver(1))).toBeNull();
  });
  it('is not a repeat before the idle restart', () => {
    expect(found('A15', new Story().deliver(0).deliver(0).idleRestart())).toBeNull();
  });
});

describe('L1 stuck', () => {
  it('is a record without an effect that nobody has given up', () => {
    expect(found('L1', new Story().deliver(0).effect('a').commit(1))).toMatchObject({
      record: 'b',
      params: { reason: 'idle' },
    });
  });
  it('is not a record that was skipped: that is A7', () => {
    expect(found('L1', new Story().commit(3))).toBeNull();
  });
  it('is a program that goes round for ever with all its work done', () => {
    const story = new Story().allDone();
    story.stuck = 'poison-loop';
    expect(found('L1', story)).toMatchObject({ params: { reason: 'poison-loop' } });
  });
  it('is a record that only the idle restart has brought back, where nothing may be lost', () => {
    const restarted = (isLosingForbidden: boolean): Story =>
      new Story().deliver(0).effect('a').commit(1).idleRestart(isLosingForbidden).effect('b').effect('c').commit(3);
    expect(found('L1', restarted(true))).toMatchObject({ record: 'b', params: { reason: 'until-restart' } });
    expect(found('L1', restarted(false))).toBeNull();
  });
  it('is not what had its effect before the idle restart, though nobody committed it', () => {
    const story = new Story().effect('a').effect('b').effect('c').idleRestart(true);
    for (const effect of story.history.effects) effect.isUndone = true;
    expect(found('L1', story.effect('a').effect('b').effect('c'))).toBeNull();
  });
  it.each(['deadlock', 'budget'] as const)('is not a program with all its work done that ends in %s', (reason) => {
    const story = new Story().allDone();
    story.stuck = reason;
    expect(found('L1', story)).toBeNull();
  });
  it('says that a handler came back and left its record without an effect', () => {
    const story = new Story().deliver(0).effect('a').deliver(1);
    expect(found('L1', story)).toMatchObject({ record: 'b', params: { reason: 'idle' } });
    Object.assign(story.history.deliveries[1]!, { isHandled: true });
    expect(found('L1', story)).toMatchObject({ record: 'b', params: { reason: 'dropped' } });
  });
  it('names the record that is delivered again and again, where it is one', () => {
    const story = new Story().deliver(0).effect('a').deliver(0).deliver(0);
    story.stuck = 'poison-loop';
    expect(found('L1', story)).toMatchObject({ record: 'a', params: { reason: 'poison-loop' } });
    expect(found('L1', story.deliver(1).deliver(2).deliver(1).deliver(2))).toMatchObject({ record: 'b' });
  });
});

describe('L2 crash-out', () => {
  it('is a program that the supervisor has given up', () => {
    const story = new Story();
    story.hasGivenUp = true;
    const error = { name: 'TypeError', message: 'x is not a function', line: 7 };
    story.history.ends.push({ incarnation: 1, how: 'exit', code: 1, origin: 'start', error });
    expect(found('L2', story)).toMatchObject({ params: { error: 'TypeError: x is not a function', line: 7 } });
    expect(found('L1', story)).toBeNull();
  });
  it('is not a program that ended with an error once and went on', () => {
    const story = new Story().allDone();
    story.history.ends.push({ incarnation: 1, how: 'exit', code: 1, origin: 'start', error: null });
    expect(found('L2', story)).toBeNull();
  });
});

describe('N1 nothing-done', () => {
  it('is a healthy program without any effect', () => {
    expect(found('N1', new Story().deliver(0).commit(1))).not.toBeNull();
  });
  it('is also one whose effects were all made up', () => {
    expect(found('N1', new Story().effect('a', true))).not.toBeNull();
  });
  it('is not a program with an effect', () => {
    expect(found('N1', new Story().deliver(0).effect('a'))).toBeNull();
  });
  it('is not a stuck program: that one has a cause', () => {
    const story = new Story();
    story.stuck = 'deadlock';
    expect(found('N1', story)).toBeNull();
  });
});

describe('A11 wrong-fold', () => {
  const folded = (actual: readonly (readonly [string, string])[]): Story => {
    const story = new Story().allDone();
    story.history.fold = { expected: new Map([['alice', '12.50']]), actual: new Map(actual) };
    return story;
  };
  it('is a sum that the input does not come to', () => {
    const params = { key: 'alice', expected: '12.50', actual: '25.00' };
    expect(found('A11', folded([['alice', '25.00']]))).toMatchObject({ params });
  });
  it('is a key that is missing, and one that is too many', () => {
    expect(found('A11', folded([]))).toMatchObject({ params: { key: 'alice', actual: '–' } });
    expect(
      found(
        'A11',
        folded([
          ['alice', '12.50'],
          ['bob', '1.00'],
        ]),
      ),
    ).toMatchObject({ params: { key: 'bob' } });
  });
  it('is not a sum that is right, nor one of a program that did not come to its end', () => {
    expect(found('A11', folded([['alice', '12.50']]))).toBeNull();
    const story = folded([['alice', '25.00']]);
    story.stuck = 'poison-loop';
    expect(found('A11', story)).toBeNull();
  });
  it('does not count an effect whose row is gone (A9)', () => {
    const story = new Story().allDone().effect('b');
    expect(found('A9', story)).not.toBeNull();
    story.history.effects.at(-1)!.isUndone = true;
    expect(found('A9', story)).toBeNull();
  });
});
