/** The module beside a program that holds what a job has to send. */
import { describe, expect, it } from 'vitest';
import { compileProgram } from '../../../src/runner/compile-program';
import { isInputModule } from '../../../src/runner/environment/module-names';
import { createRequire } from '../../../src/runner/environment/modules';

const SOURCE = `import { orders } from './orders';\nconsole.log(orders.length);`;
const INPUT = { module: 'orders', values: [{ id: '1', item: 'lamp' }] } as const;

const requireOf = (input: typeof INPUT | null): ((specifier: string) => { orders: { id: string }[] }) =>
  createRequire(
    () => ({}),
    () => ({}),
    input,
  ) as (specifier: string) => { orders: { id: string }[] };

describe('the module beside a program', () => {
  it.each(['./orders', './orders.ts', './orders.js', './orders.mjs'])('is known as %s', (specifier) => {
    expect(isInputModule(specifier, 'orders')).toBe(true);
    expect(requireOf(INPUT)(specifier).orders).toEqual(INPUT.values);
  });

  it.each(['orders', '../orders', './orders/index', './readings', './ordersX'])('is not %s', (specifier) => {
    expect(isInputModule(specifier, 'orders')).toBe(false);
  });

  it('can be imported where the lab has it, and is missing elsewhere', () => {
    expect(compileProgram(SOURCE, 'producer.ts', 'orders').ok).toBe(true);
    expect(compileProgram(SOURCE, 'producer.ts')).toMatchObject({ ok: false, diagnosis: { kind: 'missing-module' } });
  });

  it('is named when another one is asked for', () => {
    const result = compileProgram(SOURCE.replace('./orders', './clients'), 'producer.ts', 'orders');
    expect(result).toMatchObject({ ok: false, diagnosis: { message: expect.stringContaining('./orders') as string } });
    expect(() => requireOf(null)('./orders')).toThrow("Cannot find module './orders'");
  });

  it('is a copy for each incarnation, and one copy within it', () => {
    const first = requireOf(INPUT);
    first('./orders').orders.pop();
    expect(first('./orders.ts').orders).toHaveLength(0);
    expect(requireOf(INPUT)('./orders').orders).toHaveLength(1);
  });
});
