import fc from 'fast-check';
import { expect, test } from 'vitest';
import { relationsTo } from '../../../src/course/causes';
import type { Recording, TraceEvent } from '../../../src/simulation/trace';

type Sketch = readonly [lane: string, cause: number | null, incarnation?: number];

function recording(...events: readonly Sketch[]): Recording {
  return {
    executionCode: 'v0:-',
    traceHash: '',
    lanes: [],
    ledger: [],
    events: events.map(([lane, cause, incarnation], step): TraceEvent => ({
      step,
      time: 0,
      lane,
      cause,
      ...(incarnation === undefined ? {} : { incarnation }),
      kind: 'process-stop',
    })),
  };
}

test('a message links two places, and nothing else does', () => {
  const run = recording(['a', null], ['b', null], ['a', null], ['b', 2], ['a', null], ['c', null], ['b', null]);
  expect(relationsTo(run, 3)).toEqual(['before', 'before', 'before', 'itself', 'beside', 'beside', 'after']);
});

test('two lives of a process are linked only by what came through the world', () => {
  const run = recording(['p', null, 1], ['log', 0], ['p', null, 2], ['p', 1, 2]);
  expect(relationsTo(run, 2)).toEqual(['beside', 'beside', 'itself', 'after']);
  expect(relationsTo(run, 3)).toEqual(['before', 'before', 'before', 'itself']);
});

test('before and after are each other’s mirror', () => {
  const sketches = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.option(fc.nat(20))), { maxLength: 20 });
  fc.assert(
    fc.property(sketches, (sketch) => {
      const run = recording(
        ...sketch.map(([lane, cause], index): Sketch => [lane, cause === null || cause >= index ? null : cause]),
      );
      const table = run.events.map((_, step) => relationsTo(run, step));
      table.forEach((row, step) =>
        row.forEach((relation, other) => expect(table[other]?.[step] === 'after').toBe(relation === 'before')),
      );
    }),
  );
});

test('a step that is not there has no relations', () => {
  expect(relationsTo(recording(['a', null]), 5)).toEqual(['beside']);
});
