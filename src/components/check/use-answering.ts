import { useCallback, useEffect, useState } from 'react';
import { readCheck, recordAnswer } from '../../course/checks';
import { StorageError } from '../../course/storage';
import { pageStorage } from '../lab/storage';

export interface Answering {
  /** Numbers of the options that were last handed in, and whether they were right; null before, and after a change. */
  readonly handedIn: { readonly answer: readonly number[]; readonly isRight: boolean } | null;
  readonly wasRight: boolean;
  readonly isKept: boolean;
  readonly handIn: (answer: readonly number[], isRight: boolean) => void;
  /** The answer is being changed: what was said of the last one no longer holds. */
  readonly change: () => void;
}

/** Answers to one question, kept in progress. */
export function useAnswering(check: string): Answering {
  const [handedIn, setHandedIn] = useState<Answering['handedIn']>(null);
  const [wasRight, setWasRight] = useState(false);
  const [isKept, setKept] = useState(true);
  useEffect(() => {
    readCheck(pageStorage(), check).then(
      (progress) => setWasRight((known) => known || (progress?.rightAt ?? null) !== null),
      () => {
        // Nothing can be read, so nothing is known; the first answer says that it cannot be kept.
      },
    );
  }, [check]);
  const handIn = useCallback(
    (answer: readonly number[], isRight: boolean) => {
      setHandedIn({ answer, isRight });
      if (isRight) setWasRight(true);
      recordAnswer(pageStorage(), { check, answer, isRight, now: Date.now() }).then(
        () => setKept(true),
        (error: unknown) => {
          if (!(error instanceof StorageError)) throw error;
          setKept(false);
        },
      );
    },
    [check],
  );
  const change = useCallback(() => setHandedIn(null), []);
  return { handedIn, wasRight, isKept, handIn, change };
}
