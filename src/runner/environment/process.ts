/** `process`: the part of Node's that a service uses. */
import { turn, TurnExhausted } from '../../simulation/turn';
import { writeRaw } from './console';
import { currentProgram, virtualNow, type ProgramState } from './program-state';

type Listener = (...args: unknown[]) => unknown;

function listenersOf(state: ProgramState, event: string): Listener[] {
  const { listeners } = state.incarnation;
  let list = listeners.get(event);
  if (list === undefined) listeners.set(event, (list = []));
  return list;
}

function checkListener(listener: unknown): asserts listener is Listener {
  if (typeof listener !== 'function') throw new TypeError('The "listener" argument must be of type function');
}

/** Ends the process. What follows in the running function has no effect any more. */
function exit(code?: unknown): never {
  const state = currentProgram();
  const status = Number(code ?? state.incarnation.exitCode ?? 0) | 0;
  for (const listener of listenersOf(state, 'exit').splice(0)) listener(status);
  state.incarnation.exit(status, null);
  throw new TurnExhausted('the process has ended');
}

function notHere(name: string): (...args: unknown[]) => never {
  return () => {
    throw new Error(`process.${name} is not available in the simulated process`);
  };
}

const hrtime = Object.assign(
  (previous?: readonly [number, number]): [number, number] => {
    const now = virtualNow();
    const nanoseconds = now * 1e6 - (previous === undefined ? 0 : previous[0] * 1e9 + previous[1]);
    return [Math.floor(nanoseconds / 1e9), nanoseconds % 1e9];
  },
  { bigint: (): bigint => BigInt(Math.round(virtualNow())) * 1_000_000n },
);

const FUNCTIONS = {
  exit,
  hrtime,
  cwd: (): string => '/app',
  uptime: (): number => {
    const { incarnation, startedAt } = currentProgram();
    return (incarnation.world.now - startedAt) / 1000;
  },
  nextTick: (callback: unknown, ...args: unknown[]): void => {
    checkListener(callback);
    turn.owner?.jobs.pushTick(() => void callback(...args));
  },
  abort: (): never => exit(134),
  kill: notHere('kill'),
  chdir: notHere('chdir'),
  memoryUsage: notHere('memoryUsage'),
  cpuUsage: notHere('cpuUsage'),
  emitWarning: (warning: unknown): void => void writeRaw('error', warning),
};

function on(this: unknown, event: unknown, listener: unknown): unknown {
  checkListener(listener);
  listenersOf(currentProgram(), String(event)).push(listener);
  return this;
}

function off(this: unknown, event: unknown, listener: unknown): unknown {
  const list = listenersOf(currentProgram(), String(event));
  const index = list.findIndex((item) => item === listener || (item as { listener?: unknown }).listener === listener);
  if (index >= 0) list.splice(index, 1);
  return this;
}

function once(this: unknown, event: unknown, listener: unknown): unknown {
  checkListener(listener);
  const wrapper = (...args: unknown[]): unknown => {
    off.call(this, event, wrapper);
    return listener(...args);
  };
  return on.call(this, event, Object.assign(wrapper, { listener }));
}

function removeAllListeners(this: unknown, event?: unknown): unknown {
  const { listeners } = currentProgram().incarnation;
  if (event === undefined) listeners.clear();
  else listeners.delete(String(event));
  return this;
}

/** What is the same for every incarnation: functions that look up whose turn it is. */
const SHARED = {
  ...FUNCTIONS,
  on,
  addListener: on,
  once,
  off,
  removeListener: off,
  removeAllListeners,
  listenerCount: (event: unknown): number => listenersOf(currentProgram(), String(event)).length,
  ppid: 0,
  /** Another one in each life: that it is the same again, as in a container, is nobody's promise. */
  get pid(): number {
    const { incarnation } = currentProgram();
    incarnation.world.observes.chance = true;
    return 1 + 17 * incarnation.number;
  },
  platform: 'linux',
  arch: 'x64',
  version: 'v20.20.2',
  versions: { node: '20.20.2' },
  release: { name: 'node' },
  stdout: { isTTY: false, write: (chunk: unknown) => writeRaw('log', chunk) },
  stderr: { isTTY: false, write: (chunk: unknown) => writeRaw('error', chunk) },
  get exitCode(): number | undefined {
    return currentProgram().incarnation.exitCode ?? undefined;
  },
  set exitCode(code: unknown) {
    currentProgram().incarnation.exitCode = Number(code) | 0;
  },
};

/**
 * A `process` of its own for each incarnation. It inherits what all have in common: an object with so many functions and
 * an accessor of its own would be the dearest part of a start.
 */
class SimProcess {
  argv = ['node', '/app/program.ts'];
  execArgv = [];
  title = 'node';
  readonly env: Record<string, string>;

  constructor(state: ProgramState) {
    this.env = { ...state.ports.env };
  }
}

Object.setPrototypeOf(SimProcess.prototype, SHARED);

export function createProcess(state: ProgramState): object {
  return new SimProcess(state);
}

export const processFunctions: readonly object[] = [
  SimProcess,
  SHARED,
  ...Object.values(FUNCTIONS),
  on,
  once,
  off,
  removeAllListeners,
  hrtime.bigint,
];
