import { useCallback, useEffect, useRef } from 'react';
import { prepareEngine, releaseEngine } from './engine';

/**
 * Has the engine ready by the time the learner presses Run. A run uses up what is ready, and a touch of the lab brings the
 * next one.
 * @returns to be called whenever the lab is pointed at, focused or typed in
 */
export function usePrepared(lab: string, isRunning: boolean): () => void {
  const isTouched = useRef(false);
  const prepare = useCallback(() => {
    isTouched.current = false;
    prepareEngine(lab);
  }, [lab]);
  useEffect(() => {
    const onVisibility = (): void => {
      // Its memory is for what is looked at.
      if (document.hidden) releaseEngine(lab);
    };
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      releaseEngine(lab);
    };
  }, [lab]);
  useEffect(() => {
    if (!isRunning && isTouched.current) prepare();
  }, [isRunning, prepare]);
  return useCallback(() => {
    // A run has the processor for itself.
    if (isRunning) isTouched.current = true;
    else prepare();
  }, [isRunning, prepare]);
}
