/**
 * Grades in the page: each task in a worker inside a frame of opaque origin, which can reach neither the network nor any
 * storage nor the page. The page hears from it through two ports, and believes only what has the right form.
 */
import { RunnerError, type GradeHost, type HostOptions } from '../api';
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
import { frameDocument, workerScript } from './frame';
import { Team } from './team';

/** The frame itself has to say hello within so long. */
const START_MS = 15_000;

/** What the frame of a task is made of. */
interface Scripts {
  readonly worker: string;
  /** The database script; null for a lab without a database. */
  readonly database: string | null;
}

interface Limits {
  readonly watchdogMs: number;
  /** Workers that share a search. */
  readonly workers: number;
}

/** What the browser says it has cores for; most labs have two or three workloads to share. */
function workersOf({ hardwareConcurrency }: Navigator): number {
  return Math.max(1, Math.min(hardwareConcurrency, 3));
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
): GradeHost {
  const worker = workerScript(engineCode);
  return createHost(
    () => Promise.resolve(engineHash(engineCode)),
    async (task, options) => {
      // Words for what has gone wrong need no database.
      const database = task.type === 'diagnose' ? null : await loadDatabase(task.lab);
      return runInFrame({ worker, database }, task, options, { watchdogMs, workers });
    },
  );
}

async function runInFrame(
  scripts: Scripts,
  task: EngineTask,
  options: HostOptions,
  limits: Limits,
): Promise<EngineMessage> {
  if (options.signal?.aborted) throw abortError();
  const frame = createFrame(scripts.database !== null);
  try {
    await whenReady(frame, options.signal);
    return await converse(frame, scripts, task, options, limits);
  } finally {
    // Ends the worker as well, whatever it is doing.
    frame.remove();
  }
}

function createFrame(hasDatabase: boolean): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  frame.title = '';
  frame.hidden = true;
  frame.srcdoc = frameDocument(hasDatabase);
  document.body.append(frame);
  return frame;
}

/** The frame's only message to the window; everything else goes through ports. */
function whenReady(frame: HTMLIFrameElement, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      window.removeEventListener('message', onMessage);
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    const onMessage = ({ source, data }: MessageEvent): void => {
      if (source === frame.contentWindow && data === 'exactly-once-sandbox') end(resolve);
    };
    const onAbort = (): void => end(() => reject(abortError()));
    const timer = setTimeout(() => end(() => reject(new RunnerError('the sandbox has not started'))), START_MS);
    window.addEventListener('message', onMessage);
    signal?.addEventListener('abort', onAbort);
  });
}

function converse(
  frame: HTMLIFrameElement,
  { worker, database }: Scripts,
  task: EngineTask,
  { onProgress, onPreview, signal }: HostOptions,
  { watchdogMs, workers }: Limits,
): Promise<EngineMessage> {
  const control = new MessageChannel();
  // Only a search is worth sharing.
  const team = new Team(task.type === 'grade' ? workers : 1);
  let end = (): void => undefined;
  return new Promise<EngineMessage>((resolve, reject) => {
    const onSilence = (): void => reject(new SandboxDied(NOT_RESPONDING));
    let watchdog = setTimeout(onSilence, watchdogMs);
    const limit = setTimeout(() => reject(new SandboxDied(TOO_LONG)), TASK_LIMIT_MS);
    const onAbort = (): void => reject(abortError());
    signal?.addEventListener('abort', onAbort);
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
        else if (message.type === 'level') team.levelOver(member, message.reports);
        else if (message.type === 'preview') onPreview?.(message.result);
        else if (message.type === 'error') reject(deathOf(message.message));
        else resolve(message);
      } catch (error) {
        reject(error as Error);
      }
    };
    control.port1.onmessage = ({ data }: MessageEvent) => hear(data, 0);
    team.listen(hear);
    frame.contentWindow!.postMessage(worker, '*', [control.port2, ...team.farPorts]);
    if (database !== null) team.tellAll(() => database);
    team.tellAll((index) => JSON.stringify(team.size === 1 ? task : { ...task, team: { index, size: team.size } }));
  }).finally(() => {
    end();
    control.port1.close();
    team.close();
  });
}

/** Browsers end a worker that has used up its memory, and say so in their own words. */
function deathOf(message: string): Error {
  return /out of memory|allocation failed/i.test(message) ? new SandboxDied(OUT_OF_MEMORY) : new RunnerError(message);
}
