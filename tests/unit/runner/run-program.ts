/** Runs the same program natively in Node and compiled on the kernel, and gives both logs. */
import vm from 'node:vm';
import { compileProgram } from '../../../src/runner/compile-program';
import { loadProgram, type ModuleFunction } from '../../../src/runner/environment/load-program';
import type { Program, WorldPorts } from '../../../src/grader/program';
import { Incarnation } from '../../../src/simulation/process';
import { Recorder } from '../../../src/simulation/recorder';
import { World } from '../../../src/simulation/world';

/** Compiles; throws what is wrong. */
export function load(source: string): Program {
  const compiled = compileProgram(source, 'program.ts');
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnosis));
  let program: Program | null = null;
  const define = (names: readonly string[], module: ModuleFunction): void => {
    program = loadProgram(names, module, () => ({ KafkaJS: {} }));
  };
  const script = new vm.Script(`(function (__eo_define) { ${compiled.script}\n})`, {
    filename: 'exactly-once-program.js',
  });
  (script.runInThisContext() as (define: unknown) => void)(define);
  return program!;
}

export interface Run {
  readonly world: World;
  readonly incarnation: Incarnation;
  readonly recorder: Recorder;
  /** Console lines. */
  readonly output: string[];
}

const NO_PORTS: WorldPorts = {
  input: null,
  kafka: { receive: () => undefined, broker: () => ({ receive: () => undefined }), findCoordinator: () => -1 },
  services: new Map(),
  env: { KAFKA_BROKERS: 'kafka:9092' },
};

export function run(source: string, ports: Partial<WorldPorts> = {}, maxEvents = 10_000): Run {
  const program = load(source);
  const recorder = new Recorder();
  const world = new World(undefined, recorder);
  const incarnation = new Incarnation(world, 'program', 1, program.describeError);
  incarnation.start(() => program.start(incarnation, { ...NO_PORTS, ...ports }));
  for (let i = 0; i < maxEvents && world.step(); i += 1);
  const output = recorder.events.flatMap((event) => (event.kind === 'console' ? [event.text] : []));
  return { world, incarnation, recorder, output };
}

/** The log of a program that calls `console.log`, run by Node itself. */
export async function runNatively(source: string): Promise<string[]> {
  const output: string[] = [];
  const run = vm.runInThisContext(`(async function (console) { "use strict"; ${source}\n})`) as (
    console: unknown,
  ) => Promise<void>;
  const failed: unknown[] = [];
  await run({ log: (text: unknown) => output.push(String(text)) }).catch((error: unknown) => failed.push(error));
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
  if (failed.length > 0) output.push(`failed: ${String(failed[0])}`);
  return output;
}
