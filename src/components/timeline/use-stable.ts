import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * The same function for as long as the component lives, which calls the latest one given. Rows that are given it need not
 * be drawn anew with every step.
 */
export function useStable<Args extends readonly unknown[]>(latest: (...args: Args) => void): (...args: Args) => void {
  const current = useRef(latest);
  useLayoutEffect(() => {
    current.current = latest;
  });
  return useCallback((...args: Args) => current.current(...args), []);
}
