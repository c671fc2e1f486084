import { useCallback, useEffect, useRef, useState } from 'react';
import { keep, readKept } from '../../course/playground/kept';
import { openPlaygroundLink, type LinkProblem } from '../../course/playground/link';
import type { PlaygroundState } from '../../course/playground/state';
import { StorageError, type StorageProblem } from '../../course/storage';
import { pageStorage } from '../lab/storage';

const KEEP_AFTER_MS = 300;

export interface Kept {
  /** False until it is known what to begin with. */
  readonly isReady: boolean;
  /** The run came with a link, and is not kept. */
  readonly isCopy: boolean;
  readonly linkProblem: LinkProblem | null;
  readonly storageProblem: StorageProblem | null;
  readonly keepCopy: () => void;
  readonly leaveCopy: () => void;
}

/** Begins with the link in the address, or with what was kept; keeps what changes, unless it is a copy. */
export function useKept(
  state: PlaygroundState,
  first: PlaygroundState,
  replace: (next: PlaygroundState) => void,
): Kept {
  const [isReady, setReady] = useState(false);
  const [isCopy, setCopy] = useState(false);
  const [linkProblem, setLinkProblem] = useState<LinkProblem | null>(null);
  const [storageProblem, setStorageProblem] = useState<StorageProblem | null>(null);
  const loaded = useRef<PlaygroundState | null>(null);
  const failed = useCallback((error: unknown) => {
    if (!(error instanceof StorageError)) throw error;
    setStorageProblem(error.problem);
  }, []);
  const open = useCallback(async (): Promise<void> => {
    const link = openPlaygroundLink(location.hash);
    setLinkProblem(link?.ok === false ? link.problem : null);
    setCopy(link?.ok === true);
    const begin = link?.ok === true ? link.state : ((await readKept(pageStorage()).catch(failed)) ?? first);
    loaded.current = begin;
    replace(begin);
    setReady(true);
  }, [first, replace, failed]);
  useEffect(() => {
    const start = (): void => void open();
    start();
    // Other fragments, such as that of "skip to content", are none of its business.
    const onHash = (): void => {
      if (openPlaygroundLink(location.hash) !== null) start();
    };
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, [open]);
  useEffect(() => {
    if (!isReady || isCopy || state === loaded.current) return undefined;
    const timer = setTimeout(() => {
      keep(pageStorage(), state).then(() => setStorageProblem(null), failed);
    }, KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [state, isReady, isCopy, failed]);
  const keepCopy = useCallback(() => {
    forgetLink();
    loaded.current = null;
    setCopy(false);
  }, []);
  const leaveCopy = useCallback(() => {
    forgetLink();
    void open();
  }, [open]);
  return { isReady, isCopy, linkProblem, storageProblem, keepCopy, leaveCopy };
}

function forgetLink(): void {
  history.replaceState(history.state, '', location.pathname + location.search);
}
