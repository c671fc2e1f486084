import { useCallback, useEffect, useRef, useState } from 'react';
import type { GradeProgress, GradeResult } from '../../grader/verdict';
import { RunnerError, type GradeHost } from '../../runner/api';
import type { Recording } from '../../simulation/trace';
import { loadHost } from './engine';

/** What kept a run from giving a verdict; none of it is about the program. */
export type GradeTrouble = 'offline' | 'load' | 'engine' | 'replay';

export type GradeState =
  | { readonly phase: 'idle' }
  | {
      readonly phase: 'running';
      readonly progress: GradeProgress | null;
      readonly isSilent: boolean;
      /** The failure is known already; its counts still grow. */
      readonly preview: GradeResult | null;
      readonly code: string;
      readonly run: number;
    }
  | { readonly phase: 'done'; readonly result: GradeResult; readonly code: string; readonly run: number }
  /** One execution, asked for by its code; no verdict. */
  | {
      readonly phase: 'replayed';
      readonly recording: Recording;
      readonly code: string;
      readonly step: number | null;
      readonly run: number;
    }
  | { readonly phase: 'trouble'; readonly trouble: GradeTrouble; readonly message: string };

/** Without a sign of life for so long the learner is told. */
const silenceMs = 30_000;

export interface Grading {
  readonly state: GradeState;
  readonly run: (code: string) => void;
  /** @param step to show at first; null for the first fault */
  readonly replay: (code: string, execution: string, step: number | null) => void;
  readonly stop: () => void;
}

/** Runs a lab's program through the engine. A new run ends the one before it. */
export function useGrade(lab: string, onResult: (code: string, result: GradeResult) => void): Grading {
  const [state, setState] = useState<GradeState>({ phase: 'idle' });
  const controller = useRef<AbortController | null>(null);
  const runs = useRef(0);
  useEffect(() => () => controller.current?.abort(), []);
  useSilence(state, setState);
  const begin = useCallback(() => {
    controller.current?.abort();
    const { signal } = (controller.current = new AbortController());
    runs.current += 1;
    const show = (next: GradeState): void => {
      if (!signal.aborted) setState(next);
    };
    return { signal, show, number: runs.current };
  }, []);
  const run = useCallback(
    (code: string): void => {
      const { signal, show, number } = begin();
      let preview: GradeResult | null = null;
      let latest: GradeProgress | null = null;
      const showRunning = (): void =>
        show({ phase: 'running', progress: latest, isSilent: false, preview, code, run: number });
      showRunning();
      const onProgress = (progress: GradeProgress): void => {
        latest = progress;
        showRunning();
      };
      const onPreview = (result: GradeResult): void => {
        preview = result;
        showRunning();
      };
      grade({ lab, source: code }, { onProgress, onPreview, signal }).then(
        (result) => {
          if (signal.aborted) return;
          show({ phase: 'done', result, code, run: number });
          onResult(code, result);
        },
        (error: unknown) => show(troubleOf(error)),
      );
    },
    [lab, onResult, begin],
  );
  const replay = useCallback(
    (code: string, execution: string, step: number | null): void => {
      const { signal, show, number } = begin();
      show({ phase: 'running', progress: null, isSilent: false, preview: null, code, run: number });
      replayOnce({ lab, source: code, executionCode: execution }, signal).then(
        (recording) => show({ phase: 'replayed', recording, code, step, run: number }),
        (error: unknown) => show(troubleOf(error, 'replay')),
      );
    },
    [lab, begin],
  );
  const stop = useCallback((): void => {
    controller.current?.abort();
    setState({ phase: 'idle' });
  }, []);
  return { state, run, replay, stop };
}

class LoadError extends Error {
  override readonly name = 'LoadError';
}

async function grade(
  request: { readonly lab: string; readonly source: string },
  options: {
    readonly onProgress: (progress: GradeProgress) => void;
    readonly onPreview: (result: GradeResult) => void;
    readonly signal: AbortSignal;
  },
): Promise<GradeResult> {
  const host = await hostOrLoadError();
  options.signal.throwIfAborted();
  return host.grade(request, options);
}

async function replayOnce(
  request: { readonly lab: string; readonly source: string; readonly executionCode: string },
  signal: AbortSignal,
): Promise<Recording> {
  const host = await hostOrLoadError();
  signal.throwIfAborted();
  return host.replay(request, { signal });
}

function hostOrLoadError(): Promise<GradeHost> {
  return loadHost().catch((error: unknown) => {
    throw error instanceof RunnerError ? error : new LoadError(String(error), { cause: error });
  });
}

function troubleOf(error: unknown, otherwise: 'engine' | 'replay' = 'engine'): GradeState {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof LoadError)) return { phase: 'trouble', trouble: otherwise, message };
  return { phase: 'trouble', trouble: navigator.onLine ? 'load' : 'offline', message };
}

/** Each progress starts the wait anew, because it makes a new state. */
function useSilence(state: GradeState, setState: (state: GradeState) => void): void {
  useEffect(() => {
    if (state.phase !== 'running' || state.isSilent) return undefined;
    const timer = setTimeout(() => setState({ ...state, isSilent: true }), silenceMs);
    return () => clearTimeout(timer);
  }, [state, setState]);
}
