/** Checkers of how an execution ended: to the last parameter, and what each leaves to another (L1, L2, N1, N4). */
import { describe, expect, it } from 'vitest';
import { Plot } from './plot';

function job(...records: readonly string[]): Plot {
  const plot = new Plot({}).log('out-0', {});
  plot.history.toSend.push(...records);
  return plot;
}

describe('L1 stuck', () => {
  it('says the record that waits, and why', () => {
    const said = (reason: string): unknown => ({ record: 'b', params: { record: 'b', reason } });
    const plot = new Plot().effect('a').commit('in-0@1');
    expect(plot.says('L1')).toEqual(said('idle'));
    expect(plot.says('L1', { stuck: 'deadlock' })).toEqual(said('deadlock'));
    plot.history.isStartPending = true;
    expect(plot.says('L1')).toEqual(said('idle'));
  });
  it('says deadlock of a job that waits for ever, and names what it has not sent', () => {
    const waiting = job('x', 'y').log('out-0', { 0: 'x' });
    waiting.history.isStartPending = true;
    expect(waiting.says('L1')).toEqual({ record: 'y', params: { record: 'y', reason: 'deadlock' } });
  });
  it('says the reason of a job that does not come to its end, and nothing of one that has', () => {
    const running = job('x').says('L1', { stuck: 'livelock' });
    expect(running).toEqual({ record: 'x', params: { record: 'x', reason: 'livelock' } });
    expect(job('x').says('L1')).toBeNull();
  });
  it('names no record where all is done and the program goes round', () => {
    const plot = new Plot().effect('a').effect('b');
    expect(plot.says('L1', { stuck: 'livelock' })).toEqual({
      record: null,
      params: { record: '', reason: 'livelock' },
    });
  });
  it('names the cause before what only the restart brought back', () => {
    const plot = new Plot().effect('a').idle(true).effect('b');
    expect(plot.says('L1', { stuck: 'livelock' })?.params).toMatchObject({ reason: 'livelock' });
    expect(plot.says('L1')).toEqual({ record: 'b', params: { record: 'b', reason: 'until-restart' } });
    const still = new Plot().effect('a').idle(true);
    expect(still.says('L1')?.params).toEqual({ record: 'b', reason: 'idle' });
  });
});

describe('L2 crash-out', () => {
  const thrown = { name: 'TypeError', message: 'no', line: 7 };

  it('says the last error of the program itself, its line and where it left', () => {
    const plot = new Plot().end('exit', { error: { ...thrown, line: 3 }, origin: 'start' });
    plot.end('exit', { error: thrown, origin: 'callback' }).end('crash');
    const params = { error: 'TypeError: no', line: 7, origin: 'callback' };
    expect(plot.says('L2', { hasGivenUp: true })).toEqual({ record: null, params });
  });
  it('says the exit code where there was no error, and 0 where no line is known', () => {
    const exited = new Plot().end('exit', { code: 3 });
    expect(exited.says('L2', { hasGivenUp: true })?.params).toEqual({ error: 'exit code 3', line: 0, origin: '' });
    const { name, message } = thrown;
    const nowhere = new Plot().end('exit', { error: { name, message } });
    expect(nowhere.says('L2', { hasGivenUp: true })?.params).toMatchObject({ line: 0 });
    expect(new Plot().says('L2', { hasGivenUp: true })?.params).toEqual({ error: 'exit code 1', line: 0, origin: '' });
  });
});

describe('N1 nothing-done', () => {
  it('says what was delivered and what was made up', () => {
    const plot = new Plot().deliver('a', 'in-0@0').deliver('b', 'in-0@1').effect('c', { isFabricated: true });
    expect(plot.says('N1')).toEqual({ record: null, params: { delivered: 2, fabricated: 1 } });
  });
  it('says of a job how much it has sent elsewhere', () => {
    const plot = job('x', 'y').send('z', 'out-0');
    const params = { delivered: 0, fabricated: 0, sends: 1, isJob: 1 };
    expect(plot.says('N1')).toEqual({ record: null, params });
  });
  it('is not a program that only writes records, nor one without input', () => {
    expect(new Plot().send('a', 'out-0').says('N1')).toBeNull();
    expect(new Plot({}).says('N1')).toBeNull();
  });
});

describe('N4 needless-loss', () => {
  const dropped = (): Plot => new Plot().effect('b').commit('in-0@2');

  it('says the record that no fault had touched', () => {
    expect(dropped().says('N4')).toEqual({ record: 'a', params: { record: 'a' } });
  });
  it('excuses what a process had in hand when it crashed', () => {
    expect(dropped().deliver('a', 'in-0@0').end('crash').says('N4')).toBeNull();
  });
  it.each([
    ['another record', 'in-0@1', 1, 'crash'],
    ['a record of another partition', 'in-1@0', 1, 'crash'],
    ['another process', 'in-0@0', 2, 'crash'],
    ['a process that ended by itself', 'in-0@0', 1, 'exit'],
    ['a process that was stopped', 'in-0@0', 1, 'stop'],
  ] as const)('is not excused by %s in hand', (_, place, incarnation, how) => {
    expect(dropped().deliver('a', place, { incarnation }).end(how).says('N4')?.record).toBe('a');
  });
  it('excuses it also where the handler had come back: the record may have been in a queue of the program', () => {
    expect(dropped().deliver('a', 'in-0@0', { isHandled: true }).end('crash').says('N4')).toBeNull();
  });
  it('excuses one record for each message that got lost', () => {
    const two = (): Plot => new Plot().commit('in-0@2');
    const lossy = two();
    lossy.history.losses = 1;
    expect(lossy.says('N4')?.record).toBe('b');
    lossy.history.losses = 2;
    expect(lossy.says('N4')).toBeNull();
  });
});
