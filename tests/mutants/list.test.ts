import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mutate } from './apply';
import { MUTANTS } from './list';

const SRC = path.resolve(__dirname, '../../src');

describe('the list of mutants', () => {
  it('gives each an id of its own', () => {
    expect(new Set(MUTANTS.map(({ id }) => id)).size).toBe(MUTANTS.length);
  });

  it.each(MUTANTS)('$id is one change of the present code', (mutant) => {
    const source = readFileSync(path.join(SRC, mutant.file), 'utf8');
    expect(mutate(source, mutant)).not.toBe(source);
  });

  it('refuses a text that stands in a file twice, or not at all', () => {
    const mutant = { ...MUTANTS[0]!, from: 'x', to: 'y' };
    expect(() => mutate('x x', mutant)).toThrow('2 times');
    expect(() => mutate('', mutant)).toThrow('0 times');
  });
});
