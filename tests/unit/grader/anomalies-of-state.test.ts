/** Anomalies of what is left in the end: stale state, table against topic (exploration.md a.2, f). */
import { describe, expect, it } from 'vitest';
import { ANOMALIES } from '../../../src/grader/anomalies';
import type { AnomalyInstance } from '../../../src/grader/anomalies/anomaly';
import type { AnomalyId } from '../../../src/grader/verdict';
import { History, type InputRecord } from '../../../src/simulation/history';
import type { StuckReason } from '../../../src/simulation/trace';

function found(id: AnomalyId, history: History, stuck: StuckReason | null = null): AnomalyInstance | null {
  return ANOMALIES.find((anomaly) => anomaly.id === id)!.check({ history, stuck, hasGivenUp: false });
}

function keyed(...records: readonly (readonly [id: string, key: string | null, partition?: string])[]): History {
  const history = new History();
  const ends = new Map<string, number>();
  for (const [id, key, partition = 'prices-0'] of records) {
    const offset = ends.get(partition) ?? 0;
    ends.set(partition, offset + 1);
    history.input.push({ id, partition, offset, key } satisfies InputRecord);
  }
  return history;
}

function applied(history: History, ...records: readonly string[]): History {
  for (const record of records) history.effects.push({ record, service: 'shop', incarnation: 1, isFabricated: false });
  return history;
}

describe('A12 stale-overwrite', () => {
  const prices = (): History => keyed(['old', 'lamp'], ['new', 'lamp'], ['other', 'chair']);

  it('is an older record whose effect comes last for its key', () => {
    const params = { record: 'old', other: 'new', key: 'lamp' };
    expect(found('A12', applied(prices(), 'old', 'new', 'old'))).toEqual({ record: 'old', params });
    expect(found('A12', applied(prices(), 'new', 'old', 'other'))?.record).toBe('old');
  });
  it('is not a replay that comes to the newest record again', () => {
    expect(found('A12', applied(prices(), 'old', 'new', 'old', 'new'))).toBeNull();
  });
  it('is not an order between keys, between partitions, or of records without a key', () => {
    expect(found('A12', applied(prices(), 'old', 'other', 'new'))).toBeNull();
    const apart = keyed(['old', 'lamp', 'prices-0'], ['x', null, 'prices-1'], ['new', 'lamp', 'prices-1']);
    expect(found('A12', applied(apart, 'new', 'old'))).toBeNull();
    expect(found('A12', applied(keyed(['old', null], ['new', null]), 'new', 'old'))).toBeNull();
  });
  it('is not an effect that is gone, nor one that was made up', () => {
    const undone = applied(prices(), 'old', 'new', 'old');
    undone.effects.at(-1)!.isUndone = true;
    expect(found('A12', undone)).toBeNull();
    const fabricated = applied(prices(), 'new');
    fabricated.effects.push({ record: 'old', service: 'shop', incarnation: 1, isFabricated: true });
    expect(found('A12', fabricated)).toBeNull();
  });
});

describe('A26 outbox-split', () => {
  const shop = (rows: readonly string[], messages: readonly string[]): History => {
    const history = new History();
    history.outbox = { topic: 'order-events', rows: new Set(rows) };
    history.finalLog.set(
      'order-events-0',
      messages.map((record, offset) => ({ offset, record })),
    );
    history.finalLog.set('order-events-archive-0', [{ offset: 0, record: 'elsewhere' }]);
    return history;
  };

  it('is a row without a message', () => {
    expect(found('A26', shop(['1', '2'], ['1']))).toMatchObject({ record: '2', params: { ghost: 0 } });
  });
  it('is a message without a row', () => {
    expect(found('A26', shop(['1'], ['1', '2']))).toMatchObject({ record: '2', params: { ghost: 1 } });
  });
  it('is a row whose message was rolled back', () => {
    const history = shop(['1'], ['1']);
    history.finalCommitted.set('order-events-0', []);
    expect(found('A26', history)).toMatchObject({ record: '1', params: { ghost: 0 } });
  });
  it('is not a message that stands there twice, nor another topic of a like name', () => {
    expect(found('A26', shop(['1', '2'], ['2', '1', '2']))).toBeNull();
  });
  it('is not said of a program that did not come to its end, nor where nothing is announced', () => {
    expect(found('A26', shop(['1'], []), 'livelock')).toBeNull();
    expect(found('A26', keyed(['1', null]))).toBeNull();
  });
});
