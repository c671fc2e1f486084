/**
 * The child process of the Node host. The engine runs in a context that holds no object of this realm: text goes in as
 * literals of scripts, text comes out as what scripts evaluate to.
 *
 *     node --experimental-permission … child.cjs <engine.js> <database.js>     task on stdin, messages on stdout, one JSON a line
 */
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { PROGRAM_URL } from '../environment/describe-error';
import type { EngineMessage, EngineTask } from '../engine-messages';

/** Between two reports to the parent, which takes them for signs of life. */
const REPORT_EVERY_MS = 50;

const context = vm.createContext(Object.create(null) as vm.Context, {
  microtaskMode: 'afterEvaluate',
  codeGeneration: { strings: false, wasm: true },
});

const [engineFile, databaseFile] = process.argv.slice(2);

function evaluate(code: string, filename: string): unknown {
  return new vm.Script(code, { filename }).runInContext(context);
}

/** Called again and again, so compiled once. */
const advance = new vm.Script('__eo.advance()', { filename: 'host.js' });
const advanceStorm = new vm.Script('__eo.advanceStorm()', { filename: 'host.js' });

/** Calls a function of the engine with a text. */
function call(name: string, argument = ''): string {
  return evaluate(`__eo.${name}(${argument})`, 'host.js') as string;
}

function send(message: EngineMessage | string): void {
  process.stdout.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`);
}

function perform(task: EngineTask): void {
  const request = JSON.stringify(JSON.stringify(task));
  if (task.type === 'diagnose') {
    send(`{"type":"result","result":${call('diagnose', request)}}`);
    return;
  }
  const compiled = JSON.parse(call('compile', request)) as {
    script?: string;
    needsDatabase?: boolean;
    result?: unknown;
  };
  if (compiled.script === undefined) {
    send(`{"type":"result","result":${JSON.stringify(compiled.result)}}`);
    return;
  }
  if (compiled.needsDatabase === true) evaluate(readFileSync(databaseFile!, 'utf8'), 'database.js');
  evaluate(compiled.script, PROGRAM_URL);
  if (task.type === 'replay') replay(request);
  else if (task.type === 'storm') storm(request);
  else grade(request);
}

function replay(request: string): void {
  const { recording, error } = JSON.parse(call('replay', request)) as { recording?: never; error?: string };
  if (recording === undefined) send({ type: 'error', message: error ?? 'no recording' });
  else send({ type: 'recording', recording });
}

function grade(request: string): void {
  const startedAt = performance.now();
  call('start', request);
  runToEnd(advance);
  send(`{"type":"result","result":${call('result', elapsedSince(startedAt))}}`);
}

/** Its answer is a verdict when the program fails without any fault. */
function storm(request: string): void {
  const startedAt = performance.now();
  call('startStorm', request);
  runToEnd(advanceStorm);
  const result = call('stormResult', elapsedSince(startedAt));
  const type = 'report' in (JSON.parse(result) as object) ? 'storm' : 'result';
  send(`{"type":"${type}","result":${result}}`);
}

function elapsedSince(startedAt: number): string {
  return String(Math.round(performance.now() - startedAt));
}

function runToEnd(step: vm.Script): void {
  let reportedAt = performance.now();
  for (;;) {
    const { done, progress } = JSON.parse(step.runInContext(context) as string) as { done: boolean; progress: never };
    if (done) return;
    const now = performance.now();
    if (now - reportedAt < REPORT_EVERY_MS) continue;
    reportedAt = now;
    send({ type: 'progress', progress });
  }
}

try {
  const task = JSON.parse(readFileSync(0, 'utf8')) as EngineTask;
  evaluate(readFileSync(engineFile!, 'utf8'), 'engine.js');
  perform(task);
} catch (error) {
  send({ type: 'error', message: describe(error) });
}

/** An error of the engine's realm is as little to be trusted as the program. */
function describe(error: unknown): string {
  try {
    return String((error as Error).stack).slice(0, 2000);
  } catch {
    return 'the engine has failed';
  }
}
