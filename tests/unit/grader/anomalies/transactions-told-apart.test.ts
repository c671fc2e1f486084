/** Checkers of transactions and zombies: to the last parameter, and by partition and transaction (A17-A26). */
import { describe, expect, it } from 'vitest';
import type { Transaction } from '../../../../src/simulation/history';
import { Plot } from './plot';

const reads = (...places: readonly string[]): Pick<Transaction, 'reads'> => ({
  reads: places.map((text) => {
    const [record, partition] = text.split('@');
    return { record: record!, partition: partition! };
  }),
});

describe('A17 aborted-read', () => {
  const aborted = (): Plot => {
    const plot = new Plot().log('out-0', { 0: 'w', 1: 'x' }).view('out-0', { 0: 'w' });
    plot.send('w', 'out-0', { transaction: plot.transaction('commit') });
    return plot.send('x', 'out-0', { transaction: plot.transaction('abort') });
  };
  it('says the value and its partition', () => {
    const said = { record: 'x', params: { record: 'x', partition: 'out-0' } };
    expect(aborted().deliver('w', 'out-0@0').deliver('x', 'out-0@1').says('A17')).toEqual(said);
    expect(aborted().view('out-0', { 0: 'w', 1: 'x' }).says('A17')).toEqual(said);
  });
  it('is not the committed value beside it, nor the same value elsewhere', () => {
    expect(aborted().deliver('w', 'out-0@0').deliver('x', 'other-0@0').says('A17')).toBeNull();
  });
  it('is not a value that was written without a transaction or in an undecided one, too, or that is input', () => {
    expect(aborted().send('x', 'out-0').deliver('x', 'out-0@1').says('A17')).toBeNull();
    const undecided = aborted();
    undecided.send('x', 'out-0', { transaction: undecided.transaction(null) });
    expect(undecided.deliver('x', 'out-0@1').says('A17')).toBeNull();
    const plot = new Plot();
    plot.send('a', 'in-0', { transaction: plot.transaction('abort') });
    expect(plot.deliver('a', 'in-0@0').says('A17')).toBeNull();
  });
});

describe('A18 precommitted-read', () => {
  const late = (decision: Transaction['decision'], decidedAfter: number): Plot => {
    const plot = new Plot().log('out-0', { 0: 'x', 1: 'y' });
    const transaction = plot.transaction(decision, { decidedAfter });
    return plot.send('y', 'out-0', { transaction: plot.transaction('commit') }).send('x', 'out-0', { transaction });
  };
  it('says the value and its partition', () => {
    const said = { record: 'x', params: { record: 'x', partition: 'out-0' } };
    expect(late('commit', 2).deliver('y', 'out-0@1').deliver('x', 'out-0@0').says('A18')).toEqual(said);
  });
  it('is also a value whose transaction was never decided', () => {
    expect(late(null, 0).deliver('x', 'out-0@0').says('A18')?.record).toBe('x');
  });
  it('is not a value of nobody, of another partition, or without an id', () => {
    const others = late(null, 0).deliver('z', 'out-0@2').deliver('x', 'in-0@0').deliver(undefined, 'out-0@3');
    expect(others.says('A18')).toBeNull();
  });
  it('is not a value that another, decided transaction wrote as well', () => {
    const plot = late(null, 0);
    expect(
      plot
        .send('x', 'out-0', { transaction: plot.transaction('commit') })
        .deliver('x', 'out-0@2')
        .says('A18'),
    ).toBeNull();
  });
  it('is not a value written without a transaction while others are open', () => {
    expect(late(null, 0).send('plain', 'out-0').deliver('plain', 'out-0@2').says('A18')).toBeNull();
  });
});

