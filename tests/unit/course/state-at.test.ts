import { describe, expect, test } from 'vitest';
import { changeId, stateAt } from '../../../src/course/state-at';
import type { GradeResult } from '../../../src/grader/verdict';
import type { Recording, TraceEventKind } from '../../../src/simulation/trace';
import lostRecord from '../../fixtures/ui/lost-record.json';

const recording = (lostRecord as unknown as GradeResult).recording as Recording;

function stepOf(kind: TraceEventKind, nth = 0): number {
  const found = recording.events.filter((event) => event.kind === kind)[nth];
  if (found === undefined) throw new Error(`no ${kind} number ${nth} in the fixture`);
  return found.step;
}

describe('the state at a step', () => {
  test('holds the log with its high watermark', () => {
    const [orders] = stateAt(recording, stepOf('append', 1)).partitions;
    expect(orders?.cells.map((cell) => cell.record)).toEqual(['1', '2']);
    expect(orders?.highWatermark).toBe(2);
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
