import { useEffect, useState, useSyncExternalStore } from 'react';
import { DraftSession, type DraftState } from './draft-session';
import { pageStorage } from './storage';

/** The learner's code for a lab, saved and restored. */
export function useDraft(lab: string, starter: string): { readonly state: DraftState; readonly session: DraftSession } {
  const [session] = useState(() => new DraftSession({ lab, starter, storage: pageStorage(), now: Date.now }));
  const state = useSyncExternalStore(session.subscribe, session.getState, session.getState);
  useEffect(() => session.start(), [session]);
  return { state, session };
}
