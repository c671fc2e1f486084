import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileProgram } from '../../../src/runner/compile-program';
import { asyncProgram } from './async-program';
import { CORPUS } from './corpus';
import { run, runNatively } from './run-program';

function compiled(source: string): string[] {
  const { output, world } = run(source);
  const error = world.history.ends.at(-1)?.error;
  return error ? [...output, `failed: ${error.name}: ${error.message}`] : output;
}

describe('a compiled program logs what Node logs', () => {
  for (const [name, source] of Object.entries(CORPUS)) {
    it(name, async () => {
      expect(compiled(source)).toEqual(await runNatively(source));
    });
  }

  it('random async programs', async () => {
    await fc.assert(
      fc.asyncProperty(asyncProgram, async (source) => {
        expect(compiled(source)).toEqual(await runNatively(source));
      }),
      { numRuns: 300, seed: 20260101 },
    );
  });
});

describe('compileProgram', () => {
  it('keeps every line where it was', () => {
    const source = `import { KafkaJS } from '@confluentinc/kafka-javascript';
interface A {
  b: string;
}
const f = async (
  a: string,
  b = 1,
): Promise<void> => {
  for await (
    const x
    of [a]
  ) {
    throw new Error(
      'line 13',
    );
  }
};
class B {
  async m(
    x: number,
  ) {
    await f('a'); throw new Error('line 22');
  }
}
await new B().m(1).catch((e) => console.log(e.stack));
throw new Error('line 26');
void KafkaJS;
`.replace('void KafkaJS;\n', '');
    const { output, world } = run(source);
    expect(output[0]).toMatch(/exactly-once-program\.js:13/);
    expect(world.history.ends.at(-1)?.error).toMatchObject({ message: 'line 26', line: 26 });
  });

  it.each([
    ['const a: string = ;', 'syntax-error', 1, 19],
    ['const ok = 1;\nconst s = "abc', 'syntax-error', 2, 11],
    ['const y: number = 1; let y = 2', 'syntax-error', 1, 26],
    ['function f() {\n  await g();\n}', 'syntax-error', 2, 9],
    ['}); evil(function () {', 'syntax-error', 1, 1],
    ['@dec class A {}', 'unsupported-syntax', 1, 1],
    ['const a = import.meta.url', 'unsupported-syntax', 1, undefined],
    ['__eo_at(1)', 'forbidden', 1, undefined],
    ['const \\u005f_eo_x = 1', 'forbidden', 1, undefined],
    ['with (a) {}', 'syntax-error', 1, 1],
  ])('finds what is wrong in %j', (source, kind, line, column) => {
    const result = compileProgram(source, 'x.ts');
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.diagnosis).toMatchObject({ kind, line });
    if (column !== undefined) expect(result.diagnosis.column).toBe(column);
  });

  it('says what await needs', () => {
    const result = compileProgram('function f() {\n  await g();\n}', 'x.ts');
    expect(result).toMatchObject({ diagnosis: { message: expect.stringContaining('async function') as string } });
  });

  it('is a function of its input', () => {
    const source = CORPUS['classes']!;
    expect(compileProgram(source, 'x.ts')).toEqual(compileProgram(source, 'x.ts'));
  });

  it('runs TypeScript: types, enums, parameter properties', () => {
    const { output } = run(`
      enum Colour { Red, Green = 'g' }
      type T = { a?: number };
      class P { constructor(private readonly x: number, public y?: string) {} get(): number { return this.x as unknown as number; } }
      const t: T = {}; const u = <T>(v: T): T => v;
      console.log(Colour.Red, Colour.Green, new P(3).get(), t!.a, u<number>(4) satisfies number);
      export const z = 1; export default async function main(): Promise<void> {}
      export type { T };`);
    expect(output).toEqual(['0 g 3 undefined 4']);
  });

  it('survives a hashbang, a byte order mark and a comment at the end', () => {
    expect(run('\uFEFF#!/usr/bin/env node\nconsole.log(1) // end').output).toEqual(['1']);
    expect(run('console.log(2) /* end */ // }); evil(').output).toEqual(['2']);
  });

  it('imports known modules dynamically, and rejects for others', () => {
    const { output } = run(`
      console.log((await import('node:events')).default !== undefined);
      const { setTimeout: wait } = await import('timers/promises'); await wait(5); console.log(performance.now());
      await import('fs').catch((error) => console.log(error.code, error.message));`);
    expect(output[0]).toBe('true');
    expect(output[1]).toBe('5');
    expect(output[2]).toMatch(/^MODULE_NOT_FOUND Cannot find module 'fs'/);
  });

  it('refuses a name that a module does not export, at the line that uses it', () => {
    const compiled = (source: string): unknown => compileProgram(source, 'x.ts');
    expect(compiled("import { inspect, nothing } from 'node:util';\ninspect(1);\nnothing();")).toEqual({
      ok: false,
      diagnosis: {
        kind: 'missing-module',
        message:
          "The module 'node:util' does not provide an export named 'nothing'. Available here: format, inspect, promisify.",
        line: 3,
      },
    });
    expect(compiled("import { Kafka } from '@confluentinc/kafka-javascript';\nnew Kafka();")).toMatchObject({
      ok: false,
    });
    expect(compiled("import { Pools } from 'pg';\nnew Pools();")).toMatchObject({ ok: false });
  });

  it('lets a program ask whether a module has something', () => {
    const { output } = run(`
      import * as util from 'node:util'; import events, { EventEmitter } from 'node:events'; import { pid } from 'process';
      import type { Nothing } from 'node:util'; const own = require('node:util'); const none: Nothing | null = null;
      console.log((util as { nothing?: unknown }).nothing, own.nothing, none, events === EventEmitter, typeof pid);`);
    expect(output).toEqual(['undefined undefined null true number']);
  });

  it('refuses what is nested beyond the stack', () => {
    const result = compileProgram('('.repeat(100_000) + ')'.repeat(100_000), 'x.ts');
    expect(result.ok).toBe(false);
  });
});
