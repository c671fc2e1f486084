/**
 * Makes data of whatever a program has thrown. It may be no error, have getters that throw, or be a proxy: nothing of it
 * is trusted, and nothing of it gets out but short strings and numbers.
 */
import type { TraceError } from '../../simulation/trace';
import type { Incarnation } from '../../simulation/process';
import { turn } from '../../simulation/turn';
import { inspect } from './inspect';

const MAX_NAME = 100;
const MAX_MESSAGE = 2000;

/** Name under which the compiled program is loaded; frames of the learner's file carry it in stacks. */
export const PROGRAM_URL = 'exactly-once-program.js';

/**
 * Stacks are dear to format, and a search meets the same error thousands of times: after so many of them the line of the
 * latest call has to do, unless the execution is recorded. The first errors are the ones that verdicts show.
 */
const STACKS_READ = 100;
let stacksRead = 0;

export function describeError(error: unknown): TraceError {
  // Asked for first: what follows may run code of the program, which notes lines of its own.
  const { line: latestLine } = turn;
  const line = (isStackWanted() ? lineInStack(error) : undefined) ?? (latestLine > 0 ? latestLine : undefined);
  const place = line === undefined ? {} : { line };
  if (!isErrorLike(error)) {
    return { name: 'non-error', message: short(inspect(error), MAX_MESSAGE), ...place };
  }
  const name = textOf(error, 'name') ?? 'Error';
  const message = textOf(error, 'message') ?? '';
  // V8, Firefox and Safari have names of their own for this.
  if (/call stack|too much recursion/i.test(message)) {
    return { name: 'RangeError', message: 'Maximum call stack size exceeded', ...place };
  }
  return { name: short(name, MAX_NAME), message: short(message, MAX_MESSAGE), ...place };
}

function isStackWanted(): boolean {
  stacksRead += 1;
  const { owner } = turn;
  return stacksRead <= STACKS_READ || owner === null || (owner as Incarnation).world.recorder !== null;
}

/** Whether `value` is an error, as far as that can be said without trusting it. */
export function isErrorLike(value: unknown): value is object {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}

function textOf(error: object, key: 'name' | 'message' | 'stack'): string | null {
  try {
    const value: unknown = (error as Record<string, unknown>)[key];
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** Line of the innermost frame in the learner's file: `…program.js:12:5` in V8's stacks and in Firefox's. */
function lineInStack(error: unknown): number | undefined {
  if (!isErrorLike(error)) return undefined;
  const stack = textOf(error, 'stack');
  if (stack === null) return undefined;
  const found = stack.slice(0, 20_000).indexOf(`${PROGRAM_URL}:`);
  if (found < 0) return undefined;
  const line = parseInt(stack.slice(found + PROGRAM_URL.length + 1, found + PROGRAM_URL.length + 9), 10);
  return line > 0 && line < 1_000_000 ? line : undefined;
}

function short(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
