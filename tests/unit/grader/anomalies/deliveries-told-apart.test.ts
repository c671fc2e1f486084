/** Checkers of deliveries, commits and effects: to the last parameter, and by group, partition and life (A7-A16, A27, A28). */
import { describe, expect, it } from 'vitest';
import { Plot } from './plot';

describe('A7 lost-record', () => {
  it('says what was lost, how far the group is, and whether it had been delivered', () => {
    const plot = new Plot().deliver('b', 'in-1@1').deliver('b', 'in-0@1').deliver('b', 'in-0@1').effect('a');
    const params = { record: 'b', offset: 1, committed: 2, delivered: 2 };
    expect(plot.commit('in-0@2').says('A7')).toEqual({ record: 'b', params });
  });
  it('is not a commit of another partition', () => {
    expect(new Plot().commit('in-1@2').says('A7')).toBeNull();
  });
  it('leaves to A28 only poison, and only where it has a topic', () => {
    const poisoned = (topic: string | null): Plot => {
      const plot = new Plot().effect('b').commit('in-0@2');
      plot.history.poison.add('a');
      plot.history.deadLetterTopic = topic;
      return plot;
    };
    expect(poisoned('dead').says('A7')).toBeNull();
    expect(poisoned(null).says('A7')?.record).toBe('a');
    const good = poisoned('dead');
    good.history.poison.clear();
    expect(good.says('A7')?.record).toBe('a');
  });
});

describe('A8 premature-commit', () => {
  it('says the record that had no effect yet at the commit, and the offset', () => {
    const plot = new Plot().effect('a').commit('in-0@1').commit('in-0@2').effect('b');
    expect(plot.says('A8')).toEqual({ record: 'b', params: { record: 'b', offset: 1, committed: 2 } });
  });
  it('is also a commit over an effect that was made up, or that is gone', () => {
    expect(new Plot().effect('a', { isFabricated: true }).commit('in-0@1').says('A8')?.record).toBe('a');
    expect(new Plot().effect('a', { isUndone: true }).commit('in-0@1').says('A8')?.record).toBe('a');
  });
  it('is not a commit of another partition, nor one at which nobody knew the effects', () => {
    expect(new Plot().commit('in-1@2').says('A8')).toBeNull();
    expect(new Plot().commit('in-0@2', { effects: undefined }).says('A8')).toBeNull();
  });
});

describe('A10 duplicate-delivery', () => {
  it('says the record, or its place where it is none of the input', () => {
    const twice = new Plot().deliver('b', 'in-0@1').deliver('b', 'in-0@1').deliver('b', 'in-0@1');
    expect(twice.says('A10')).toEqual({ record: 'b', params: { record: 'b', count: 2 } });
    const own = new Plot().deliver(undefined, 'out-0@3').deliver(undefined, 'out-0@3');
    expect(own.says('A10')).toEqual({ record: null, params: { record: 'out-0@3', count: 2 } });
  });
  it('is not one offset of two partitions', () => {
    expect(new Plot({ a: 'in-0@0', b: 'in-1@0' }).deliver('a', 'in-0@0').deliver('b', 'in-1@0').says('A10')).toBeNull();
  });
  it('names the record of its own partition', () => {
    const plot = new Plot({ a: 'in-0@0', b: 'in-1@0' }).deliver('b', 'in-1@0').deliver('b', 'in-1@0');
    expect(plot.says('A10')?.record).toBe('b');
  });
});

describe('A11 wrong-fold', () => {
  const folded = (plot: Plot, actual: number | string): Plot => {
    plot.history.fold = { expected: new Map([['sum', 3]]), actual: new Map([['sum', actual]]) };
    return plot;
  };
  it('says the record whose effect is missing or one too many, where there is one', () => {
    const params = { key: 'sum', expected: 3, actual: 4 };
    const twice = folded(new Plot().effect('a').effect('b').effect('b'), 4);
    expect(twice.says('A11')).toEqual({ record: 'b', params: { record: 'b', ...params } });
    expect(folded(new Plot().effect('b'), 4).says('A11')?.record).toBe('a');
    const once = folded(new Plot().effect('a').effect('b'), 4);
    expect(once.says('A11')).toEqual({ record: null, params: { record: '', ...params } });
  });
  it('tells the story of the record that its key names, though another has no effect', () => {
    const plot = new Plot().effect('b');
    plot.history.fold = { expected: new Map([['b', 'lamp × 2']]), actual: new Map([['b', 'lamp × 4']]) };
    expect(plot.says('A11')?.record).toBe('b');
  });
  it('says what is there under a key that the input does not have', () => {
    const plot = folded(new Plot().effect('a').effect('b'), 3);
    plot.history.fold = { ...plot.history.fold!, actual: new Map([...plot.history.fold!.actual, ['more', 1]]) };
    expect(plot.says('A11')?.params).toEqual({ record: '', key: 'more', expected: '–', actual: 1 });
  });
  it('takes a number and its text for the same', () => {
    expect(folded(new Plot(), '3').says('A11')).toBeNull();
  });
  it('is not said of a program that was given up, nor where nothing is summed up', () => {
    expect(folded(new Plot(), 4).says('A11', { hasGivenUp: true })).toBeNull();
    expect(new Plot().says('A11')).toBeNull();
  });
});

