/**
 * Grades in the page: each task in workers inside a frame of opaque origin, which can reach neither the network nor any
 * storage nor the page. The page hears from them through ports, and believes only what has the right form.
 */
import { RunnerError, type BrowserHost, type HostOptions } from '../api';
import { engineHash } from '../engine-hash';
import { readMessage, type EngineMessage, type EngineTask } from '../engine-messages';
import {
  abortError,
  createHost,
  NOT_RESPONDING,
  OUT_OF_MEMORY,
  SandboxDied,
  WATCHDOG_MS,
  TASK_LIMIT_MS,
  TOO_LONG,
} from '../sandbox-host';
import { workerScript } from './frame';
import { Sandbox } from './sandbox';

/**
 * What the browser says it has cores for, but one: the page needs it, and each worker's compiler and garbage collector take
 * from it. With two cores a second worker brings nothing (BENCHMARKS.md).
 */
function workersOf({ hardwareConcurrency }: Navigator): number {
  return Math.max(1, Math.min(hardwareConcurrency - 1, 3));
}

/**
 * @param engineCode the bundle of `engine-bundle.ts`, as text
 * @param loadDatabase gives the text of `database-bundle.ts` for a lab that needs it, null for others
 */
export function createBrowserHost(
  engineCode: string,
  watchdogMs = WATCHDOG_MS,
  loadDatabase: (lab: string) => Promise<string | null> = () => Promise.resolve(null),
  workers = workersOf(navigator),
): BrowserHost {
  const modelHash = engineHash(engineCode);
  const sandboxes = new Sandboxes(workerScript(engineCode), loadDatabase, workers);
  const host = createHost(
    () => Promise.resolve(modelHash),
    (task, options) => runTask(sandboxes, task, options, watchdogMs),
  );
  return {
    ...host,
    prepare: (lab, source) => sandboxes.prepare(lab, source, modelHash),
    release: (lab) => sandboxes.release(lab),
  };
}

/** Makes sandboxes, and keeps one that was made ahead. */
class Sandboxes {
  private spare: { readonly lab: string; readonly made: Promise<Sandbox> } | null = null;

  constructor(
    private readonly worker: string,
    private readonly loadDatabase: (lab: string) => Promise<string | null>,
    private readonly workers: number,
  ) {}

  /** One for a task: that which is ready, or a new one. */
  async take(task: EngineTask): Promise<Sandbox> {
    // Words for what has gone wrong need no database.
    if (task.type === 'diagnose') return new Sandbox({ worker: this.worker, database: null }, 1);
    const { spare } = this;
    if (spare?.lab === task.lab) {
      this.spare = null;
      const sandbox = await spare.made;
      if (!sandbox.isBroken) return sandbox;
      sandbox.close();
    }
    // Only a search is worth sharing.
    return this.make(task.lab, task.type === 'grade' ? this.workers : 1);
  }

  private async make(lab: string, workers: number): Promise<Sandbox> {
    const database = await this.loadDatabase(lab);
    return new Sandbox({ worker: this.worker, database }, workers);
  }

  async prepare(lab: string, source: () => Promise<string>, modelHash: string): Promise<void> {
    if (this.spare?.lab === lab) return;
    if (this.spare !== null) this.release(this.spare.lab);
    const spare = { lab, made: this.make(lab, this.workers) };
    this.spare = spare;
    try {
      const sandbox = await spare.made;
      await sandbox.opened;
      const program = await source();
      // Somebody may have been faster than the source was loaded.
      if (this.spare === spare) await sandbox.warmUp({ lab, source: program, modelHash });
    } catch {
      // The task will meet the same trouble, and there is somebody who waits for it.
      if (this.spare === spare) this.release(lab);
    }
  }

  release(lab: string): void {
    const { spare } = this;
    if (spare?.lab !== lab) return;
    this.spare = null;
    spare.made.then(
      (sandbox) => sandbox.close(),
      // It was never made.
      () => undefined,
    );
  }
}

async function runTask(
  sandboxes: Sandboxes,
  task: EngineTask,
  options: HostOptions,
  watchdogMs: number,
): Promise<EngineMessage> {
  if (options.signal?.aborted) throw abortError();
  const sandbox = await sandboxes.take(task);
  try {
    return await converse(sandbox, task, options, watchdogMs);
  } finally {
    sandbox.close();
  }
}

function converse(
  sandbox: Sandbox,
  task: EngineTask,
  { onProgress, onPreview, signal }: HostOptions,
  watchdogMs: number,
): Promise<EngineMessage> {
  const { team } = sandbox;
  let end = (): void => undefined;
  return new Promise<EngineMessage>((resolve, reject) => {
    const onSilence = (): void => reject(new SandboxDied(NOT_RESPONDING));
    let watchdog: ReturnType<typeof setTimeout>;
    const limit = setTimeout(() => reject(new SandboxDied(TOO_LONG)), TASK_LIMIT_MS);
    const onAbort = (): void => reject(abortError());
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) onAbort();
    end = (): void => {
      clearTimeout(watchdog);
      clearTimeout(limit);
      signal?.removeEventListener('abort', onAbort);
    };
    const hear = (data: unknown, member: number): void => {
      clearTimeout(watchdog);
      watchdog = setTimeout(onSilence, watchdogMs);
      try {
        const message = readMessage(data);
        if (message.type === 'progress') onProgress?.(team.progress(member, message.progress));
        else if (message.type === 'level') team.levelOver(member, message.shares);
        else if (message.type === 'preview') onPreview?.(message.result);
        else if (message.type === 'error') reject(deathOf(message.message));
        // The last answer to what was done ahead of the task.
        else if (message.type !== 'warm') resolve(message);
      } catch (error) {
        reject(error as Error);
      }
    };
    sandbox.use(hear);
    sandbox.opened.then(() => {
      watchdog = setTimeout(onSilence, watchdogMs);
      if (task.type !== 'grade' || team.size === 1) team.tell(0, JSON.stringify(task));
      else team.tellAll((index) => JSON.stringify({ ...task, team: { index, size: team.size } }));
    }, reject);
  }).finally(end);
}

/** Browsers end a worker that has used up its memory, and say so in their own words. */
function deathOf(message: string): Error {
  return /out of memory|allocation failed/i.test(message) ? new SandboxDied(OUT_OF_MEMORY) : new RunnerError(message);
}
