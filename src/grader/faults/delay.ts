/**
 * A request, or its answer, is held up. A sender that waits for so long only gives it up and sends it again; the first one
 * still arrives, after the second and whatever came between (REP-9 is the same with a broker that stands still). What is
 * behind it on its connection stays behind it.
 */
import { isStored, type Fault } from './fault';

export const delay: Fault = {
  kind: 'delay',
  meaning:
    'A request or its answer is held up until its sender has given it up, and arrives after what was sent later.',
  strikes: 'both',
  choice: 'delay',
  // A database connection gives up nothing: what is held up there comes in its turn.
  isPossible: ({ kind }) => kind !== 'query',
  // A read that comes late is asked again.
  matters: (request) => isStored(request) || (request.kind === 'effect' && request.isMutating),
};