describe('A12 stale-overwrite', () => {
  it('is found beside records without a key, and effects of records that are no input', () => {
    const plot = new Plot({ plain: 'in-0@0', old: 'in-0@1', new: 'in-0@2' });
    for (const [index, key] of [null, 'k', 'k'].entries()) Object.assign(plot.history.input[index]!, { key });
    plot.effect('ghost').effect('plain').effect('new').effect('old').effect('plain');
    expect(plot.says('A12')).toEqual({ record: 'old', params: { record: 'old', other: 'new', key: 'k' } });
  });
  it('is not the newest record applied twice, nor records without keys (absent or null)', () => {
    expect(new Plot(undefined, ['k', 'k']).effect('a').effect('b').effect('b').says('A12')).toBeNull();
    const plot = new Plot({ a: 'in-0@0', b: 'in-0@1', c: 'in-0@2', d: 'in-0@3', e: 'in-0@4' });
    for (const [index, key] of [undefined, undefined, null, null, 'k'].entries())
      Object.assign(plot.history.input[index]!, { key });
    expect(plot.effect('b').effect('a').effect('d').effect('c').says('A12')).toBeNull();
  });
  it('is not said of a key whose text is null or undefined and a record without one', () => {
    const plot = new Plot({ a: 'in-0@0', b: 'in-0@1', c: 'in-0@2', d: 'in-0@3' });
    for (const [index, key] of [undefined, 'undefined', null, 'null'].entries())
      Object.assign(plot.history.input[index]!, { key });
    expect(plot.effect('b').effect('a').effect('d').effect('c').says('A12')).toBeNull();
  });
});

describe('A13 poll-skip', () => {
  it('says what was next and what came, one step back', () => {
    const plot = new Plot().position('in-0@0').deliver('a', 'in-0@0').deliver('b', 'in-0@1').deliver('b', 'in-0@1');
    const params = { partition: 'in-0', offset: 1, expected: 2, record: 'b' };
    expect(plot.says('A13')).toEqual({ record: 'b', params });
    const nameless = new Plot().position('in-0@1').deliver(undefined, 'in-0@0');
    expect(nameless.says('A13')).toEqual({ record: null, params: { ...params, offset: 0, expected: 1, record: '' } });
  });
  it('says the first record that was passed over', () => {
    const plot = new Plot({ a: 'in-0@0', b: 'in-0@2', c: 'in-0@4' }).position('in-0@1').deliver('c', 'in-0@4');
    const params = { partition: 'in-0', offset: 4, expected: 2, record: 'b' };
    expect(plot.says('A13')).toEqual({ record: 'b', params });
  });
  it('keeps groups, partitions and lives apart', () => {
    const plot = new Plot({ a: 'in-0@0', b: 'in-0@1', c: 'in-1@0', d: 'in-1@1' });
    plot
      .position('in-0@0')
      .position('in-1@1')
      .position('in-0@1', { incarnation: 2 })
      .position('in-0@0', { group: 'h' });
    plot.deliver('a', 'in-0@0').deliver('d', 'in-1@1').deliver('b', 'in-0@1', { incarnation: 2 });
    expect(plot.deliver('a', 'in-0@0', { group: 'h' }).deliver('b', 'in-0@1').says('A13')).toBeNull();
  });
  it('does not judge deliveries of a reader that never got a position', () => {
    const plot = new Plot().position('in-0@0').deliver('a', 'in-0@0').deliver('b', 'in-0@1', { incarnation: 2 });
    expect(plot.says('A13')).toBeNull();
  });
  it('goes by what the isolation level of the reader shows', () => {
    const aborted = (): Plot =>
      new Plot({}).log('out-0', { 0: 'x', 2: 'y' }).view('out-0', { 2: 'y' }).position('out-0@0');
    expect(aborted().deliver('y', 'out-0@2').says('A13')).toBeNull();
    const all = aborted().deliver('y', 'out-0@2', { isolation: 'read_uncommitted' });
    expect(all.says('A13')?.record).toBe('x');
  });
  it('says nothing of a partition that nobody could read at the end', () => {
    const plot = new Plot().position('gone-0@0').deliver('x', 'gone-0@4', { isolation: 'read_uncommitted' });
    expect(plot.says('A13')).toBeNull();
  });
});

