import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffRows } from '../../../src/components/verdict/diff-lines';

test('keeps what is the same beside each other and pairs what is not', () => {
  expect(diffRows('a\nb\nc\n', 'a\nx\ny\nc\n')).toEqual([
    { mine: 'a', solution: 'a', isSame: true },
    { mine: 'b', solution: 'x', isSame: false },
    { mine: null, solution: 'y', isSame: false },
    { mine: 'c', solution: 'c', isSame: true },
  ]);
});

test('loses no line of either program', () => {
  const program = fc.array(fc.constantFrom('', 'a', 'b', '}'), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(program, program, (mine, solution) => {
      const rows = diffRows(`${mine.join('\n')}\n`, `${solution.join('\n')}\n`);
      expect(rows.flatMap((row) => row.mine ?? [])).toEqual(mine);
      expect(rows.flatMap((row) => row.solution ?? [])).toEqual(solution);
    }),
  );
});
