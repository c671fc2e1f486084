/** What a trace shows of a cluster: lanes of brokers, elections, in-sync replicas, truncation. */
import { describe, expect, it } from 'vitest';
import { eventText } from '../../../../src/grader/event-text';
import { CATALOGUES, type Locale } from '../../../../src/grader/texts';
import { BrokerLab } from './broker-lab';

const SHOWN = ['broker', 'leader', 'isr', 'truncated'];

describe('the trace of a cluster', () => {
  it('has no lanes of brokers when there is one', () => {
    expect(new BrokerLab().world.recorder!.lanes.map(({ id }) => id)).toEqual(['orders-0']);
  });

  it('tells the story of a lost record, with words for all of it', () => {
    const lab = new BrokerLab({ brokers: 2 });
    lab.rest();
    expect(lab.world.recorder!.lanes).toEqual([
      { id: 'broker-1', kind: 'broker' },
      { id: 'broker-2', kind: 'broker' },
      { id: 'orders-0', kind: 'partition' },
    ]);
    lab.cluster.pause(2);
    lab.pass(600);
    lab.produce(1, '1', ['x']);
    lab.pass(10);
    lab.cluster.kill(1);
    lab.cluster.resume(2);
    lab.pass(9500);
    lab.cluster.restart(1);
    lab.rest();
    const shown = lab.world.recorder!.events.filter(({ kind }) => SHOWN.includes(kind));
    const told = (locale: Locale): string[] =>
      shown.map((event) => {
        const { id, params } = eventText(event);
        return CATALOGUES[locale][id]!(params, { record: 'record', records: 'records' } as never);
      });
    expect(told('en')).toEqual([
      'broker 2 freezes',
      'broker 1 is killed',
      'broker 2 goes on where it was',
      'broker 1 has been silent for too long and counts as gone',
      'broker 2 leads orders-0 in epoch 1',
      'in sync for orders-0: 2',
      'broker 1 starts again',
      'broker 1 cuts orders-0 back from offset 1 to 0',
      'in sync for orders-0: 2, 1',
    ]);
    expect(told('ru')).toHaveLength(shown.length);
    expect(told('ru').every((text) => /[а-я]/.test(text))).toBe(true);
  });
});
