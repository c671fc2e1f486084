/**
 * Turns a learner's TypeScript into a script for the engine: one expression statement that hands the module, as a
 * function, to `__eo_define`.
 *
 *     __eo_define(['console'], function* (require, …, console) { "use strict"; { …module… } })
 *
 * One generator function for all incarnations: see `compile/async-functions.ts` on what one each would cost.
 *
 * `async` and `await` become generators and `Promise` is the model's (see `simulation/async-functions.ts`): no job of a
 * program ever enters the JavaScript engine's own queue. Calls note their line, functions and loops count their steps,
 * and names that the program does not declare are the environment's or nobody's. Lines stay where they were.
 */
import { parse } from 'acorn';
import type { InputModuleName } from '../grader/lab';
import type { Diagnosis } from '../grader/verdict';
import { parseProgram } from './compile/parse-program';
import { MODULE_SCOPE, Rewriter } from './compile/rewriter';
import { importedModules, importedNames, scanNames } from './compile/scan';
import { isInputModule, missingExportMessage, missingModuleMessage, moduleNamed } from './environment/module-names';
import { exportsOf } from './environment/modules';
import { UnsupportedSyntax } from './compile/unsupported-syntax';

export type CompileResult =
  { readonly ok: true; readonly script: string } | { readonly ok: false; readonly diagnosis: Diagnosis };

/** What a compiled module finds around it beside the supplied names, in the order of the parameters. */
export const HELPER_NAMES = [
  'require',
  'module',
  'exports',
  '__eo_async',
  '__eo_asyncGenerator',
  '__eo_Awaited',
  '__eo_Delegate',
  '__eo_asyncIterator',
  '__eo_iteratorResult',
  '__eo_import',
  '__eo_at',
  '__eo_tick',
  '__eo_sized',
  '__eo_on',
  '__eo_absent',
  '__eo_scope',
  '__eo_global',
] as const;

/**
 * @param fileName for messages and stacks, e.g. `consumer.ts`
 * @param input the module beside the program, if the lab has one
 */
export function compileProgram(source: string, fileName: string, input: InputModuleName | null = null): CompileResult {
  const parsed = parseProgram(source, fileName);
  if (!parsed.ok) return parsed;
  try {
    const missing = importedModules(parsed.program).find(
      ({ specifier }) => moduleNamed(specifier) === null && !isInputModule(specifier, input),
    );
    if (missing !== undefined) {
      const message = missingModuleMessage(missing.specifier, input);
      return { ok: false, diagnosis: { kind: 'missing-module', message, line: missing.line } };
    }
    for (const { specifier, name, line } of importedNames(parsed.program, source)) {
      const available = exportsOf(specifier);
      if (available === null || available.includes(name) || name === 'default') continue;
      const message = missingExportMessage(specifier, name, available);
      return { ok: false, diagnosis: { kind: 'missing-module', message, line } };
    }
    return { ok: true, script: write(parsed.javaScript, parsed.program) };
  } catch (error) {
    if (error instanceof UnsupportedSyntax) {
      const { line } = error.node.loc!.start;
      return { ok: false, diagnosis: { kind: error.kind, message: error.message, line } };
    }
    if (error instanceof RangeError) {
      return { ok: false, diagnosis: { kind: 'unsupported-syntax', message: 'the program is nested too deeply' } };
    }
    throw error;
  }
}

function write(javaScript: string, program: Parameters<Rewriter['emit']>[0]): string {
  const names = scanNames(program);
  const body = new Rewriter(javaScript, names).emit(program, MODULE_SCOPE);
  // The tree's text is only the program's statements: comments before and after it count for the lines.
  const before = javaScript.slice(0, program.start);
  const after = javaScript.slice(program.end);
  const parameters = [...HELPER_NAMES, ...names.supplied, ...names.shadowed];
  const script =
    `__eo_define(${JSON.stringify(names.supplied)}, function* (${parameters.join(', ')}) { "use strict"; ` +
    // A block of its own: the program may declare a name that is also one of the parameters.
    `{ ${before}${body}${after}\n} });`;
  assertOneExpression(script);
  return script;
}

/** The module must not be able to close the function around it. */
function assertOneExpression(script: string): void {
  const { body } = parse(script, { ecmaVersion: 'latest', sourceType: 'script' });
  const [statement] = body;
  const isCall =
    body.length === 1 &&
    statement?.type === 'ExpressionStatement' &&
    statement.expression.type === 'CallExpression' &&
    statement.expression.callee.type === 'Identifier' &&
    statement.expression.callee.name === '__eo_define' &&
    statement.expression.arguments.length === 2 &&
    statement.expression.arguments[1]?.type === 'FunctionExpression';
  if (!isCall) throw new Error('the compiled program is not one module');
}
