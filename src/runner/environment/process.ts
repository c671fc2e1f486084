/** `process`: the part of Node's that a service uses. */
import { turn, TurnExhausted } from '../../simulation/turn';
import { writeRaw } from './console';
import { currentProgram, type ProgramState } from './program-state';

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
  const status = Number(code ?? state.counts.get('exitCode') ?? 0) | 0;
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
    const now = currentProgram().incarnation.world.now;
    const nanoseconds = now * 1e6 - (previous === undefined ? 0 : previous[0] * 1e9 + previous[1]);
    return [Math.floor(nanoseconds / 1e9), nanoseconds % 1e9];
  },
  { bigint: (): bigint => BigInt(Math.round(currentProgram().incarnation.world.now)) * 1_000_000n },
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

/** A `process` of its own for each incarnation. */
export function createProcess(state: ProgramState): object {
  const on = (event: unknown, listener: unknown): object => {
    checkListener(listener);
    listenersOf(state, String(event)).push(listener);
    return process;
  };
  const off = (event: unknown, listener: unknown): object => {
    const list = listenersOf(state, String(event));
    const index = list.findIndex((item) => item === listener || (item as { listener?: unknown }).listener === listener);
    if (index >= 0) list.splice(index, 1);
    return process;
  };
  const once = (event: unknown, listener: unknown): object => {
    checkListener(listener);
    const wrapper = (...args: unknown[]): unknown => {
      off(event, wrapper);
      return listener(...args);
    };
    return on(event, Object.assign(wrapper, { listener }));
  };
  const process = {
    ...FUNCTIONS,
    env: { ...state.ports.env },
    argv: ['node', '/app/program.ts'],
    execArgv: [],
    pid: 100 + state.incarnation.number,
    ppid: 1,
    platform: 'linux',
    arch: 'x64',
    version: 'v20.20.2',
    versions: { node: '20.20.2' },
    release: { name: 'node' },
    title: 'node',
    stdout: { isTTY: false, write: (chunk: unknown) => writeRaw('log', chunk) },
    stderr: { isTTY: false, write: (chunk: unknown) => writeRaw('error', chunk) },
    on,
    addListener: on,
    once,
    off,
    removeListener: off,
    removeAllListeners: (event?: unknown): object => {
      if (event === undefined) state.incarnation.listeners.clear();
      else state.incarnation.listeners.delete(String(event));
      return process;
    },
    listenerCount: (event: unknown): number => listenersOf(state, String(event)).length,
    get exitCode(): number | undefined {
      return state.counts.get('exitCode');
    },
    set exitCode(code: unknown) {
      state.counts.set('exitCode', Number(code) | 0);
    },
  };
  return process;
}

export const processFunctions: readonly object[] = [...Object.values(FUNCTIONS), hrtime.bigint];
