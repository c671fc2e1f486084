/** What both hosts do alike: one fresh sandbox a task, a watchdog, and a verdict when the sandbox did not survive. */
import type { Recording } from '../simulation/trace';
import type { Diagnosis, GradeResult } from '../grader/verdict';
import type { StormResult } from '../grader/storm/storm-report';
import {
  RunnerError,
  type GradeHost,
  type GradeRequest,
  type HostOptions,
  type ReplayRequest,
  type StormHost,
  type StormRequest,
} from './api';
import type { EngineMessage, EngineTask } from './engine-messages';

/** No message for so long, and the program is taken to hang. Progress is reported many times a second. */
export const WATCHDOG_MS = 10_000;

/** However lively, a task that takes this long is ended: one file must not hold up two hundred. */
export const TASK_LIMIT_MS = 180_000;

export const TOO_LONG: Diagnosis = {
  kind: 'not-responding',
  message: `The search took longer than ${TASK_LIMIT_MS / 60_000} minutes.`,
};

/** Why a sandbox ended without an answer. */
export class SandboxDied extends Error {
  constructor(readonly diagnosis: Diagnosis) {
    super(diagnosis.message);
  }
}

/**
 * Runs a task in a sandbox of its own and ends the sandbox, whatever comes.
 * @throws SandboxDied when the program brought it down; RunnerError; AbortError
 */
export type RunTask = (task: EngineTask, options: HostOptions) => Promise<EngineMessage>;

export const NOT_RESPONDING: Diagnosis = {
  kind: 'not-responding',
  message: `For ${WATCHDOG_MS / 1000} s there was no sign of life.`,
};

export const OUT_OF_MEMORY: Diagnosis = { kind: 'out-of-memory', message: 'The memory was used up.' };

/** Runs a task; where the program has brought the sandbox down, a fresh engine without it words the verdict. */
async function runOrDiagnose(
  run: RunTask,
  task: Exclude<EngineTask, { type: 'diagnose' }>,
  options: HostOptions,
): Promise<EngineMessage> {
  try {
    return await run(task, options);
  } catch (error) {
    if (!(error instanceof SandboxDied)) throw error;
    const { lab, modelHash } = task;
    return run({ type: 'diagnose', lab, diagnosis: error.diagnosis, modelHash }, options);
  }
}

export function createStormHost(modelHash: () => Promise<string>, run: RunTask): StormHost {
  return {
    async storm(request: StormRequest, options: HostOptions = {}): Promise<StormResult | GradeResult> {
      const message = await runOrDiagnose(run, { type: 'storm', ...request, modelHash: await modelHash() }, options);
      if (message.type === 'storm' || message.type === 'result') return message.result;
      throw new RunnerError(message.type === 'error' ? message.message : 'the engine has not graded');
    },
  };
}

export function createHost(modelHash: () => Promise<string>, run: RunTask): GradeHost {
  return {
    async grade(request: GradeRequest, options: HostOptions = {}): Promise<GradeResult> {
      const message = await runOrDiagnose(run, { type: 'grade', ...request, modelHash: await modelHash() }, options);
      if (message.type === 'result') return message.result;
      throw new RunnerError(message.type === 'error' ? message.message : 'the engine has not graded');
    },

    async replay(request: ReplayRequest, options: HostOptions = {}): Promise<Recording> {
      const message = await run({ type: 'replay', ...request, modelHash: await modelHash() }, options).catch(
        (error: unknown) => {
          throw error instanceof SandboxDied ? new RunnerError(error.message) : error;
        },
      );
      if (message.type === 'recording') return message.recording;
      if (message.type === 'error') throw new RunnerError(message.message);
      if (message.type === 'result')
        throw new RunnerError(message.result.verdict.diagnosis?.message ?? 'the file cannot be run');
      throw new RunnerError('the engine has not replayed');
    },
  };
}

/** The error that a caller's `AbortSignal` asks for. */
export function abortError(): Error {
  const error = new Error('The operation was aborted');
  error.name = 'AbortError';
  return error;
}
