import { describe, expect, test } from 'vitest';
import { heatMap } from '../../../src/components/verdict/heat-map';
import type { GradeResult, Verdict } from '../../../src/grader/verdict';
import inconclusive from '../../fixtures/ui/inconclusive.json';
import lostRecord from '../../fixtures/ui/lost-record.json';
import pass from '../../fixtures/ui/pass.json';
import syntaxError from '../../fixtures/ui/syntax-error.json';

const sought = [
  { id: 'A7', name: 'lost-record', rule: 'forbidden' },
  { id: 'A10', name: 'duplicate-delivery', rule: 'witness' },
  { id: 'L1', name: 'stuck', rule: 'forbidden' },
] as const;
const verdictOf = (result: unknown): Verdict => (result as GradeResult).verdict;

describe('the table of anomalies by faults', () => {
  test('of a failure begins with what failed, and lists what else was looked for', () => {
    const { rows } = heatMap(verdictOf(lostRecord), sought);
    expect(rows.map(({ id, isFailing }) => [id, isFailing]).slice(0, 2)).toEqual([
      ['A7', true],
      ['L1', false],
    ]);
  });

  test('of a pass shows what was looked for in vain, with zeros where a fault struck', () => {
    const { columns, rows } = heatMap(verdictOf(pass), sought);
    const lost = rows.find(({ id }) => id === 'A7');
    expect(lost?.total).toBe(0);
    expect(lost?.cells.map(({ count }) => count)).toEqual(columns.map(({ tried }) => (tried === 0 ? null : 0)));
  });

  test('does not claim zero for a fault that never struck', () => {
    const verdict = { ...verdictOf(pass), coverage: {} };
    const { rows } = heatMap(verdict, sought);
    const lost = rows.find(({ id }) => id === 'A7');
    expect(lost?.cells.slice(1).every(({ count }) => count === null)).toBe(true);
    expect(lost?.cells[0]?.count).toBe(0);
  });

  test('is there for an inconclusive verdict too', () => {
    expect(heatMap(verdictOf(inconclusive), sought).rows.map(({ id }) => id)).toContain('A7');
  });

  test('is empty where nothing was run', () => {
    expect(heatMap(verdictOf(syntaxError), sought).rows).toEqual([]);
  });

  test('is empty for a program that asks for what labs do not have', () => {
    const diagnosis = { kind: 'unavailable', message: '' } as const;
    expect(heatMap({ ...verdictOf(lostRecord), diagnosis }, sought).rows).toEqual([]);
  });

  test('gives shares of what was tried, never more than all of it', () => {
    for (const result of [lostRecord, pass, inconclusive])
      for (const { cells } of heatMap(verdictOf(result), sought).rows)
        for (const { share } of cells) expect(Math.min(Math.max(share, 0), 1)).toBe(share);
  });
});
