import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { openPlaygroundLink } from '../../course/playground/link';
import type { PlaygroundState } from '../../course/playground/state';
import { pageStorage } from '../lab/storage';
import { KeptSession, type KeptState } from './kept-session';
import type { HistoryActions } from './use-history';

export interface Kept extends KeptState {
  readonly keepCopy: () => void;
  readonly leaveCopy: () => void;
  readonly takeTheirs: () => void;
  readonly keepMine: () => void;
  readonly dropSetAside: () => void;
}

/** Begins with the link in the address, or with what was kept; keeps what changes, unless it is a copy. */
export function useKept({ state, replace, change }: HistoryActions, first: PlaygroundState): Kept {
  const [session] = useState(() => new KeptSession({ storage: pageStorage(), first, replace, change }));
  const kept = useSyncExternalStore(session.subscribe, session.getState, session.getState);
  useEffect(() => session.start(), [session]);
  useEffect(() => {
    const start = (): void => void session.open(location.hash);
    start();
    // Other fragments, such as that of "skip to content", are none of its business.
    const onHash = (): void => {
      if (openPlaygroundLink(location.hash) !== null) start();
    };
    const onHide = (): void => {
      if (document.visibilityState === 'hidden') void session.flush();
    };
    window.addEventListener('hashchange', onHash);
    document.addEventListener('visibilitychange', onHide);
    return () => {
      window.removeEventListener('hashchange', onHash);
      document.removeEventListener('visibilitychange', onHide);
    };
  }, [session]);
  useEffect(() => session.changed(state), [session, state]);
  const keepCopy = useCallback(() => {
    forgetLink();
    void session.keepCopy();
  }, [session]);
  const leaveCopy = useCallback(() => {
    forgetLink();
    void session.open('');
  }, [session]);
  const { takeTheirs, keepMine, dropSetAside } = session;
  return { ...kept, keepCopy, leaveCopy, takeTheirs, keepMine, dropSetAside };
}

function forgetLink(): void {
  history.replaceState(history.state, '', location.pathname + location.search);
}
