import { createContext, useContext } from 'react';

/** Ids of what the present step has changed; `changeId` makes them. */
export const Changed = createContext<ReadonlySet<string>>(new Set());

export function useHasChanged(id: string): boolean {
  return useContext(Changed).has(id);
}
