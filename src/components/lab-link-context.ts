import { createContext } from 'react';

/** Address of an execution of the lab's program at a step; null where there is no lab to open it in. */
export const LabLinkContext = createContext<((execution: string, step: number) => string) | null>(null);
