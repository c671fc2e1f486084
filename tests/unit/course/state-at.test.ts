import { describe, expect, test } from 'vitest';
import { changeId, stateAt } from '../../../src/course/state-at';
import type { GradeResult } from '../../../src/grader/verdict';
import type { Recording, TraceEvent, TraceEventKind } from '../../../src/simulation/trace';
import lostRecord from '../../fixtures/ui/lost-record.json';

const recording = (lostRecord as unknown as GradeResult).recording as Recording;

function stepOf(kind: TraceEventKind, nth = 0): number {
  const found = recording.events.filter((event) => event.kind === kind)[nth];
  if (found === undefined) throw new Error(`no ${kind} number ${nth} in the fixture`);
  return found.step;
}

describe('the state of a partition that several brokers have', () => {
  test('REP-4, EPO-1: begins, with a new leader, where its log ends', () => {
    const place = { topic: 'orders', partition: 0 };
    const lane = 'orders-0';
    const base = { time: 0, cause: null };
    const append = (step: number, offset: number, record: string): TraceEvent => ({
      ...base,
      ...place,
      step,
      lane,
      kind: 'append',
      offset,
      record,
      value: null,
    });
    const leader: TraceEvent = {
      ...base,
      ...place,
      step: 2,
      lane,
      kind: 'leader',
      leader: 2,
      end: 1,
      epoch: 1,
      unclean: false,
    };
    const events = [append(0, 0, 'a'), append(1, 1, 'lost'), leader, append(3, 1, 'b')];
    const replicated: Recording = { ...recording, lanes: [{ id: lane, kind: 'partition' }], events, ledger: [] };
    const cells = (step: number): unknown => stateAt(replicated, step).partitions[0]?.cells.map(({ record }) => record);
    expect([1, 2, 3].map(cells)).toEqual([['a', 'lost'], ['a'], ['a', 'b']]);
    expect(stateAt(replicated, 3).partitions[0]).toMatchObject({ logEnd: 2, isReplicated: true });
  });
});

describe('the state at a step', () => {
  test('holds the log with its high watermark', () => {
    const [orders] = stateAt(recording, stepOf('append', 1)).partitions;
    expect(orders?.cells.map((cell) => cell.record)).toEqual(['1', '2']);
    expect([orders?.logEnd, orders?.isReplicated]).toEqual([2, false]);
  });

  test('knows committed offset and position apart', () => {
    const delivered = stateAt(recording, stepOf('deliver', 1));
    expect(delivered.partitions[0]?.groups).toEqual([{ group: 'warehouse', committed: 1, position: 2 }]);
    const committed = stateAt(recording, stepOf('commit', 1));
    expect(committed.partitions[0]?.groups).toEqual([{ group: 'warehouse', committed: 2, position: 2 }]);
  });

  test('loses the position with the process, and keeps the committed offset', () => {
    const crashed = stateAt(recording, stepOf('process-crash'));
    expect(crashed.processes).toEqual([{ lane: 'consumer', incarnation: 1, running: false }]);
    expect(crashed.partitions[0]?.groups).toEqual([{ group: 'warehouse', committed: 2, position: null }]);
    const restarted = stateAt(recording, stepOf('position', 1));
    expect(restarted.partitions[0]?.groups[0]?.position).toBe(2);
  });

  test('counts effects by record', () => {
    const end = stateAt(recording, recording.events.length - 1);
    expect(end.services[0]?.effects.map(({ record, count }) => [record, count])).toEqual([
      ['1', 1],
      ['3', 1],
    ]);
  });

  test('says what the step itself changed, and nothing older', () => {
    expect([...stateAt(recording, stepOf('commit', 1)).changed]).toEqual([changeId.committed('orders-0', 'warehouse')]);
    expect([...stateAt(recording, stepOf('effect', 1)).changed]).toEqual([changeId.effect('shipping', '3')]);
    expect(stateAt(recording, stepOf('console')).changed.size).toBe(0);
  });

  test('clamps a step outside the recording', () => {
    expect(stateAt(recording, -5).step).toBe(0);
    expect(stateAt(recording, 10_000).step).toBe(recording.events.length - 1);
  });
});