describe('A19 torn-transaction', () => {
  it('says one write that is missing, one that is there, and how many are missing', () => {
    const plot = new Plot().log('out-0', { 0: 'x', 1: 'y' }).view('out-0', { 0: 'x' });
    const transaction = plot.transaction('commit', { offsets: ['in-0@1'] });
    for (const record of ['x', 'y']) plot.send(record, 'out-0', { transaction });
    expect(plot.says('A19')).toEqual({ record: 'y', params: { record: 'y', other: 'x', missing: 2 } });
  });
  it('is also an offset that counts without its output', () => {
    const plot = new Plot().log('out-0', { 0: 'x' }).view('out-0', {});
    const transaction = plot.transaction('commit', { offsets: ['in-0@1'] });
    plot.send('x', 'out-0', { transaction }).commit('in-0@1', { transaction });
    expect(plot.says('A19')).toEqual({ record: 'x', params: { record: 'x', other: 'in-0@1', missing: 1 } });
  });
  it('goes by the offset where another transaction wrote the same value', () => {
    const plot = new Plot().log('out-0', { 0: 'x', 1: 'y', 3: 'x' }).view('out-0', { 1: 'y', 3: 'x' });
    const transaction = plot.transaction('commit');
    plot.send('x', 'out-0', { transaction, offset: 0 }).send('y', 'out-0', { transaction, offset: 1 });
    expect(plot.says('A19')?.params).toMatchObject({ record: 'x', other: 'y' });
  });
  it('does not count an offset as missing that a later commit has passed', () => {
    const plot = new Plot().log('out-0', { 0: 'x', 1: 'y' }).view('out-0', { 0: 'x' });
    const transaction = plot.transaction('commit', { offsets: ['in-0@1'] });
    plot.send('x', 'out-0', { transaction }).send('y', 'out-0', { transaction }).commit('in-0@1');
    expect(plot.says('A19')?.params).toEqual({ record: 'y', other: 'x', missing: 1 });
  });
  it('is not one of two transactions whole, the other not there at all', () => {
    const plot = new Plot().log('out-0', { 0: 'x', 2: 'y' }).view('out-0', { 0: 'x' });
    plot.send('x', 'out-0', { transaction: plot.transaction('commit') });
    expect(plot.send('y', 'out-0', { transaction: plot.transaction('abort') }).says('A19')).toBeNull();
  });
  it('is not an offset that the next commit has repeated, where one write is there and one has passed', () => {
    const plot = new Plot().log('out-0', { 0: 'x', 1: 'y' });
    const transaction = plot.transaction('commit', { offsets: ['in-0@1'] });
    plot.send('x', 'out-0', { transaction }).send('y', 'out-0', { transaction }).commit('in-0@1');
    expect(plot.says('A19')).toBeNull();
  });
});

