import { useCallback, useEffect, useState } from 'react';
import { decodeCode, type LinkProblem } from '../../course/lab-code';
import type { LabLink } from '../../course/lab-link';

/** A program that came with a link. It is looked at and tried beside the reader's own, which stays as it is. */
export interface CopyState {
  /** Its text, with what the reader has changed in it; null when the reader's own program is shown. */
  readonly code: string | null;
  /** Why the link's program cannot be shown. */
  readonly problem: LinkProblem | null;
  readonly edit: (code: string) => void;
  readonly leave: () => void;
}

/** Opens what the address holds. Nothing of it is run and nothing is saved until the reader says so. */
export function useCopy(link: LabLink | null, starter: string): CopyState {
  const [code, setCode] = useState<string | null>(null);
  const [problem, setProblem] = useState<LinkProblem | null>(null);
  const packed = link?.code ?? null;
  useEffect(() => {
    if (packed === null) return;
    const decoded = decodeCode(packed, starter);
    // The address changes from outside: it is followed, as a store would be.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setCode(decoded.ok ? decoded.code : null);
    setProblem(decoded.ok ? null : decoded.problem);
  }, [packed, starter]);
  const leave = useCallback(() => {
    setCode(null);
    setProblem(null);
  }, []);
  return { code, problem, edit: setCode, leave };
}
