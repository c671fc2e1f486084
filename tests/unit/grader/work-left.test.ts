import { describe, expect, it } from 'vitest';
import { workLeft } from '../../../src/grader/work-left';
import { History } from '../../../src/simulation/history';
import { newIncarnation, newWorld } from '../../fixtures/kernel';

interface Done {
  readonly handled?: boolean;
  readonly applied?: boolean;
  readonly committed?: boolean;
}

/** A history with one record, and what has been done with it. */
function oneRecord({ handled = false, applied = false, committed = false }: Done): History {
  const history = new History();
  history.input.push({ id: 'a', partition: 'orders-0', offset: 0 });
  const delivery = { group: 'g', partition: 'orders-0', offset: 0, incarnation: 1 };
  history.deliveries.push(handled ? { ...delivery, isHandled: true } : delivery);
  if (applied) history.effects.push({ record: 'a', service: 'shop', incarnation: 1, isFabricated: false });
  if (committed) history.commits.push({ group: 'g', partition: 'orders-0', offset: 1, incarnation: 1 });
  return history;
}

describe('what is left to do', () => {
  it('is nothing once every record has had its effect and is committed', () => {
    expect(workLeft(oneRecord({ handled: true, applied: true, committed: true }), [])).toBe('done');
  });

  it('is the half of a record where its effect or its commit is missing', () => {
    expect(workLeft(oneRecord({ applied: true }), [])).toBe('half-done');
    expect(workLeft(oneRecord({ committed: true }), [])).toBe('half-done');
    expect(workLeft(oneRecord({ handled: true }), [])).toBe('half-done');
  });

  it('is a record of which nothing is done, whatever was done with others', () => {
    const history = oneRecord({ handled: true, applied: true, committed: true });
    history.input.push({ id: 'b', partition: 'orders-0', offset: 1 });
    expect(workLeft(history, [])).toBe('open');
  });

  it('is what its commit says where effects are records: they are read at the end', () => {
    const history = oneRecord({ handled: true, committed: true });
    history.outputTopic = 'charges';
    expect(workLeft(history, [])).toBe('done');
  });

  it('is not an effect whose row is gone', () => {
    const history = oneRecord({ committed: true });
    history.effects.push({ record: 'a', service: 'shop', incarnation: 1, isFabricated: false, isUndone: true });
    expect(workLeft(history, [])).toBe('half-done');
  });

  it('is a handler that has not come back, though its record is committed and has had its effect', () => {
    const incarnation = newIncarnation(newWorld());
    const history = oneRecord({ applied: true, committed: true });
    expect(workLeft(history, [incarnation])).toBe('done');
    incarnation.pendingHandlers = 1;
    expect(workLeft(history, [incarnation])).toBe('open');
  });

  it('is a job that has not ended', () => {
    const history = new History();
    history.toSend.push('a');
    expect(workLeft(history, [newIncarnation(newWorld())])).toBe('open');
    expect(workLeft(history, [])).toBe('done');
  });
});
