/**
 * A broker stands still right before a request reaches it, for longer than its session: others lead by then. The request lies
 * in its socket, and when it wakes up it carries it out as the leader it believes to be (REP-9).
 */
import { isStored, type Fault } from './fault';

export const brokerPause: Fault = {
  kind: 'broker-pause',
  meaning: 'A broker freezes until it has been replaced, and then goes on with what lay in its sockets.',
  strikes: 'send',
  choice: 'default',
  isPossible: (request, outages) => outages.brokerOf(request) !== null,
  matters: isStored,
  isFeltLater: true,
  disturb: (outages, request) => outages.pause(outages.brokerOf(request)!),
};
