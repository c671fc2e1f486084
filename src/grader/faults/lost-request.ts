/** A lost request: the connection breaks before the receiver has read it. It has no effect, and the sender does not know. */
import type { Fault } from './fault';

export const lostRequest: Fault = {
  kind: 'lost-request',
  meaning: 'The connection breaks before the request arrives: no effect, and the sender cannot tell.',
  strikes: 'send',
  choice: 'lose',
  // A lost read of the client library is only a delay: it asks again, and so is what it registers with a coordinator (TXN-7,
  // OFS-9). A lost call of a service reaches the program.
  matters: ({ kind }) => kind === 'effect' || kind === 'produce' || kind === 'commit' || kind === 'end-txn',
};
