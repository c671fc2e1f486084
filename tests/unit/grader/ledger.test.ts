/** The ledger: what each cell counts, and which cell contradicts the guarantee (exploration.md e5). */
import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../../../src/grader/ledger';
import type { AnomalyId } from '../../../src/grader/verdict';
import { Plot } from './anomalies/plot';

/** Cells of a record that are marked, by anomaly. */
function marks(plot: Plot, record = 'a'): Record<string, string> {
  const all: readonly AnomalyId[] = ['A1', 'A3', 'A7', 'A9', 'A10', 'A11', 'A15', 'A28', 'L1', 'N4'];
  const found: Record<string, string> = {};
  for (const id of all) {
    const bad = ledgerOf(plot.history, [id]).find((row) => row.record === record)!.bad;
    if (bad !== null) found[id] = bad;
  }
  return found;
}

describe('the ledger of a consumer', () => {
  it('says where each record stands, how often it was delivered and applied, and whether it is committed', () => {
    const plot = new Plot({ a: 'orders-eu-1@0', b: 'orders-eu-1@1' }).log('orders-eu-1', { 0: 'a', 1: 'b', 2: 'b' });
    plot.deliver('a', 'orders-eu-1@0').deliver('b', 'orders-eu-1@1').deliver('b', 'orders-eu-1@1');
    plot.effect('b').effect('b').effect('a', { isUndone: true }).commit('orders-eu-1@1');
    const place = { topic: 'orders-eu', partition: 1, bad: null };
    expect(ledgerOf(plot.history, [])).toEqual([
      { record: 'a', offset: 0, appended: 1, delivered: 1, effects: 0, committed: true, ...place },
      { record: 'b', offset: 1, appended: 2, delivered: 2, effects: 2, committed: false, ...place },
    ]);
  });

  it('marks a missing effect: as lost where it is committed, as stuck in any case', () => {
    expect(marks(new Plot().commit('in-0@1'))).toEqual({ A7: 'effects', N4: 'effects', L1: 'effects' });
    expect(marks(new Plot())).toEqual({ L1: 'effects' });
  });
  it('marks a repeated effect and a wrong sum', () => {
    expect(marks(new Plot().effect('a').effect('a'))).toEqual({ A9: 'effects', A11: 'effects' });
    expect(marks(new Plot().effect('a').commit('in-0@1'))).toEqual({});
  });
  it('marks a repeated delivery', () => {
    const twice = new Plot().effect('a').deliver('a', 'in-0@0').deliver('a', 'in-0@0');
    expect(marks(twice)).toEqual({ A10: 'delivered', A15: 'delivered' });
    expect(marks(new Plot().effect('a').deliver('a', 'in-0@0'))).toEqual({});
  });
  it('marks what is appended twice, or gone', () => {
    expect(marks(new Plot().effect('a').log('in-0', { 0: 'a', 1: 'a' }))).toEqual({ A3: 'appended' });
    expect(marks(new Plot().effect('a').log('in-0', {}))).toEqual({ A1: 'appended' });
  });
  it('A28: marks poison only where it was dropped, in a lab with a topic for it', () => {
    const poisoned = (topic: string | null): Plot => {
      const plot = new Plot();
      plot.history.poison.add('a');
      plot.history.deadLetterTopic = topic;
      return plot;
    };
    expect(marks(poisoned('dead'))).toEqual({});
    expect(marks(poisoned('dead').commit('in-0@1'))).toEqual({ A28: 'committed' });
    expect(marks(poisoned('dead').commit('in-0@1').effect('a'))).toEqual({});
    expect(marks(poisoned(null).commit('in-0@1'))).toMatchObject({ A7: 'effects' });
    expect(marks(poisoned('dead').commit('in-0@2'), 'b')).toMatchObject({ A7: 'effects' });
  });
});

describe('the ledger of a job', () => {
  const job = (log: Readonly<Record<number, string>>, view?: Readonly<Record<number, string>>): Plot => {
    const plot = new Plot({}).log('out-0', log).log('out-1', { 0: 'b' });
    plot.history.toSend.push('a', 'b');
    return view === undefined ? plot : plot.view('out-0', view);
  };

  it('counts what a reader at read_committed finds in any log', () => {
    const row = { topic: '', partition: 0, offset: null, delivered: 0, effects: 0, committed: false, bad: null };
    expect(ledgerOf(job({ 0: 'a', 2: 'b', 3: 'a' }, { 2: 'b', 3: 'a' }).history, [])).toEqual([
      { record: 'a', appended: 1, ...row },
      { record: 'b', appended: 2, ...row },
    ]);
  });
  it('marks what is missing, and what is there twice', () => {
    expect(marks(job({}))).toEqual({ A1: 'appended', L1: 'appended', N4: 'appended' });
    expect(marks(job({ 0: 'a', 1: 'a' }))).toEqual({ A3: 'appended' });
    expect(marks(job({ 0: 'a' }))).toEqual({});
  });
});
