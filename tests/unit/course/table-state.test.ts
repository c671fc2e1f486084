import { describe, expect, test } from 'vitest';
import { stateAt } from '../../../src/course/state-at';
import type { Recording, TraceEvent } from '../../../src/simulation/trace';

const base = { time: 0, cause: null, lane: 'database' };
const table = (step: number, rows: readonly (readonly (string | number | null)[])[]): TraceEvent => ({
  ...base,
  step,
  kind: 'table',
  database: 'database',
  table: 'accounts',
  columns: ['id', 'cents'],
  rows,
});
const commit = (step: number): TraceEvent => ({
  ...base,
  step,
  kind: 'statement',
  request: 'q1',
  database: 'database',
  label: 'COMMIT',
  outcome: 'COMMIT',
  code: null,
});
const effect = (step: number): TraceEvent => ({
  ...base,
  step,
  kind: 'effect',
  request: 'q1',
  service: 'database',
  label: 'COMMIT',
  record: '1',
  count: 1,
  fabricated: false,
});
const noise = (step: number): TraceEvent => ({ ...base, step, kind: 'console', level: 'log', text: 'x' });

function recordingOf(events: readonly TraceEvent[]): Recording {
  return {
    executionCode: 'v0:-',
    traceHash: '',
    lanes: [{ id: 'database', kind: 'service' }],
    events,
    ledger: [],
  };
}

/** The rows at a step, those that it changed with a star. */
function rowsAt(events: readonly TraceEvent[], step: number): readonly string[] {
  const [state] = stateAt(recordingOf(events), step).tables;
  return (state?.rows ?? []).map(({ values, isChanged }) => `${values.join(' ')}${isChanged ? ' *' : ''}`);
}

const before = [
  ['alice', 1],
  ['bob', 2],
] as const;
const after = [
  ['alice', 5],
  ['bob', 2],
] as const;

describe('the tables at a step', () => {
  const events = [table(0, before), noise(1), effect(2), table(3, after), commit(4), noise(5)];

  test('hold what was there from the beginning, which nobody has changed', () => {
    expect(rowsAt(events, 0)).toEqual(['alice 1', 'bob 2']);
    expect(rowsAt(events, 1)).toEqual(['alice 1', 'bob 2']);
  });

  test('mark the row that a commit has written, at the effect, at the table and at the statement', () => {
    for (const step of [2, 3, 4]) expect(rowsAt(events, step), `step ${step}`).toEqual(['alice 5 *', 'bob 2']);
  });

  test('mark nothing that an earlier step has done', () => {
    expect(rowsAt(events, 5)).toEqual(['alice 5', 'bob 2']);
  });

  test('mark a row for each copy that is new', () => {
    const twice = [['1', 9] as const, ['1', 9] as const];
    expect(rowsAt([table(0, [['1', 9]]), table(1, twice)], 1)).toEqual(['1 9', '1 9 *']);
  });

  test('say how many rows are gone', () => {
    const events = [table(0, before), table(1, [['bob', 2]])];
    expect(stateAt(recordingOf(events), 1).tables[0]?.removed).toBe(1);
    expect(stateAt(recordingOf(events), 0).tables[0]?.removed).toBe(0);
  });

  test('of a refused statement stay as they were', () => {
    const refused: TraceEvent = { ...commit(1), kind: 'statement', code: '0A000' } as TraceEvent;
    expect(rowsAt([table(0, before), refused], 1)).toEqual(['alice 1', 'bob 2']);
  });
});
