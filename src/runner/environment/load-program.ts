/**
 * From a compiled script to a program that can be started any number of times. The script calls `__eo_define`, which
 * the host has pointed here; each start calls the module's function with fresh surroundings.
 */
import type { Program } from '../../grader/program';
import {
  AsyncIteration,
  Awaited,
  Delegate,
  iteratorResult,
  runAsync,
  runAsyncGenerator,
} from '../../simulation/async-functions';
import { turn } from '../../simulation/turn';
import { absent, globalScope } from './absent';
import { describeError } from './describe-error';
import { Globals } from './globals';
import { createImport, createRequire } from './modules';
import { createPgClient } from './pg-client';
import { beginProgram, type ProgramState } from './program-state';

/** The module: a generator function that takes its surroundings. */
export type ModuleFunction = (...surroundings: unknown[]) => Generator<unknown, unknown, unknown>;

const tick = (line: number): void => turn.tick(line);
const at = (line: number, argument: unknown): unknown => turn.at(line, argument);
const sized = (value: unknown): unknown => turn.sized(value);
const on = (value: unknown): unknown => turn.receiver(value);
const asyncIterator = (iterable: unknown): AsyncIteration => new AsyncIteration(iterable);

/** Functions that compiled code calls; frozen with the rest. */
export const compiledHelpers: readonly object[] = [
  runAsync,
  runAsyncGenerator,
  Awaited,
  Delegate,
  asyncIterator,
  iteratorResult,
  tick,
  at,
  sized,
  on,
];

/** Makes the namespace of the Kafka client for one incarnation. */
export type ClientFactory = (state: ProgramState) => object;

/** @param supplied names that the module's function takes after the helpers, see `HELPER_NAMES` of the compiler */
export function loadProgram(supplied: readonly string[], module: ModuleFunction, createClient: ClientFactory): Program {
  const usesGlobalObject = supplied.includes('globalThis') || supplied.includes('global');
  return {
    describeError,
    start(incarnation, ports) {
      const state = beginProgram(incarnation, ports);
      const globals = new Globals(state);
      const require = createRequire(
        () => createClient(state),
        globals.process,
        ports.input,
        () => createPgClient(state),
      );
      const exports = {};
      const surroundings: unknown[] = [
        require,
        { exports },
        exports,
        runAsync,
        runAsyncGenerator,
        Awaited,
        Delegate,
        asyncIterator,
        iteratorResult,
        createImport(require),
        at,
        tick,
        sized,
        on,
        absent,
        usesGlobalObject ? globalScope(globals.object()) : absent,
        usesGlobalObject ? globals.object() : absent,
      ];
      for (const name of supplied) surroundings.push(globals.get(name));
      return runAsync(undefined, surroundings, module);
    },
  };
}