describe('A14 offset-regression', () => {
  it('says the partition and both offsets', () => {
    const params = { partition: 'in-0', offset: 1, before: 2 };
    expect(new Plot().commit('in-0@2').commit('in-0@1').says('A14')).toEqual({ record: null, params });
  });
  it('is not a lower offset of another partition or another group', () => {
    expect(new Plot().commit('in-0@2').commit('in-1@1').commit('in-0@1', { group: 'h' }).says('A14')).toBeNull();
  });
});

describe('A15 off-by-one-commit', () => {
  const done = (): Plot => new Plot().deliver('a', 'in-0@0').deliver('b', 'in-0@1').commit('in-0@1');

  it('says the record, its offset and what is committed', () => {
    const params = { record: 'b', offset: 1, committed: 1, isNewGroup: 0 };
    const plot = done().commit('in-0@2', { group: 'h' }).commit('in-1@2').idle().commit('in-0@2');
    expect(plot.deliver('b', 'in-0@1').says('A15')).toEqual({ record: 'b', params });
  });
  it('says of a group that is new at each start that nothing was committed', () => {
    const params = { record: 'a', offset: 0, committed: -1, isNewGroup: 1 };
    const plot = done().idle().deliver('a', 'in-0@0', { group: 'h' });
    expect(plot.says('A15')).toEqual({ record: 'a', params });
  });
  it('says the place of what is none of the input', () => {
    const plot = new Plot().deliver(undefined, 'out-0@3').idle().deliver(undefined, 'out-0@3');
    const params = { record: 'out-0@3', offset: 3, committed: -1, isNewGroup: 0 };
    expect(plot.says('A15')).toEqual({ record: null, params });
  });
  it('is not the delivery of another partition', () => {
    expect(done().idle().deliver('a', 'in-1@0').says('A15')).toBeNull();
  });
});

describe('A16 commit-beyond-position', () => {
  it('says how far its sender had come', () => {
    const plot = new Plot().position('in-0@0').deliver('a', 'in-0@0').commit('in-0@2');
    expect(plot.says('A16')).toEqual({ record: null, params: { partition: 'in-0', offset: 2, position: 1 } });
    const none = new Plot().position('in-1@0').commit('in-0@1');
    expect(none.says('A16')?.params).toEqual({ partition: 'in-0', offset: 1, position: -1 });
  });
  it.each([
    ['another group', { group: 'h' }],
    ['another partition', { partition: 'in-1' }],
    ['another life', { incarnation: 2 }],
  ])('does not go by the position or the deliveries of %s', (_, other) => {
    const plot = new Plot({ a: 'in-0@0', b: 'in-0@1', c: 'in-1@0', d: 'in-1@1' })
      .position('in-0@0')
      .deliver('a', 'in-0@0');
    plot.position('in-0@2', other).commit('in-0@2');
    expect(plot.says('A16')?.params).toMatchObject({ position: 1 });
    const delivered = new Plot().position('in-0@0').deliver('a', 'in-0@0');
    expect(delivered.deliver('b', 'in-0@1', other).commit('in-0@2').says('A16')?.params).toMatchObject({ position: 1 });
  });
  it('goes by the furthest position, whatever came after it', () => {
    const plot = new Plot().position('in-0@2').position('in-0@0', { from: 'seek' }).commit('in-0@2');
    expect(plot.says('A16')).toBeNull();
    const seen = new Plot().position('in-0@0').deliver('b', 'in-0@1').deliver('a', 'in-0@0').commit('in-0@2');
    expect(seen.says('A16')).toBeNull();
  });
  it('is not a commit of where the sender is, the last offset of the log included', () => {
    const gap = new Plot({ a: 'in-0@0', b: 'in-0@3' }).position('in-0@0').deliver('a', 'in-0@0');
    expect(gap.commit('in-0@1').commit('in-0@3').says('A16')).toBeNull();
    expect(gap.commit('in-0@4').says('A16')).not.toBeNull();
  });
  it('is a commit beyond the end of the log by more than there can be markers', () => {
    const done = (): Plot => new Plot().position('in-0@0').deliver('a', 'in-0@0').deliver('b', 'in-0@1');
    expect(done().commit('in-0@3').says('A16')?.params).toMatchObject({ offset: 3, position: 2 });
    const withMarker = done();
    withMarker.transaction('commit');
    expect(withMarker.commit('in-0@3').says('A16')).toBeNull();
    expect(withMarker.commit('in-0@4').says('A16')).not.toBeNull();
  });
  it('goes by the input of that partition where there was no final read', () => {
    const plot = new Plot({ a: 'in-0@0', b: 'in-0@1', c: 'in-1@7' }).position('in-0@0').deliver('a', 'in-0@0');
    plot.history.finalLog.clear();
    expect(plot.deliver('b', 'in-0@1').commit('in-0@2').says('A16')).toBeNull();
    expect(plot.commit('in-0@5').says('A16')?.params).toMatchObject({ offset: 5, position: 2 });
    const skipped = new Plot().position('in-0@0').commit('in-0@2');
    skipped.history.finalLog.clear();
    // So many transactions that their markers alone could make the log that long.
    for (let i = 0; i < 2; i += 1) skipped.transaction('commit');
    expect(skipped.says('A16')?.params).toMatchObject({ offset: 2, position: 0 });
  });
  it('is not the commit of a position that lies beyond a log cut short: its sender was put there', () => {
    expect(new Plot().position('in-0@9').commit('in-0@9').says('A16')).toBeNull();
  });
  it('says nothing where nobody knows of positions', () => {
    expect(new Plot().commit('in-0@2').says('A16')).toBeNull();
  });
});

