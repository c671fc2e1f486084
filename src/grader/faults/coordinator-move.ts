/**
 * The coordinator of a group or a transaction moves to another broker, as with a planned stop or a reassignment: before it
 * takes a request, which is refused with NOT_COORDINATOR, or right after the request took effect (OFS-11, GRP-15, TXN-1).
 */
import { isStored, type Fault } from './fault';

export const coordinatorMove: Fault = {
  kind: 'coordinator-move',
  meaning: 'The coordinator of a group or a transaction moves to another broker, which reads its state from the log.',
  strikes: 'both',
  choice: 'default',
  isPossible: (request, outages) => {
    const partition = outages.coordinatorOf(request);
    return outages.brokerOf(request)?.id === partition?.leader && outages.successorsOf(partition) > 0;
  },
  matters: (request) => isStored(request) && request.kind !== 'produce',
  disturb: (outages, request) => outages.handOver(outages.coordinatorOf(request)!),
};