describe('A20 offset-output-split', () => {
  it('says the committed offset, and whether the output is there', () => {
    const ahead = new Plot();
    ahead.send('b', 'out-0', { transaction: ahead.transaction('commit', { offsets: ['in-0@1'] }) });
    const params = { record: 'b', offset: 1, committed: 1, visible: 1 };
    expect(ahead.says('A20')).toEqual({ record: 'b', params });
    const behind = new Plot();
    behind.send('a', 'out-0', { transaction: behind.transaction('abort') }).commit('in-0@1');
    expect(behind.says('A20')).toEqual({ record: 'a', params: { record: 'a', offset: 0, committed: 1, visible: 0 } });
  });
  it('is not an offset of the record itself: that one is read next (OFS-2)', () => {
    const plot = new Plot();
    plot.send('a', 'out-0', { transaction: plot.transaction('abort', { offsets: ['in-0@1'] }) });
    expect(plot.commit('in-0@0').says('A20')).toBeNull();
  });
  it('does not take the offset of another partition for its own', () => {
    const plot = new Plot();
    plot.send('a', 'out-0', { transaction: plot.transaction('commit', { offsets: ['in-1@9'] }) });
    expect(plot.says('A20')?.params).toMatchObject({ record: 'a', committed: -1, visible: 1 });
  });
  it('is not an output made again by a second transaction after the first was aborted', () => {
    const plot = new Plot();
    plot.send('a', 'out-0', { transaction: plot.transaction('abort', { offsets: ['in-0@1'] }) });
    const again = plot.transaction('commit', { offsets: ['in-0@1'] });
    expect(
      plot.send('a', 'out-0', { transaction: again }).commit('in-0@1', { transaction: again }).says('A20'),
    ).toBeNull();
  });
  it('is not said of an output that was also written without a transaction, unless that failed', () => {
    const both = (outcome: 'ok' | 'fail' | 'info'): Plot => {
      const plot = new Plot().send('a', 'out-0', { outcome });
      return plot.send('a', 'out-0', { transaction: plot.transaction('abort') }).commit('in-0@1');
    };
    expect(both('ok').says('A20')).toBeNull();
    expect(both('info').says('A20')).toBeNull();
    expect(both('fail').says('A20')?.record).toBe('a');
  });
  it('is not looked at where somebody seeks, nor where a consumer of another partition begins', () => {
    const between = (place: string, from: 'committed' | 'seek'): Plot => {
      const plot = new Plot().position('in-0@0');
      plot.send('a', 'out-0', { transaction: plot.transaction('commit') });
      return plot.position(place, { from }).commit('in-0@1');
    };
    expect(between('in-0@0', 'seek').says('A20')).toBeNull();
    expect(between('in-1@0', 'committed').says('A20')).toBeNull();
    expect(between('in-0@0', 'committed').says('A20')?.record).toBe('a');
  });
  it('does not take moments of which only one half is known', () => {
    const half = (more: { commits?: number; decided?: number }): Plot => {
      const plot = new Plot();
      plot.history.ends.push({ incarnation: 1, how: 'crash', code: -1, origin: null, error: null, ...more });
      plot.send('a', 'out-0', { transaction: plot.transaction('commit') });
      return plot.commit('in-0@1');
    };
    expect(half({ decided: 0 }).says('A20')).toBeNull();
    expect(half({ commits: 0 }).says('A20')).toBeNull();
    expect(half({ commits: 0, decided: 1 }).says('A20')?.record).toBe('a');
  });
});

describe('A21 circular-information-flow', () => {
  it('says where it begins, and finds it among other reads and writes', () => {
    const plot = new Plot();
    plot.transaction('commit', { transactionalId: 'idle' });
    const one = plot.transaction('commit', { transactionalId: 'one', ...reads('y@out-0', 'a@in-0') });
    const two = plot.transaction('commit', { transactionalId: 'two', ...reads('b@in-0', 'x@out-0') });
    plot.send('w', 'out-0', { transaction: one }).send('x', 'out-0', { transaction: one });
    plot.send('y', 'out-0', { transaction: two }).send('z', 'out-0', { transaction: two });
    expect(plot.says('A21')).toEqual({ record: 'y', params: { record: 'y', id: 'one' } });
  });
  it('is not a chain that ends in a circle: it is said of those within', () => {
    const plot = new Plot();
    const [first, one, two] = [
      plot.transaction('commit', { transactionalId: 'first' }),
      plot.transaction('commit', { transactionalId: 'one', ...reads('f@out-0', 'y@out-0') }),
      plot.transaction('commit', { transactionalId: 'two', ...reads('x@out-0') }),
    ];
    plot.send('f', 'out-0', { transaction: first }).send('x', 'out-0', { transaction: one });
    expect(plot.send('y', 'out-0', { transaction: two }).says('A21')?.params).toEqual({ record: 'f', id: 'one' });
  });
  it('is a circle of three', () => {
    const plot = new Plot();
    for (const [read, written] of ['zx', 'xy', 'yz'].map((pair) => pair.split('')))
      plot.send(written!, 'out-0', { transaction: plot.transaction('commit', reads(`${read!}@out-0`)) });
    expect(plot.says('A21')?.record).toBe('z');
  });
  it('is not the input of the same id, read from elsewhere, nor what was written without a transaction', () => {
    const plot = new Plot();
    const one = plot.transaction('commit', reads('y@in-0', 'other@out-0'));
    const two = plot.transaction('commit', reads('x@in-0', 'plain@out-0'));
    plot.send('x', 'out-0', { transaction: one }).send('y', 'out-0', { transaction: two }).send('plain', 'out-0');
    expect(plot.says('A21')).toBeNull();
  });
});

