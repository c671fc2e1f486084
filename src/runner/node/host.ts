/**
 * Grades in Node: each task in a child process of its own, without rights to files, processes or workers, with an empty
 * environment and a bounded heap.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { RunnerError, type GradeHost, type HostOptions, type StormHost } from '../api';
import { writeNodeBundle } from '../engine-bundle';
import { MAX_MESSAGE_LENGTH, readMessage, type EngineMessage, type EngineTask } from '../engine-messages';
import {
  abortError,
  createHost,
  createStormHost,
  NOT_RESPONDING,
  OUT_OF_MEMORY,
  type RunTask,
  SandboxDied,
  TASK_LIMIT_MS,
  TOO_LONG,
  WATCHDOG_MS,
} from '../sandbox-host';

export interface NodeHostOptions {
  /** Heap of the child process. */
  readonly heapMegabytes?: number;
  /** Without a sign of life for so long, a child is ended. */
  readonly watchdogMs?: number;
}

const RUN_LIMIT_MS = 1000;

type Files = Awaited<ReturnType<typeof writeNodeBundle>>;

export function createNodeHost({ heapMegabytes = 256, watchdogMs = WATCHDOG_MS }: NodeHostOptions = {}): GradeHost &
  StormHost {
  let files: Promise<Files> | null = null;
  const bundle = (): Promise<Files> => (files ??= writeNodeBundle());
  const hash = async (): Promise<string> => (await bundle()).hash;
  const run: RunTask = async (task, options) =>
    runInChild(startChild(await bundle(), heapMegabytes), task, options, watchdogMs);
  return { ...createHost(hash, run), ...createStormHost(hash, run) };
}

/** Node 20 calls it experimental; newer ones have dropped the word. */
function permissionFlag(): string {
  return process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
}

/** What takes a process its rights: it may read these files, and nothing else. */
export function childFlags(files: readonly string[], heapMegabytes: number): string[] {
  const reads = files.map((file) => `--allow-fs-read=${file}`);
  return [
    permissionFlag(),
    ...reads,
    `--max-old-space-size=${heapMegabytes}`,
    '--disallow-code-generation-from-strings',
    '--no-warnings',
  ];
}

/** Children at work. A program that never ends would go on for ever without its parent. */
const children = new Set<ChildProcess>();

process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

function startChild({ engineFile, databaseFile, childFile }: Files, heapMegabytes: number): ChildProcess {
  const flags = childFlags([engineFile, databaseFile, childFile], heapMegabytes);
  const child = spawn(process.execPath, [...flags, childFile, engineFile, databaseFile], {
    cwd: path.dirname(engineFile),
    env: {},
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  children.add(child);
  return child;
}

/** A storm may take as long as it was asked to: a run of it is a handful of executions. */
function limitOf(task: EngineTask): number {
  return TASK_LIMIT_MS + (task.type === 'storm' ? task.runs * RUN_LIMIT_MS : 0);
}

function runInChild(
  child: ChildProcess,
  task: EngineTask,
  { onProgress, onPreview, signal }: HostOptions,
  watchdogMs: number,
): Promise<EngineMessage> {
  return new Promise((resolve, reject) => {
    let text = '';
    let complaint = '';
    const finish = (settle: () => void): void => {
      clearTimeout(watchdog);
      clearTimeout(limit);
      signal?.removeEventListener('abort', onAbort);
      children.delete(child);
      child.kill('SIGKILL');
      settle();
    };
    const onAbort = (): void => finish(() => reject(abortError()));
    const onSilence = (): void => finish(() => reject(new SandboxDied(NOT_RESPONDING)));
    let watchdog = setTimeout(onSilence, watchdogMs);
    const limit = setTimeout(() => finish(() => reject(new SandboxDied(TOO_LONG))), limitOf(task));
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort);

    const onLine = (line: string): void => {
      clearTimeout(watchdog);
      watchdog = setTimeout(onSilence, watchdogMs);
      try {
        const message = readMessage(line);
        if (message.type === 'progress') onProgress?.(message.progress);
        else if (message.type === 'preview') onPreview?.(message.result);
        else finish(() => resolve(message));
      } catch (error) {
        finish(() => reject(error as Error));
      }
    };
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.length > MAX_MESSAGE_LENGTH) finish(() => reject(new RunnerError('the engine answers without end')));
      const lines = text.split('\n');
      text = lines.pop()!;
      lines.forEach(onLine);
    });
    child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
      complaint = (complaint + chunk).slice(0, 4000);
    });
    child.on('error', (error) =>
      finish(() => reject(new RunnerError(`the engine's process could not be started: ${error.message}`))),
    );
    child.on('close', (code, signalName) => finish(() => reject(deathOf(code, signalName, complaint))));
    // A child that is gone already says so by its end.
    child.stdin!.on('error', () => undefined).end(JSON.stringify(task));
  });
}

function deathOf(code: number | null, signal: string | null, complaint: string): Error {
  if (/heap|out of memory|allocation failed/i.test(complaint)) return new SandboxDied(OUT_OF_MEMORY);
  return new RunnerError(`the engine's process ended with ${signal ?? `code ${code}`}: ${complaint.slice(0, 500)}`);
}
