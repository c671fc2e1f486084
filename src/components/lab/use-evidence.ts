import { usePluginData } from '@docusaurus/useGlobalData';
import { useCallback, useEffect, useRef, useState } from 'react';
import { readAttempts, recordAttempt, type Attempt } from '../../course/attempts';
import { readProgress, recordRegrade, recordVerdict, standingOf, type LabProgress } from '../../course/progress';
import type { GradeResult } from '../../grader/verdict';
import { announceProgress } from '../progress/progress-news';
import { loadHost } from './engine';
import { pageStorage } from './storage';

export interface EvidenceState {
  readonly progress: LabProgress | null;
  readonly attempts: readonly Attempt[];
  readonly onResult: (code: string, result: GradeResult) => void;
}

/** Writes each verdict down as evidence; what an older engine has passed is graded again before it is believed. */
export function useEvidence(lab: string, report: (error: unknown) => void): EvidenceState {
  const [progress, setProgress] = useState<LabProgress | null>(null);
  const [attempts, setAttempts] = useState<readonly Attempt[]>([]);
  const { engineHash } = usePluginData('course') as { readonly engineHash: string };
  useEffect(() => {
    readProgress(pageStorage(), lab).then(setProgress, report);
    readAttempts(pageStorage(), lab).then(setAttempts, report);
  }, [lab, report]);
  useRegrade(progress, engineHash, setProgress, report);
  const onResult = useCallback(
    (code: string, { verdict }: GradeResult): void => {
      const now = Date.now();
      recordVerdict(pageStorage(), code, verdict, now).then((known) => {
        setProgress(known);
        announceProgress();
      }, report);
      recordAttempt(pageStorage(), code, verdict, now).then((history) => setAttempts(history.attempts), report);
    },
    [report],
  );
  return { progress, attempts, onResult };
}

/** The program is the reader's own and has been run here before, so it is run without being asked. */
function useRegrade(
  progress: LabProgress | null,
  engineHash: string,
  onProgress: (progress: LabProgress) => void,
  report: (error: unknown) => void,
): void {
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current || progress === null || progress.passed === null) return undefined;
    if (standingOf(progress, engineHash) !== 'passed-with-older-engine') return undefined;
    const { code } = progress.passed;
    const controller = new AbortController();
    const regrade = async (): Promise<void> => {
      const host = await loadHost();
      const { verdict } = await host.grade({ lab: progress.lab, source: code }, { signal: controller.signal });
      isDone.current = true;
      onProgress(await recordRegrade(pageStorage(), code, verdict, Date.now()));
      announceProgress();
    };
    regrade().catch((error: unknown) => {
      // Offline, or left meanwhile: it stays known as passed with an older engine, and the next visit tries again.
      if (error instanceof Error && error.name === 'StorageError') report(error);
    });
    return () => controller.abort();
  }, [progress, engineHash, onProgress, report]);
}