describe('A27 reset-skip', () => {
  it('says the record and the offset of the reset that passed over it', () => {
    const plot = new Plot().position('in-0@0').deliver('a', 'in-0@0').position('in-0@2', { from: 'reset' });
    expect(plot.says('A27')).toEqual({ record: 'b', params: { record: 'b', offset: 1, reset: 2 } });
  });
  it.each(['committed', 'seek'] as const)('is not a position from %s beyond it', (from) => {
    expect(new Plot().position('in-0@0').position('in-0@2', { from }).says('A27')).toBeNull();
  });
  it('is not a reset to the record itself, nor below it', () => {
    const plot = new Plot().position('in-0@1').position('in-0@1', { from: 'reset' });
    expect(plot.position('in-0@0', { from: 'reset' }).says('A27')).toBeNull();
  });
  it('is not a reset of another partition, nor a record of a partition that the group never had', () => {
    const plot = new Plot({ a: 'in-0@0', b: 'in-1@0' }).position('in-0@0', { from: 'reset' });
    expect(plot.position('in-1@5', { from: 'reset' }).says('A27')).toBeNull();
    expect(new Plot({ a: 'in-0@0', b: 'in-1@0' }).position('in-0@1', { from: 'reset' }).says('A27')).toBeNull();
  });
});

describe('A28 poison-misrouted', () => {
  const withPoison = (topic: string | null = 'dead'): Plot => {
    const plot = new Plot();
    plot.history.poison.add('a');
    plot.history.deadLetterTopic = topic;
    return plot;
  };
  it('says whether the record was a good one', () => {
    expect(withPoison().commit('in-0@1').says('A28')).toEqual({ record: 'a', params: { record: 'a', good: 0 } });
    const good = withPoison().log('dead-0', { 0: 'a', 1: 'b' });
    expect(good.says('A28')).toEqual({ record: 'b', params: { record: 'b', good: 1 } });
  });
  it('is not poison that had an effect after all', () => {
    expect(withPoison().effect('a').commit('in-0@1').says('A28')).toBeNull();
  });
  it('looks at every partition of that topic, however many, and at no topic of a like name', () => {
    expect(withPoison().log('dead-12', { 0: 'a' }).commit('in-0@1').says('A28')).toBeNull();
    expect(withPoison().log('dead-2-0', { 0: 'a' }).commit('in-0@1').says('A28')).not.toBeNull();
    expect(withPoison('dead-2').log('dead-2-0', { 0: 'a' }).commit('in-0@1').says('A28')).toBeNull();
  });
  it('is said only where there is poison and a topic for it', () => {
    expect(withPoison(null).commit('in-0@1').says('A28')).toBeNull();
    const clean = withPoison().log('dead-0', { 0: 'b' });
    clean.history.poison.clear();
    expect(clean.says('A28')).toBeNull();
  });
});
