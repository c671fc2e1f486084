/** The database has committed, and the connection breaks before the sender learns of it. */
import { connectionLostBeforeCommit } from './connection-lost-before-commit';
import type { Fault } from './fault';

export const connectionLostAfterCommit: Fault = {
  kind: 'connection-lost-after-commit',
  meaning: 'The database commits, then the connection breaks: the sender cannot tell.',
  strikes: 'effect',
  choice: 'lose',
  isPossible: (request) => request.kind === 'query',
  matters: connectionLostBeforeCommit.matters,
};
