/** The database connection breaks before what would have committed arrives: the database rolls the transaction back. */
import type { Fault } from './fault';

export const connectionLostBeforeCommit: Fault = {
  kind: 'connection-lost-before-commit',
  meaning:
    'The database connection breaks before the commit arrives: the transaction is rolled back, and the sender cannot tell.',
  strikes: 'send',
  choice: 'lose',
  isPossible: (request) => request.kind === 'query',
  matters: (request) => request.kind === 'query' && request.isMutating,
};