describe('A22 interleaved-writes', () => {
  const written = (log: Readonly<Record<number, string>>): Plot => {
    const plot = new Plot().log('out-0', log);
    const [one, two] = [plot.transaction('commit'), plot.transaction('commit')];
    for (const record of ['x1', 'x2', 'x3']) plot.send(record, 'out-0', { transaction: one });
    return plot.send('y', 'out-0', { transaction: two }).send('plain', 'out-0');
  };
  it('says the write that comes after the other one, and its partition', () => {
    const said = { record: 'x3', params: { record: 'x3', partition: 'out-0' } };
    expect(written({ 0: 'x1', 1: 'x2', 2: 'y', 3: 'x3' }).says('A22')).toEqual(said);
  });
  it('is not a record without a transaction between, nor one transaction beginning after another', () => {
    expect(written({ 0: 'x1', 1: 'plain', 2: 'x2', 3: 'y', 4: 'plain' }).says('A22')).toBeNull();
    expect(written({ 0: 'plain', 1: 'x1', 2: 'strange', 3: 'x2', 4: 'plain' }).says('A22')).toBeNull();
  });
  it('is not one transaction writing on and on', () => {
    expect(written({ 0: 'x1', 1: 'x2', 2: 'x3', 3: 'y' }).says('A22')).toBeNull();
  });
  it('is judged partition by partition', () => {
    expect(written({ 0: 'x1', 1: 'y' }).log('out-1', { 0: 'x2' }).says('A22')).toBeNull();
  });
});

describe('A23 zombie-write, A24 zombie-commit, A25 misattributed-end', () => {
  it('A23 says the record and the life that wrote it, an effect before a send', () => {
    const said = { record: 'b', params: { record: 'b', incarnation: 3 } };
    const plot = new Plot().effect('a').send('a', 'out-0');
    plot.send('b', 'out-0', { isZombie: true, incarnation: 3 });
    expect(plot.says('A23')).toEqual(said);
    expect(plot.effect('a', { isZombie: true, incarnation: 2 }).says('A23')).toEqual({
      record: 'a',
      params: { record: 'a', incarnation: 2 },
    });
  });
  it('A23 is a zombie whose transaction is committed, or still undecided', () => {
    for (const decision of ['commit', null] as const) {
      const plot = new Plot();
      plot.send('a', 'out-0', { isZombie: true, transaction: plot.transaction(decision) });
      expect(plot.says('A23')?.record).toBe('a');
    }
  });
  it('A24 says the partition, the offset and the life that committed', () => {
    const plot = new Plot().commit('in-0@2', { incarnation: 2 }).commit('in-0@1', { isZombie: true, incarnation: 4 });
    expect(plot.says('A24')).toEqual({ record: null, params: { partition: 'in-0', offset: 1, incarnation: 4 } });
  });
  it('A25 says what was asked and what was decided', () => {
    const plot = new Plot();
    plot.transaction('commit');
    plot.transaction('abort', { transactionalId: 'copy', asked: 'commit', isMisattributed: true });
    expect(plot.says('A25')).toEqual({ record: null, params: { id: 'copy', asked: 'commit', decision: 'abort' } });
    const unasked = new Plot();
    unasked.transaction(null, { isMisattributed: true });
    expect(unasked.says('A25')?.params).toMatchObject({ asked: '', decision: '' });
  });
});

describe('A26 outbox-split', () => {
  it('is not a message without an id', () => {
    const plot = new Plot({}).log('events-0', { 0: '', 1: 'a' });
    plot.history.outbox = { topic: 'events', rows: new Set(['a']) };
    expect(plot.says('A26')).toBeNull();
  });
});
