/** A clean restart (a deployment): SIGTERM at rest, and the program started again. */
import type { Fault } from './fault';

export const restart: Fault = {
  kind: 'restart',
  meaning: 'The program is stopped cleanly when it has come to rest, and started again.',
  strikes: 'rest',
  choice: 'default',
  // It strikes between requests; `runExecution` offers it at every rest.
  matters: () => false,
};
