/** Where faults strike: at counted points of a program, and for several clients at once. */
import { describe, expect, it } from 'vitest';
import { parseExecution } from '../../src/grader/plan';
import { SharedFaults } from './drivers/live/shared-faults';
import { Points } from './labs/points';

const planOf = (code: string) => parseExecution(code).plan;

describe('counted points', () => {
  it('a crash before the second effect strikes at its request and nowhere else', () => {
    let kills = 0;
    const points = new Points(planOf('v0:crash@effect#2.before'), () => (kills += 1));
    expect([points.request('effect'), points.answer('effect'), points.request('commit')]).toEqual([
      'pass',
      'pass',
      'pass',
    ]);
    expect(kills).toBe(0);
    expect(points.request('effect')).toBe('lose');
    expect([kills, points.isPlanDone]).toEqual([1, true]);
    expect(points.request('effect')).toBe('pass');
  });

  it('a crash after it strikes when it has been carried out', () => {
    let kills = 0;
    const points = new Points(planOf('v0:crash@effect#1.after'), () => (kills += 1));
    expect([points.request('effect'), kills]).toEqual(['pass', 0]);
    expect([points.answer('effect'), kills]).toEqual(['lose', 1]);
  });

  it('faults strike in the order of the plan', () => {
    const points = new Points(planOf('v0:lost-answer@produce#2+lost-request@produce#3'), () => undefined);
    const seen = [1, 2, 3].flatMap(() => [points.request('produce'), points.answer('produce')]);
    expect(seen).toEqual(['pass', 'pass', 'pass', 'lose', 'lose', 'pass']);
  });

  it('answers belong to the oldest request, also with several under way', () => {
    const points = new Points(planOf('v0:lost-answer@produce#1'), () => undefined);
    points.request('produce');
    points.request('produce');
    expect([points.answer('produce'), points.answer('produce')]).toEqual(['lose', 'pass']);
  });

  it('a restart strikes at its rest', () => {
    const points = new Points(planOf('v0:restart@rest#2'), () => undefined);
    expect([points.rest(1), points.rest(2), points.rest(3)]).toEqual([false, true, false]);
  });
});

describe('faults that several runs share', () => {
  it('strike once, when all have come to them, at all brokers that were named', async () => {
    const struck: (readonly number[])[] = [];
    const faults = new SharedFaults(2);
    const act = (ids: readonly number[]): Promise<void> => {
      struck.push(ids);
      return Promise.resolve();
    };
    const first = faults.meet('kill', [1], act);
    expect(struck).toEqual([]);
    await Promise.all([first, faults.meet('kill', [1, 2], act)]);
    expect(struck).toEqual([[1, 2]]);
  });

  it('do not wait for a run that is over', async () => {
    let isStruck = false;
    const faults = new SharedFaults(2);
    const met = faults.meet('kill', [1], () => {
      isStruck = true;
      return Promise.resolve();
    });
    faults.leave();
    await met;
    expect(isStruck).toBe(true);
  });

  it('are refused when the runs stand at different lines', async () => {
    const faults = new SharedFaults(2);
    const act = (): Promise<void> => Promise.resolve();
    const first = faults.meet('kill', [1], act);
    const second = faults.meet('pause', [1], act);
    await expect(first).rejects.toThrow('not at the same line');
    await expect(second).rejects.toThrow('kill, pause');
  });

  it('tell every run when they fail', async () => {
    const faults = new SharedFaults(2);
    const act = (): Promise<void> => Promise.reject(new Error('no such broker'));
    const both = [faults.meet('kill', [9], act), faults.meet('kill', [9], act)];
    for (const met of both) await expect(met).rejects.toThrow('no such broker');
  });
});
