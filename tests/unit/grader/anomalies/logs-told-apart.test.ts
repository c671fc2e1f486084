/** Checkers of logs: what they say to the last parameter, and what they must not mix up (A1-A6). */
import { describe, expect, it } from 'vitest';
import { Plot } from './plot';

describe('A1 lost-append', () => {
  it('says which acknowledged value is missing, and looks for it in its own partition', () => {
    const said = { record: 'a', params: { record: 'a', acknowledged: 1 } };
    expect(new Plot().log('out-0', { 0: 'b' }).send('b', 'out-0').send('a', 'out-0').says('A1')).toEqual(said);
  });
  it('is a value sent into a partition that nobody could read', () => {
    expect(new Plot().send('a', 'gone-0').says('A1')?.record).toBe('a');
  });
  it('says of a job which record it only calls done', () => {
    const plot = new Plot({}).log('out-0', { 0: 'x' });
    plot.history.toSend.push('x', 'y');
    expect(plot.says('A1')).toEqual({ record: 'y', params: { record: 'y', acknowledged: 0 } });
    plot.history.isStartPending = true;
    expect(plot.says('A1')).toBeNull();
  });
});

describe('A2 unseen', () => {
  const open = (): Plot => new Plot({}).log('out-0', { 0: 'w', 1: 'x' }).view('out-0', { 0: 'w' });

  it('says where the value stands that nobody gets to see', () => {
    const said = { record: 'x', params: { record: 'x', offset: 1, partition: 'out-0' } };
    expect(open().send('w', 'out-0').send('x', 'out-0').says('A2')).toEqual(said);
  });
  it('is also one of a committed transaction behind an open one', () => {
    const plot = open();
    expect(plot.send('x', 'out-0', { transaction: plot.transaction('commit') }).says('A2')?.record).toBe('x');
  });
  it('is not one of a transaction that is undecided: nobody has promised it', () => {
    const plot = open();
    expect(plot.send('x', 'out-0', { transaction: plot.transaction(null) }).says('A2')).toBeNull();
  });
  it('is not a value that is in no log (A1), nor one that was dropped before visible ones', () => {
    expect(open().send('y', 'out-0').says('A2')).toBeNull();
    expect(open().send('x', 'elsewhere-0').says('A2')).toBeNull();
    const dropped = new Plot({}).log('out-0', { 0: 'x', 1: 'y' }).view('out-0', { 1: 'y' });
    expect(dropped.send('x', 'out-0').says('A2')).toBeNull();
  });
  it('does not ask for values without an id', () => {
    expect(new Plot({}).log('out-0', { 0: '' }).view('out-0', {}).send('', 'out-0').says('A2')).toBeNull();
  });
});

describe('A3 duplicate-append', () => {
  it('counts the copies of the repeated value, not the log', () => {
    const plot = new Plot({}).log('out-0', { 0: 'w', 1: 'x', 2: 'y', 4: 'x', 5: 'x' });
    expect(plot.says('A3')).toEqual({ record: 'x', params: { record: 'x', count: 3 } });
  });
  it('is not one value in two partitions, nor a copy that was aborted', () => {
    expect(new Plot({}).log('out-0', { 0: 'x' }).log('out-1', { 0: 'x' }).says('A3')).toBeNull();
    expect(new Plot({}).log('out-0', { 0: 'x', 2: 'x' }).view('out-0', { 2: 'x' }).says('A3')).toBeNull();
  });
});

