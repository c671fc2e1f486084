/** `console`: what a program prints goes into the trace. */
import { turn, TurnExhausted } from '../../simulation/turn';
import { format, inspect } from './inspect';
import { currentProgram } from './program-state';

/** More output than this in one execution ends it: nobody reads it, and it fills memory. */
export const MAX_OUTPUT_LINES = 2000;
export const MAX_OUTPUT_CHARACTERS = 200_000;

type Level = 'log' | 'info' | 'warn' | 'error' | 'debug';

interface Output {
  lines: number;
  characters: number;
}

function write(level: Level, text: string): void {
  const { incarnation } = currentProgram();
  if (!incarnation.isAlive) return;
  const { world } = incarnation;
  const output = ((world.output as Output | null) ?? (world.output = { lines: 0, characters: 0 })) as Output;
  output.lines += 1 + (text.match(/\n/g)?.length ?? 0);
  output.characters += text.length;
  if (output.lines > MAX_OUTPUT_LINES || output.characters > MAX_OUTPUT_CHARACTERS) {
    world.endStuck(incarnation, 'output-flood', turn.line);
    incarnation.exit(1, null);
    throw new TurnExhausted('the program prints too much');
  }
  show(level, text);
}

function show(level: Level, text: string): void {
  const { incarnation, indent } = currentProgram();
  const { world } = incarnation;
  if (world.recorder === null || !incarnation.isAlive) return;
  const lines = indent === '' ? text : indent + text.replace(/\n/g, `\n${indent}`);
  const place = { lane: incarnation.name, incarnation: incarnation.number, line: turn.line || undefined };
  world.record(place, { kind: 'console', level, text: lines });
}

/** What `process.stdout.write` and `process.stderr.write` print. */
export function writeRaw(level: 'log' | 'error', chunk: unknown): boolean {
  const text = typeof chunk === 'string' ? chunk : inspect(chunk);
  write(level, text.endsWith('\n') ? text.slice(0, -1) : text);
  return true;
}

/** A line that a library writes, e.g. the Kafka client's log; it is not the program that prints too much. */
export function writeLine(level: Level, text: string): void {
  show(level, text);
}

const printer =
  (level: Level) =>
  (...args: unknown[]): void =>
    write(level, format(args));

function labelOf(label: unknown): string {
  return typeof label === 'string' ? label : 'default';
}

const FUNCTIONS = {
  log: printer('log'),
  info: printer('info'),
  warn: printer('warn'),
  error: printer('error'),
  debug: printer('debug'),
  trace: (...args: unknown[]): void => write('error', `Trace: ${format(args)}`),
  dir: (value: unknown): void => write('log', inspect(value)),
  table: (value: unknown): void => write('log', inspect(value)),
  assert: (condition?: unknown, ...args: unknown[]): void => {
    if (!condition) write('error', args.length === 0 ? 'Assertion failed' : `Assertion failed: ${format(args)}`);
  },
  group: (...args: unknown[]): void => {
    if (args.length > 0) write('log', format(args));
    currentProgram().indent += '  ';
  },
  groupEnd: (): void => {
    const state = currentProgram();
    state.indent = state.indent.slice(2);
  },
  count: (label?: unknown): void => {
    const { counts } = currentProgram();
    const count = (counts.get(labelOf(label)) ?? 0) + 1;
    counts.set(labelOf(label), count);
    write('log', `${labelOf(label)}: ${count}`);
  },
  countReset: (label?: unknown): void => {
    currentProgram().counts.delete(labelOf(label));
  },
  time: (label?: unknown): void => {
    const { counts, incarnation } = currentProgram();
    counts.set(`time ${labelOf(label)}`, incarnation.world.now);
  },
  timeEnd: (label?: unknown): void => {
    const { counts, incarnation } = currentProgram();
    const start = counts.get(`time ${labelOf(label)}`) ?? incarnation.world.now;
    write('log', `${labelOf(label)}: ${incarnation.world.now - start}ms`);
  },
};

/** A console of its own for each incarnation, so that a program may replace its functions. */
export function createConsole(): typeof FUNCTIONS {
  return { ...FUNCTIONS };
}

export const consoleFunctions: readonly object[] = Object.values(FUNCTIONS);
