/**
 * A clean fail-over at the worst moment: the leader has stored a write, and dies before any follower has it. What it answers
 * by itself (acks 0 and 1) has left already and is lost with it (ACK-4); acks=all is not answered and is tried again (ACK-5).
 * It is started again and cuts off what nobody else has (EPO-1).
 */
import { isStored, type Fault } from './fault';

export const failOver: Fault = {
  kind: 'fail-over',
  meaning:
    'A leader dies right after it has stored a write, before any follower has it; an in-sync follower takes over.',
  strikes: 'effect',
  choice: 'default',
  isPossible: (request, outages) => {
    const partition = outages.partitionOf(request);
    return outages.brokerOf(request)?.id === partition?.leader && outages.successorsOf(partition) > 0;
  },
  matters: isStored,
  disturb: (outages, request) => {
    const leader = outages.brokerOf(request)!;
    outages.killSoon(leader, true);
    outages.startSoon(leader);
  },
};
