/** TypeScript to a syntax tree of JavaScript, with every line where it was. */
import { parse, type Program } from 'acorn';
import { transform } from 'sucrase';
import type { Diagnosis } from '../../grader/verdict';

/** Longest program that is compiled, in characters. */
export const MAX_SOURCE_LENGTH = 256 * 1024;

export type ParseResult =
  | { readonly ok: true; readonly javaScript: string; readonly program: Program }
  | { readonly ok: false; readonly diagnosis: Diagnosis };

export function parseProgram(source: string, fileName: string): ParseResult {
  if (source.length > MAX_SOURCE_LENGTH) {
    return failure(
      'unsupported-syntax',
      `the file has ${source.length} characters; ${MAX_SOURCE_LENGTH} is the most that is run here`,
    );
  }
  let javaScript: string;
  try {
    javaScript = transform(withoutHashbang(source), {
      transforms: ['typescript', 'imports'],
      disableESTransforms: true,
      preserveDynamicImport: true,
      filePath: fileName,
    }).code;
  } catch (error) {
    return syntaxError(error as SyntaxErrorLike, source, null);
  }
  try {
    const program = parse(javaScript, {
      ecmaVersion: 'latest',
      sourceType: 'script',
      allowAwaitOutsideFunction: true,
      locations: true,
    });
    return { ok: true, javaScript, program };
  } catch (error) {
    return syntaxError(error as SyntaxErrorLike, source, javaScript);
  }
}

interface SyntaxErrorLike {
  readonly message: string;
  readonly loc?: { readonly line: number; readonly column: number };
}

/** @param javaScript the text that acorn read; null when sucrase found the error in the source itself */
function syntaxError(error: SyntaxErrorLike, source: string, javaScript: string | null): ParseResult {
  const message = error.message.replace(/^Error transforming .*?: /, '').replace(/ \(\d+:\d+\)$/, '');
  if (error.loc === undefined) return failure('syntax-error', message);
  const { line, column } = error.loc;
  // sucrase counts columns from 1, acorn from 0.
  if (javaScript === null) return failure('syntax-error', message, line, column);
  const text = lineAt(source, line);
  const rest = lineAt(javaScript, line).slice(column);
  if (rest.startsWith('@')) {
    return failure('unsupported-syntax', 'decorators are not available here', line, text.indexOf('@') + 1);
  }
  // Types that were removed have moved what follows: the end of the line is where both texts agree.
  const place = text.endsWith(rest) ? text.length - rest.length + 1 : undefined;
  if (/import\.meta/.test(message))
    return failure('unsupported-syntax', 'import.meta is not available here', line, place);
  if (/\bawait\s*$/.test(lineAt(javaScript, line).slice(0, column))) {
    return failure(
      'syntax-error',
      'await is only valid in async functions and at the top level of the file',
      line,
      place,
    );
  }
  return failure('syntax-error', message, line, place);
}

function failure(kind: Diagnosis['kind'], message: string, line?: number, column?: number): ParseResult {
  return { ok: false, diagnosis: { kind, message, ...(line && { line }), ...(column && { column }) } };
}

function lineAt(text: string, line: number): string {
  return text.split('\n')[line - 1] ?? '';
}

/** `#!/usr/bin/env node` is only a comment at the very beginning of a file. */
function withoutHashbang(source: string): string {
  const text = source.replace(/^\uFEFF/, '');
  return text.startsWith('#!') ? `//${text.slice(2)}` : text;
}