describe('A4 reordered-append', () => {
  const swapped = (): Plot => new Plot({}).log('out-0', { 3: 'y', 5: 'x' });

  it('says both values and both places', () => {
    const params = { record: 'y', offset: 3, other: 'x', otherOffset: 5 };
    expect(swapped().send('x', 'out-0').send('y', 'out-0').says('A4')).toEqual({ record: 'y', params });
  });
  it('compares with the send just before, in that partition', () => {
    const plot = new Plot({}).log('out-0', { 0: 'u', 2: 'z', 3: 'y', 5: 'x' }).log('out-1', { 9: 'v' });
    for (const [record, partition] of [
      ['u', 'out-0'],
      ['v', 'out-1'],
      ['y', 'out-0'],
      ['x', 'out-0'],
    ] as const)
      plot.send(record, partition);
    expect(plot.says('A4')).toBeNull();
    expect(plot.send('z', 'out-0').says('A4')?.params).toMatchObject({ record: 'z', other: 'x' });
  });
  it('is found although the same value was sent into another partition, too', () => {
    const plot = swapped().log('out-1', { 0: 'x', 1: 'y' });
    plot.send('x', 'out-0').send('y', 'out-0').send('x', 'out-1').send('y', 'out-1');
    expect(plot.says('A4')?.record).toBe('y');
  });
  it('is found among values that were sent again, where the offsets that were told are the wrong way round', () => {
    const plot = new Plot({}).log('out-0', { 0: 'y', 1: 'x', 2: 'x' });
    plot.send('x', 'out-0', { offset: 1 }).send('y', 'out-0', { offset: 0 }).send('x', 'out-0', { offset: 2 });
    expect(plot.says('A4')?.params).toEqual({ record: 'y', offset: 0, other: 'x', otherOffset: 1 });
  });
  it('is not one value whose two sends were told one place, as a retry is', () => {
    const plot = new Plot({}).log('out-0', { 0: 'x' });
    expect(plot.send('x', 'out-0', { offset: 0 }).send('x', 'out-0', { offset: 0 }).says('A4')).toBeNull();
  });
  it('is not said of values without an id, nor of a partition that nobody could read', () => {
    const nameless = new Plot({}).log('out-0', { 0: '', 1: 'x', 2: '' }).send('x', 'out-0').send('', 'out-0');
    expect(nameless.says('A4')).toBeNull();
    expect(new Plot({}).send('x', 'gone-0').send('y', 'gone-0').says('A4')).toBeNull();
  });
});

describe('A5 divergent-offset', () => {
  it('says the place and both values, the one seen first before the other', () => {
    const said = { record: 'x', params: { record: 'x', other: 'b', place: 'in-0@1' } };
    expect(new Plot().deliver('a', 'in-0@0').deliver('x', 'in-0@1').says('A5')).toEqual(said);
  });
  it('is also two producers told the same place', () => {
    const plot = new Plot({}).send('x', 'out-0', { offset: 0 }).send('y', 'out-0', { offset: 0 });
    expect(plot.says('A5')?.params).toEqual({ record: 'x', other: 'y', place: 'out-0@0' });
  });
  it('is not said of values without an id, in whichever way they were observed', () => {
    const nameless = new Plot().deliver('', 'in-0@0').deliver(undefined, 'in-0@1').log('out-0', { 0: '', 1: 'y' });
    nameless.send('x', 'out-0', { offset: 0 }).send('', 'out-0', { offset: 1 });
    expect(nameless.says('A5')).toBeNull();
  });
  it('is not said of acknowledgements without an offset (acks=0)', () => {
    expect(new Plot({}).send('x', 'out-0').send('y', 'out-0').says('A5')).toBeNull();
  });
});

describe('A6 vanished-read', () => {
  it('says which delivered value is nowhere, and where it came from', () => {
    const said = { record: 'x', params: { record: 'x', offset: 2, partition: 'in-0' } };
    expect(new Plot().deliver('b', 'in-0@1').deliver('x', 'in-0@2').says('A6')).toEqual(said);
  });
  it('looks into the partition of the delivery, empty ones too', () => {
    expect(new Plot().deliver('a', 'in-1@0').says('A6')?.record).toBe('a');
  });
  it('is not said of values without an id', () => {
    expect(new Plot().deliver('', 'in-0@2').deliver(undefined, 'in-0@3').says('A6')).toBeNull();
  });
});
